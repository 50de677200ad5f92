import type { Piece } from './piece.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The angle at which points on a spiral never line up. */
const TURN = Math.PI * (3 - Math.sqrt(5));

/**
 * Where the entities of a graph stand before forces pull them: those with most relations first, on a spiral, the others
 * around the first neighbour that stands already. The same graph gives the same places.
 */
export function firstPlaces({ nodes, edges }: Piece, distance = 120): ReadonlyMap<string, Point> {
  const neighbours = new Map(nodes.map(({ slug }): [string, string[]] => [slug, []]));
  for (const { from, to } of edges) {
    neighbours.get(from.slug)?.push(to.slug);
    neighbours.get(to.slug)?.push(from.slug);
  }
  const degree = (slug: string) => neighbours.get(slug)?.length ?? 0;
  const order = nodes.map(({ slug }) => slug).sort((a, b) => degree(b) - degree(a) || (a < b ? -1 : 1));
  const places = new Map<string, Point>();
  let roots = 0;
  const around = new Map<string, number>();
  for (const root of order) {
    if (places.has(root)) continue;
    const radius = distance * 3 * Math.sqrt(roots);
    places.set(root, { x: radius * Math.cos(roots * TURN), y: radius * Math.sin(roots * TURN) });
    roots += 1;
    const queue = [root];
    for (const near of queue) {
      const { x, y } = places.get(near) ?? { x: 0, y: 0 };
      for (const slug of (neighbours.get(near) ?? []).toSorted()) {
        if (places.has(slug)) continue;
        const count = around.get(near) ?? 0;
        around.set(near, count + 1);
        const away = distance * (0.6 + 0.4 * Math.sqrt(count));
        const angle = count * TURN + x * 0.001;
        places.set(slug, { x: x + away * Math.cos(angle), y: y + away * Math.sin(angle) });
        queue.push(slug);
      }
    }
  }
  return places;
}

/** The parts of a graph that no relation connects, the largest first. */
export function components({ nodes, edges }: Piece): readonly (readonly string[])[] {
  const neighbours = new Map(nodes.map(({ slug }): [string, string[]] => [slug, []]));
  for (const { from, to } of edges) {
    neighbours.get(from.slug)?.push(to.slug);
    neighbours.get(to.slug)?.push(from.slug);
  }
  const seen = new Set<string>();
  const parts: string[][] = [];
  for (const { slug } of nodes) {
    if (seen.has(slug)) continue;
    seen.add(slug);
    const part = [slug];
    for (const near of part) {
      for (const next of neighbours.get(near) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        part.push(next);
      }
    }
    parts.push(part);
  }
  return parts.sort((a, b) => b.length - a.length || ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Puts boxes beside and below one another, in their order, on shelves of a width. */
function shelved(boxes: readonly Size[], wide: number) {
  const places: Point[] = [];
  let [x, y, high, used] = [0, 0, 0, 0];
  for (const { width, height } of boxes) {
    if (x > 0 && x + width > wide) [x, y, high] = [0, y + high, 0];
    places.push({ x, y });
    x += width;
    used = Math.max(used, x);
    high = Math.max(high, height);
  }
  return { places, width: used, height: y + high };
}

/** Puts boxes on shelves, in their order, so that they look largest in a frame of a shape (its width by its height). */
export function shelves(boxes: readonly Size[], shape: number): readonly Point[] {
  const widest = Math.max(0, ...boxes.map(({ width }) => width));
  const all = boxes.reduce((sum, { width }) => sum + width, 0);
  let best = shelved(boxes, widest);
  const needed = ({ width, height }: Size) => Math.max(width / shape, height);
  for (let wide = widest; wide <= all; wide += Math.max(1, (all - widest) / 60)) {
    const next = shelved(boxes, wide);
    if (needed(next) < needed(best)) best = next;
  }
  return best.places;
}
