import type { Graph } from './graph.ts';

/**
 * A graph on which nothing lasts longer than a time in milliseconds, unless its options set another: the server's
 * own reads have no request deadline, and a hanging database would block them forever.
 */
export const withTimeLimit = (graph: Graph, milliseconds: number): Graph => ({
  ontology: graph.ontology,
  read: (statement, parameters, options) => graph.read(statement, parameters, { timeout: milliseconds, ...options }),
  write(work, options) {
    const end = performance.now() + milliseconds;
    return graph.write(work, { timeLeft: () => end - performance.now(), ...options });
  },
});
