import { type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import type { Piece } from '../../drawing/piece.ts';

/** The kind of sources: what a relation is said to rest on. `undefined` if the graph has none, or is not known yet. */
export function sourceKindOf(schema: GraphQLSchema | null | undefined): string | undefined {
  const hop = schema?.getType('Hop');
  const sources = isObjectType(hop) ? hop.getFields().sources : undefined;
  return sources && getNamedType(sources.type).name;
}

/**
 * The hidden kinds of a graph. Kinds that are hidden by default are drawn if there are no others.
 *
 * @param chosen visibility chosen by the user, by kind
 * @param sources the kind of sources: they connect otherwise unrelated entities, so they are hidden by default
 */
export function hiddenKinds(
  { nodes }: Piece,
  chosen: ReadonlyMap<string, boolean>,
  sources: string | undefined,
): ReadonlySet<string> {
  const kinds = new Set(nodes.map(({ __typename }) => __typename));
  const isElse = [...kinds].some((kind) => kind !== sources);
  const isShown = (kind: string) => chosen.get(kind) ?? !(isElse && kind === sources);
  return new Set([...kinds].filter((kind) => !isShown(kind)));
}
