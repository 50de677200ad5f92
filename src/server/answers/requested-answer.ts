import type { Dependencies } from '../../engine/changes/log/graph-revisions.ts';
import type { CacheOutcome } from './answer-headers.ts';
import type { CachedAnswer } from './cached-answer.ts';

/** What the execution of a question reads. */
export interface AnswerReading {
  readonly dependencies: Dependencies;
  /** What was known of the graph before. */
  readonly mark: number;
  /** When it began, by `performance.now()`. */
  readonly begun: number;
  /** Whether its answer may be incomplete if the time limit is near. */
  readonly isTimed: boolean;
}

/** What the answer cache knows about one request. */
export interface RequestedAnswer {
  readonly outcome: CacheOutcome;
  readonly question: string;
  /** Identifies its operation; absent for an answer out of the cache. */
  readonly operation?: string;
  /** Whether its answer may be stored. */
  readonly isStored?: boolean;
  /** Tells those who wait for the same answer. */
  readonly end?: ((answer?: CachedAnswer) => void) | undefined;
  reading?: AnswerReading;
  /** Whether its answer may depend on more than the graph. */
  isUnknown?: boolean;
  made?: CachedAnswer;
  /** Content type of earlier responses to requests that accept the same. */
  readonly expectedType?: string | undefined;
  /** Content type of the response. */
  type?: string;
}

declare module '../request-state.ts' {
  interface RequestState {
    /** What the answer cache knows about the request; absent if the cache does not serve it. */
    requestedAnswer?: RequestedAnswer;
  }
}
