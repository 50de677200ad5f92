import type { Piece } from '../piece.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Golden angle: points on a spiral do not align. */
const TURN = Math.PI * (3 - Math.sqrt(5));

/**
 * Initial positions: entities with most relations on a spiral, the others around their first neighbour that is placed.
 * The result is deterministic.
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

/** Connected components of a graph, largest first. */
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

/** Packs boxes in order onto shelves of a given width. */
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

/** Packs boxes in order onto shelves so that they fill a frame with an aspect ratio (width by height) best. */
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
