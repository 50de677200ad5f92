import type { RelationType } from '../ontology/relations.ts';
import type { Graph } from './graph.ts';
import { singleRelations, symmetricRelations, type Walk, walkFile } from './walk.ts';

export interface SimilarRequest extends Walk {
  readonly to: string;
  readonly limit: number;
}

/** A neighbour that two entities have by the same relation. */
export interface SharedNeighbor {
  readonly slug: string;
  readonly relation: RelationType;
  readonly direction: 'FORWARD' | 'BACKWARD';
  /** How many relations it has, of those that are walked. */
  readonly degree: number;
}

export interface Similar {
  readonly slug: string;
  readonly score: number;
  /** How many neighbours are shared. */
  readonly shared: number;
  /** The rarest of them, rarest first. */
  readonly because: readonly SharedNeighbor[];
}

/** Neighbours with more relations than this are passed over. */
export const MOST_SHARED_BY = 1_000;

/** Of an entity's neighbours, so many are looked at, the rarest first. */
const MOST_NEIGHBORS = 10_000;

/** So many of the neighbours that are shared are told. */
export const MOST_REASONS = 50;

type BecauseRow = readonly [slug: string, degree: number, relation: RelationType, starts: boolean];
type SimilarRow = readonly [slug: string, score: number, shared: number, because: readonly BecauseRow[]];

const similarFile = walkFile('similar');

/** From the asked entity's end; a symmetric relation leads there by itself. */
export const directionOf = (relation: RelationType, starts: boolean): 'FORWARD' | 'BACKWARD' =>
  starts && !symmetricRelations.includes(relation) ? 'BACKWARD' : 'FORWARD';

/** How much a shared neighbour says, by how rare it is. */
export const rarityOf = (degree: number): number => 1 / Math.log(1 + degree);

/**
 * Entities of the same kind that have neighbours by the same relations, each weighted by `1 / ln(1 + degree)`: the index
 * of Adamic and Adar, "Friends and neighbors on the Web", Social Networks 25 (2003), with one added under the logarithm
 * so that a neighbour of one relation has a weight. Work is bounded by the entity's own relations and by
 * `MOST_NEIGHBORS * MOST_SHARED_BY`, whatever hubs it touches.
 * @returns `null` where there is no such entity
 * @throws GraphError
 */
export async function findSimilar(
  graph: Graph,
  { to, limit, ...walk }: SimilarRequest,
): Promise<readonly Similar[] | null> {
  const [row] = await graph.read(similarFile(walk), {
    slug: to,
    symmetric: symmetricRelations,
    single: singleRelations,
    bound: MOST_SHARED_BY,
    neighbors: MOST_NEIGHBORS,
    limit,
    reasons: MOST_REASONS,
  });
  const rows = (row?.[0] ?? null) as readonly SimilarRow[] | null;
  return (
    rows?.map(([slug, score, shared, because]) => ({
      slug,
      score,
      shared,
      because: because.map(([neighbor, degree, relation, starts]) => ({
        slug: neighbor,
        relation,
        direction: directionOf(relation, starts),
        degree,
      })),
    })) ?? null
  );
}
