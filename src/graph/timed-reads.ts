import { GraphError } from './errors.ts';
import type { Graph, Parameters, ReadOptions, Row, Statement } from './graph.ts';

/** The time that a question may take is over; what was found until then is its answer. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/** Reads for a question that answers with what it has when its time is over. */
export interface TimedReads {
  /** @throws OutOfTime, GraphError */
  read(statement: Statement, parameters: Parameters): Promise<readonly Row[]>;
  readonly isOver: () => boolean;
}

const DEFAULT_TIMEOUT = 10_000;

/** What comes after the search, the reading of the entities found, has the rest of the time. */
const SHARE_OF_SEARCH = 0.8;

/**
 * Reads that end together, when most of the time of a request is over. Neo4j looks for overdue statements only every
 * other second, so they are interrupted from here.
 */
export function timedReads(graph: Graph, { signal, timeout = DEFAULT_TIMEOUT }: ReadOptions): TimedReads {
  const end = performance.now() + timeout * SHARE_OF_SEARCH;
  const left = () => end - performance.now();
  return {
    isOver: () => left() <= 0,
    async read(statement, parameters) {
      if (left() <= 0) throw new OutOfTime();
      const own = new AbortController();
      const timer = setTimeout(() => own.abort(), left());
      const either = signal ? AbortSignal.any([signal, own.signal]) : own.signal;
      try {
        return await graph.read(statement, parameters, { signal: either, timeout: Math.ceil(left()) + 1 });
      } catch (error) {
        const late = own.signal.aborted || (error instanceof GraphError && error.fault === 'TIMEOUT');
        throw late && !signal?.aborted ? new OutOfTime() : error;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
