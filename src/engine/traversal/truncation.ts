import type { RelationType } from '../../ontology/vocabulary.ts';

/** Why a result is incomplete. */
export type TruncationReason = 'LIMIT' | 'TIME_LIMIT' | 'SEARCH_LIMIT';

export interface LeftOut {
  readonly relation: RelationType;
  readonly count: number;
}

/** The relations that a result omits. */
export interface Truncation {
  readonly reason: TruncationReason;
  /** Number of hops at which results were omitted; everything nearer is included. */
  readonly atDepth: number;
  readonly leftOut: readonly LeftOut[];
}
