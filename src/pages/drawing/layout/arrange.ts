import type { Piece } from '../piece.ts';
import { type Ends, placesBetween } from './between.ts';
import { forcedPlaces } from './forces.ts';
import { components, type Point, shelves } from './place.ts';

/** Margin around each component for labels. With more components everything but the labels is drawn smaller. */
const marginOf = (parts: number) => {
  const share = Math.min(2, 1 + parts / 12);
  return { x: 150 * share, y: 85 * share };
};

/** Maximum number of entities of a component drawn vertically, which keeps labels apart. Larger components are horizontal. */
const COLUMN = 4;

/** Such a column is longer by this, so that labels of three lines fit between its entities. */
const COLUMN_STRETCH = 1.35;

/** Rotates a component: horizontal, or vertical if it is small. */
function turned(places: readonly (readonly [string, Point])[]): readonly (readonly [string, Point])[] {
  const middle = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [middleX, middleY] = [middle(places.map(([, { x }]) => x)), middle(places.map(([, { y }]) => y))];
  const away = places.map(([slug, { x, y }]) => [slug, { x: x - middleX, y: y - middleY }] as const);
  const sum = (of: (point: Point) => number) => away.reduce((total, [, point]) => total + of(point), 0);
  const axis = Math.atan2(2 * sum(({ x, y }) => x * y), sum(({ x }) => x * x) - sum(({ y }) => y * y)) / 2;
  const turn = (places.length <= COLUMN ? Math.PI / 2 : 0) - axis;
  const [across, down] = [Math.cos(turn), Math.sin(turn)];
  const stretch = places.length <= COLUMN ? COLUMN_STRETCH : 1;
  return away.map(
    ([slug, { x, y }]) => [slug, { x: x * across - y * down, y: (x * down + y * across) * stretch }] as const,
  );
}

/** Subgraph of some entities. */
function partOf({ nodes, edges }: Piece, slugs: readonly string[]): Piece {
  const inside = new Set(slugs);
  return {
    nodes: nodes.filter(({ slug }) => inside.has(slug)),
    edges: edges.filter(({ from }) => inside.has(from.slug)),
  };
}

/**
 * Positions of the entities of a graph. Connected components are laid out separately and packed into a frame with the given
 * aspect ratio (width by height). If some positions are fixed, components are not moved.
 *
 * @param ends the ends of the paths that the graph consists of, if it does
 */
export function arranged(
  graph: Piece,
  shape: number,
  held: ReadonlyMap<string, Point>,
  ends?: Ends,
): ReadonlyMap<string, Point> {
  if (held.size > 0) return forcedPlaces(graph, held);
  if (ends && [ends.from, ends.to].every((end) => graph.nodes.some(({ slug }) => slug === end)))
    return placesBetween(graph, ends, shape);
  const parts = components(graph).map((slugs) => turned([...forcedPlaces(partOf(graph, slugs))]));
  const margin = marginOf(parts.length);
  const boxes = parts.map((places) => {
    const [xs, ys] = [places.map(([, { x }]) => x), places.map(([, { y }]) => y)];
    const [x, y] = [Math.min(...xs), Math.min(...ys)];
    return { x, y, width: Math.max(...xs) - x + margin.x, height: Math.max(...ys) - y + margin.y };
  });
  const corners = shelves(boxes, shape);
  return new Map(
    parts.flatMap((places, index) => {
      const [box, corner] = [boxes[index] ?? { x: 0, y: 0 }, corners[index] ?? { x: 0, y: 0 }];
      return places.map(([slug, { x, y }]) => [slug, { x: x - box.x + corner.x, y: y - box.y + corner.y }] as const);
    }),
  );
}
