import type { Graph, ReadOptions, Run } from '../../src/engine/graph/graph.ts';
import type { Row, Statement } from '../../src/engine/graph/statement.ts';

/** Reads instead of a graph: the rows are taken to have the types that the statement gives them. */
export const readingRows = (
  read: (statement: Statement<object>, parameters: object, options?: ReadOptions) => Promise<readonly Row[]>,
): Graph['read'] => read as Graph['read'];

/** The same in a transaction. */
export const runningRows = (run: (statement: Statement<object>, parameters: object) => Promise<readonly Row[]>): Run =>
  run as Run;
