import type { Ontology } from '../../ontology/ontology.ts';
import type { RelationType } from '../../ontology/vocabulary.ts';
import { GraphError } from '../graph/errors.ts';
import type { Graph, ReadOptions } from '../graph/graph.ts';
import { OutOfTime, timedReads } from '../graph/timed-reads.ts';
import { type Walk, walkFile } from '../graph/walk.ts';
import type { Truncation } from './truncation.ts';

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
  /** Score as a share of that of an entity with all considered neighbours. */
  readonly likeness: number;
  /** How many neighbours are shared. */
  readonly shared: number;
  /** The rarest of them, rarest first. */
  readonly because: readonly SharedNeighbor[];
}

export interface SimilarAnswer {
  readonly similar: readonly Similar[];
  /** The neighbours that were not considered, so that scores are too low. */
  readonly truncated: Truncation | null;
}

/** Neighbours with more relations than this are passed over. */
export const MOST_SHARED_BY = 1_000;

/** How much is read at most. */
interface Effort {
  /** Of the entity's own relations. */
  readonly relations: number;
  /** Of those of its neighbours, the rarest of them first. */
  readonly visits: number;
}

const USUAL_EFFORT: Effort = { relations: 20_000, visits: 100_000 };

/** Fallback if the usual search takes too long. */
const LEAST_EFFORT: Effort = { relations: 500, visits: 4_000 };

/** How much of the time the first look may take. */
const SHARE_OF_FIRST_LOOK = 0.6;

/** Maximum number of shared neighbours returned. */
export const MOST_REASONS = 50;

type BecauseRow = readonly [slug: string, degree: number, relation: RelationType, starts: boolean];
type SimilarRow = readonly [
  slug: string,
  score: number,
  shared: number,
  because: readonly BecauseRow[],
  likeness: number,
];
type SimilarRows = readonly [
  rows: readonly SimilarRow[],
  leftOut: readonly (readonly [relation: RelationType, count: number])[],
];

interface SimilarParameters extends Effort {
  readonly slug: string;
  readonly symmetric: readonly RelationType[];
  readonly single: readonly RelationType[];
  readonly bound: number;
  readonly limit: number;
  readonly reasons: number;
}

const similarFile = walkFile<SimilarParameters, readonly [similar: SimilarRows | null]>('similar');

/** From the end of the given entity; a symmetric relation needs no direction. */
export const directionOf = (
  { symmetricRelations }: Ontology,
  relation: RelationType,
  starts: boolean,
): 'FORWARD' | 'BACKWARD' => (starts && !symmetricRelations.includes(relation) ? 'BACKWARD' : 'FORWARD');

/** Weight of a shared neighbour, by its rarity. */
export const rarityOf = (degree: number): number => 1 / Math.log(1 + degree);

/**
 * Entities of the same kind that share neighbours by the same relations, each weighted by `1 / ln(1 + degree)`: the
 * index of Adamic and Adar, "Friends and neighbors on the Web", Social Networks 25 (2003), with one added under the
 * logarithm so that a neighbour with one relation has a weight. `effort` bounds the work, whatever hubs it touches. If
 * that takes too long, far fewer neighbours are considered.
 * @returns `null` if there is no such entity
 * @throws GraphError TIMEOUT if there is no time for these either
 */
export async function findSimilar(
  graph: Graph,
  { to, limit, ...walk }: SimilarRequest,
  { effort = USUAL_EFFORT, ...options }: ReadOptions & { readonly effort?: Effort } = {},
): Promise<SimilarAnswer | null> {
  const reads = timedReads(graph, options);
  const statement = similarFile(walk);
  const look = async (most: Effort, share?: number) => {
    const parameters = {
      slug: to,
      symmetric: walk.ontology.symmetricRelations,
      single: walk.ontology.toOneRelations,
      bound: MOST_SHARED_BY,
      ...most,
      limit,
      reasons: MOST_REASONS,
    };
    const [[found] = [null]] = await reads.read(statement, parameters, share);
    return found;
  };
  const answer = (rows: SimilarRows | null, reason: Truncation['reason']): SimilarAnswer | null => {
    if (rows === null) return null;
    const [similar, left] = rows;
    const leftOut = left.map(([relation, count]) => ({ relation, count }));
    return {
      similar: similar.map(([slug, score, shared, because, likeness]) => ({
        slug,
        score,
        // Sums of the same weights in another order may differ in their last digit.
        likeness: Math.min(1, likeness),
        shared,
        because: because.map(([neighbor, degree, relation, starts]) => ({
          slug: neighbor,
          relation,
          direction: directionOf(walk.ontology, relation, starts),
          degree,
        })),
      })),
      truncated: leftOut.length > 0 ? { reason, atDepth: 1, leftOut } : null,
    };
  };
  try {
    return answer(await look(effort, SHARE_OF_FIRST_LOOK), 'SEARCH_LIMIT');
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error;
  }
  try {
    return answer(await look(LEAST_EFFORT), 'TIME_LIMIT');
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error;
    throw new GraphError('TIMEOUT', `${statement.name}: the time limit was reached before any neighbour was read.`, {
      statement,
    });
  }
}
