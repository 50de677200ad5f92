import type { Card, Hop, PathAnswer, Truncation } from './answers.ts';

/** Entities and relations: the result of one step, or of all steps together. */
export interface Piece {
  readonly nodes: readonly Card[];
  readonly edges: readonly Hop[];
  /** Set if the server truncated the result. */
  readonly truncated?: Truncation | null;
  /** Paths between two entities, if queried. */
  readonly paths?: readonly PathAnswer[];
}

export const emptyPiece: Piece = { nodes: [], edges: [] };

/** Identifies a relation across responses. */
export const hopKey = ({ relation, from, to }: Pick<Hop, 'relation' | 'from' | 'to'>): string =>
  `${relation}~${from.slug}~${to.slug}`;

/** Merges two graphs; existing entities keep their order. */
export function merge(graph: Piece, piece: Piece): Piece {
  const nodes = new Map(graph.nodes.map((node) => [node.slug, node]));
  for (const node of piece.nodes) nodes.set(node.slug, { ...nodes.get(node.slug), ...node });
  const edges = new Map(graph.edges.map((edge) => [hopKey(edge), edge]));
  for (const edge of piece.edges) edges.set(hopKey(edge), edge);
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

/** Removes an entity and its relations from a graph. */
export const without = (graph: Piece, slug: string): Piece => ({
  nodes: graph.nodes.filter((node) => node.slug !== slug),
  edges: graph.edges.filter(({ from, to }) => from.slug !== slug && to.slug !== slug),
});
