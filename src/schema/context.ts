import type { Graph, ReadOptions } from '../graph/graph.ts';
import type { Statistics } from '../graph/statistics.ts';
import { createReader, type Reader } from '../loaders/reader.ts';

/** What resolvers share during one request. */
export interface Context {
  readonly graph: Graph;
  readonly reader: Reader;
  /** When the request's reads end: for questions that answer with what they have when their time is over. */
  readonly options: ReadOptions;
  readonly statistics: () => Promise<Statistics>;
  /** Whole selections are planned into one statement; without it each relation is a statement for all its parents. */
  readonly planning: boolean;
}

export interface ContextOptions extends ReadOptions {
  readonly planning?: boolean;
}

/** The context of one request. Aborting the signal stops what the request reads. */
export const createContext = (
  graph: Graph,
  statistics: () => Promise<Statistics>,
  { planning = true, ...options }: ContextOptions = {},
): Context => ({
  // What a resolver reads by itself ends with the request too.
  graph: {
    ...graph,
    read: (statement, parameters, more) => graph.read(statement, parameters, { ...options, ...more }),
  },
  options,
  statistics,
  planning,
  reader: createReader(graph, options),
});
