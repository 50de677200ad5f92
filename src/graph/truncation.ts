import type { RelationType } from '../ontology/relations.ts';

/** Why an answer is not all there is. */
export type TruncationReason = 'LIMIT' | 'TIME_LIMIT' | 'SEARCH_LIMIT';

export interface LeftOut {
  readonly relation: RelationType;
  readonly count: number;
}

/** What an answer leaves out. */
export interface Truncation {
  readonly reason: TruncationReason;
  /** So many hops away something was left out; everything nearer is there. */
  readonly atDepth: number;
  readonly leftOut: readonly LeftOut[];
}
