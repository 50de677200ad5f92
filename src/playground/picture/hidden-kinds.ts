import type { Piece } from '../../drawing/piece.ts';

/** Sources connect otherwise unrelated entities, so they are hidden by default. */
const hiddenAtFirst: ReadonlySet<string> = new Set(['Source']);

/**
 * The hidden kinds of a graph. Kinds that are hidden by default are drawn if there are no others.
 *
 * @param chosen visibility chosen by the user, by kind
 */
export function hiddenKinds({ nodes }: Piece, chosen: ReadonlyMap<string, boolean>): ReadonlySet<string> {
  const kinds = new Set(nodes.map(({ __typename }) => __typename));
  const isElse = [...kinds].some((kind) => !hiddenAtFirst.has(kind));
  const isShown = (kind: string) => chosen.get(kind) ?? !(isElse && hiddenAtFirst.has(kind));
  return new Set([...kinds].filter((kind) => !isShown(kind)));
}
