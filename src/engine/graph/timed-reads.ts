import { REQUEST_TIME } from '../budgets/time-budget.ts';
import { GraphError } from './errors.ts';
import { type Graph, type ReadOptions, timeLimitOf } from './graph.ts';
import type { Row, Statement } from './statement.ts';

/** The time limit of a query was reached; it returns what was found until then. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/** Reads for a query that returns partial results at its time limit. */
export interface TimedReads {
  /**
   * @param share of the time that is left, for a statement that another one may follow
   * @throws OutOfTime, GraphError
   */
  read<Given extends object, Columns extends Row>(
    statement: Statement<Given, Columns>,
    parameters: NoInfer<Given>,
    share?: number,
  ): Promise<readonly Columns[]>;
  readonly isOver: () => boolean;
}

/** What comes after the search, the reading of the entities found, has the rest of the time. */
const SHARE_OF_SEARCH = 0.8;

/** How many milliseconds a search has left, until most of the time of a request is over. */
export function timeOfSearch({ timeout = REQUEST_TIME, timeLeft }: ReadOptions): () => number {
  const end = performance.now() + timeLimitOf({ timeout, timeLeft }) * SHARE_OF_SEARCH;
  return () => end - performance.now();
}

/** Reads that end together, when most of the time of a request is over. */
export function timedReads(graph: Graph, options: ReadOptions): TimedReads {
  const { signal } = options;
  const left = timeOfSearch(options);
  return {
    isOver: () => left() <= 0,
    async read(statement, parameters, share = 1) {
      const time = left() * share;
      if (time <= 0) throw new OutOfTime();
      try {
        return await graph.read(statement, parameters, { signal, timeout: time });
      } catch (error) {
        throw error instanceof GraphError && error.fault === 'TIMEOUT' ? new OutOfTime() : error;
      }
    },
  };
}
