import type { Point } from '../../drawing/layout/place.ts';

/** With more entities than this, addresses would be too long for their places. */
export const MOST_PLACED = 120;

/** Places of all entities as a text for addresses, in the order of their slugs; undefined if there are too many. */
export function textOfPlaces(places: ReadonlyMap<string, Point>): string | undefined {
  if (places.size === 0 || places.size > MOST_PLACED) return undefined;
  return [...places]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, { x, y }]) => [x, y])
    .map((value) => Math.round(value).toString(36))
    .join('.');
}

/** The places of entities from such a text; undefined if it is of another graph. */
export function placesOfText(
  text: string | undefined,
  slugs: readonly string[],
): ReadonlyMap<string, Point> | undefined {
  const numbers = (text ?? '')
    .split('.')
    .map((part) => (/^-?[0-9a-z]{1,6}$/.test(part) ? Number.parseInt(part, 36) : NaN));
  if (numbers.length !== slugs.length * 2 || numbers.some(Number.isNaN)) return undefined;
  return new Map(
    slugs
      .toSorted((a, b) => (a < b ? -1 : 1))
      .map((slug, index): [string, Point] => [slug, { x: numbers[index * 2] ?? 0, y: numbers[index * 2 + 1] ?? 0 }]),
  );
}
