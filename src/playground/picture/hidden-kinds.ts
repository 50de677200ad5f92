import type { Piece } from '../../drawing/piece.ts';

/** Sources connect what has nothing else to do with one another: they are shown when they are asked for. */
const hiddenAtFirst: ReadonlySet<string> = new Set(['Source']);

/**
 * The kinds of a graph that are not drawn. Where there is nothing else, what is usually hidden is the answer, and is drawn.
 *
 * @param chosen by the name of a kind, whether somebody chose to see it
 */
export function hiddenKinds({ nodes }: Piece, chosen: ReadonlyMap<string, boolean>): ReadonlySet<string> {
  const kinds = new Set(nodes.map(({ __typename }) => __typename));
  const isElse = [...kinds].some((kind) => !hiddenAtFirst.has(kind));
  const isShown = (kind: string) => chosen.get(kind) ?? !(isElse && hiddenAtFirst.has(kind));
  return new Set([...kinds].filter((kind) => !isShown(kind)));
}
