import type { Piece } from '../piece.ts';
import type { Point } from './place.ts';

/** The two entities that paths connect. */
export interface Ends {
  readonly from: string;
  readonly to: string;
}

/** Distance of columns, and of the entities in one, in pixels: room for labels below symbols. */
const ACROSS = { along: 230, beside: 92 };

/** The same where the picture is higher than wide, from top to bottom. */
const DOWN = { along: 130, beside: 150 };

/** Steps from an entity to each other one. */
function stepsFrom(neighbours: ReadonlyMap<string, readonly string[]>, start: string): ReadonlyMap<string, number> {
  const steps = new Map([[start, 0]]);
  for (const [near, count] of steps) {
    for (const next of neighbours.get(near) ?? []) if (!steps.has(next)) steps.set(next, count + 1);
  }
  return steps;
}

function neighboursIn({ nodes, edges }: Piece): ReadonlyMap<string, readonly string[]> {
  const neighbours = new Map(nodes.map(({ slug }): [string, string[]] => [slug, []]));
  for (const { from, to } of edges) {
    neighbours.get(from.slug)?.push(to.slug);
    neighbours.get(to.slug)?.push(from.slug);
  }
  return neighbours;
}

/** Sorts each column by the middle of its neighbours in the column before, so that lines cross little. */
function sorted(columns: string[][], neighbours: ReadonlyMap<string, readonly string[]>): void {
  for (const [index, column] of columns.entries()) {
    const before = columns[index - 1];
    if (!before) continue;
    const middle = (slug: string) => {
      const places = (neighbours.get(slug) ?? []).map((near) => before.indexOf(near)).filter((place) => place >= 0);
      return places.length === 0 ? before.length / 2 : places.reduce((sum, place) => sum + place, 0) / places.length;
    };
    const keys = new Map(column.map((slug) => [slug, middle(slug)]));
    column.sort((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0) || (a < b ? -1 : 1));
  }
}

/**
 * Positions of the entities on paths: one end at the left and the other at the right, or above and below where the picture is
 * higher than wide, and the others between them by how far they are from both.
 *
 * @param shape width of the picture by its height
 */
export function placesBetween(graph: Piece, { from, to }: Ends, shape: number): ReadonlyMap<string, Point> {
  const neighbours = neighboursIn(graph);
  const [left, right] = [stepsFrom(neighbours, from), stepsFrom(neighbours, to)];
  const shareOf = (slug: string) => {
    const [before, after] = [left.get(slug), right.get(slug)];
    if (before === undefined || after === undefined) return 0.5;
    return before / Math.max(1, before + after);
  };
  const shares = [...new Set(graph.nodes.map(({ slug }) => shareOf(slug)))].sort((a, b) => a - b);
  const columns = shares.map((share) => graph.nodes.map(({ slug }) => slug).filter((slug) => shareOf(slug) === share));
  sorted(columns, neighbours);
  const isWide = shape >= 0.9;
  const { along, beside } = isWide ? ACROSS : DOWN;
  return new Map(
    columns.flatMap((column, index) =>
      column.map((slug, place): [string, Point] => {
        const [main, cross] = [index * along, (place - (column.length - 1) / 2) * beside];
        return [slug, isWide ? { x: main, y: cross } : { x: cross, y: main }];
      }),
    ),
  );
}
