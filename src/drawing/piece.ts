import type { Card, Hop, PathAnswer, Truncation } from './answers.ts';

/** Entities and relations between them: what one step puts on the graph, or all steps together. */
export interface Piece {
  readonly nodes: readonly Card[];
  readonly edges: readonly Hop[];
  /** Where the server left something out. */
  readonly truncated?: Truncation | null;
  /** The ways between two entities, where that was asked. */
  readonly paths?: readonly PathAnswer[];
}

export const emptyPiece: Piece = { nodes: [], edges: [] };

/** The same for the same relation, whichever answer it came with. */
export const hopKey = ({ relation, from, to }: Pick<Hop, 'relation' | 'from' | 'to'>): string =>
  `${relation}~${from.slug}~${to.slug}`;

/** Puts a piece on a graph; what is there already keeps its place. */
export function merge(graph: Piece, piece: Piece): Piece {
  const nodes = new Map(graph.nodes.map((node) => [node.slug, node]));
  for (const node of piece.nodes) nodes.set(node.slug, { ...nodes.get(node.slug), ...node });
  const edges = new Map(graph.edges.map((edge) => [hopKey(edge), edge]));
  for (const edge of piece.edges) edges.set(hopKey(edge), edge);
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

/** Takes an entity off a graph, and its relations. */
export const without = (graph: Piece, slug: string): Piece => ({
  nodes: graph.nodes.filter((node) => node.slug !== slug),
  edges: graph.edges.filter(({ from, to }) => from.slug !== slug && to.slug !== slug),
});
