/** A circle at its place, in screen pixels. */
export interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

const ROUNDS = 120;

/** How far a circle is drawn back to its place in each round. */
const PULL = 0.03;

/** Golden angle: circles at one place part in different directions. */
const TURN = Math.PI * (3 - Math.sqrt(5));

/** What circles stand in; it begins at zero. */
interface Room {
  readonly width: number;
  readonly height: number;
}

const anywhere: Room = { width: Number.POSITIVE_INFINITY, height: Number.POSITIVE_INFINITY };

/** A coordinate at which a circle is whole, if its own place is within the room. */
const withinRoom = (value: number, radius: number, home: number, length: number): number =>
  home < 0 || home > length ? value : Math.min(length - radius, Math.max(radius, value));

/**
 * Places of circles so that none covers another, each as near to its own place as the others and the room let it. The same
 * circles always get the same places.
 */
export function dodged(
  discs: readonly Disc[],
  room = anywhere,
  gap = 1,
): readonly { readonly x: number; readonly y: number }[] {
  const places = discs.map(({ x, y }, index) => ({
    x: x + Math.cos(index * TURN) * 0.01,
    y: y + Math.sin(index * TURN) * 0.01,
  }));
  for (let round = 0; round < ROUNDS; round += 1) {
    let isMoved = false;
    // The last rounds only part circles.
    const pull = round < ROUNDS * 0.6 ? PULL : 0;
    for (const [index, place] of places.entries()) {
      const home = discs[index] ?? place;
      place.x += (home.x - place.x) * pull;
      place.y += (home.y - place.y) * pull;
    }
    for (const [index, one] of places.entries()) {
      for (let next = index + 1; next < places.length; next += 1) {
        const other = places[next];
        const least = (discs[index]?.radius ?? 0) + (discs[next]?.radius ?? 0) + gap;
        if (!other) continue;
        const [dx, dy] = [other.x - one.x, other.y - one.y];
        if (Math.abs(dx) >= least || Math.abs(dy) >= least) continue;
        const distance = Math.hypot(dx, dy);
        if (distance >= least) continue;
        isMoved = true;
        const share = (least - distance) / 2 / (distance || 1);
        one.x -= dx * share;
        one.y -= dy * share;
        other.x += dx * share;
        other.y += dy * share;
      }
    }
    for (const [index, place] of places.entries()) {
      const { x, y, radius } = discs[index] ?? { ...place, radius: 0 };
      place.x = withinRoom(place.x, radius, x, room.width);
      place.y = withinRoom(place.y, radius, y, room.height);
    }
    if (!isMoved && pull === 0) break;
  }
  return places;
}
