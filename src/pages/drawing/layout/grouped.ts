import type { Piece } from '../piece.ts';
import { type Point, shelves } from './place.ts';

/** Distance of entities in a group, and of groups, in pixels: room for labels. */
const [ACROSS, DOWN, APART] = [150, 84, 90];

/**
 * Positions of entities in one block for each group, the largest first; in a block, those with most relations first.
 *
 * @param shape width of the picture by its height
 */
export function groupedPlaces(
  { nodes, edges }: Piece,
  groupOf: (slug: string) => string,
  shape: number,
): ReadonlyMap<string, Point> {
  const degrees = new Map<string, number>();
  for (const { from, to } of edges) for (const { slug } of [from, to]) degrees.set(slug, (degrees.get(slug) ?? 0) + 1);
  const groups = new Map<string, string[]>();
  for (const { slug } of nodes) groups.set(groupOf(slug), [...(groups.get(groupOf(slug)) ?? []), slug]);
  const order = (a: string, b: string) => (degrees.get(b) ?? 0) - (degrees.get(a) ?? 0) || (a < b ? -1 : 1);
  const blocks = [...groups.values()]
    .sort((a, b) => b.length - a.length)
    .map((slugs) => ({
      slugs: slugs.toSorted(order),
      columns: Math.max(1, Math.round(Math.sqrt(slugs.length * shape * 0.6))),
    }));
  const sizes = blocks.map(({ slugs, columns }) => ({
    width: Math.min(columns, slugs.length) * ACROSS + APART,
    height: Math.ceil(slugs.length / columns) * DOWN + APART,
  }));
  const corners = shelves(sizes, shape);
  return new Map(
    blocks.flatMap(({ slugs, columns }, block) =>
      slugs.map((slug, index): [string, Point] => {
        const corner = corners[block] ?? { x: 0, y: 0 };
        return [slug, { x: corner.x + (index % columns) * ACROSS, y: corner.y + Math.floor(index / columns) * DOWN }];
      }),
    ),
  );
}
