import type { Graph } from './graph.ts';

/**
 * A graph on which nothing lasts longer than a time in milliseconds, unless its options set another: what the server asks
 * for itself has no deadline of a request, and a database that hangs would keep it for good.
 */
export const withTimeLimit = (graph: Graph, milliseconds: number): Graph => ({
  read: (statement, parameters, options) => graph.read(statement, parameters, { timeout: milliseconds, ...options }),
  write(work, options) {
    const end = performance.now() + milliseconds;
    return graph.write(work, { timeLeft: () => end - performance.now(), ...options });
  },
});
