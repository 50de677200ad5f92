import type { Graph } from '../../src/engine/graph/graph.ts';

const endless = 'UNWIND range(1, 1000000000000) AS number WITH number WHERE number < 0 RETURN count(number)';

/** A graph some of whose reads, counted from 1, do not end before they are stopped. */
export function slowGraph(graph: Graph, isSlow: (read: number) => boolean): Graph {
  let reads = 0;
  return {
    ...graph,
    read(statement, parameters, options) {
      reads += 1;
      return isSlow(reads)
        ? graph.read({ ...statement, text: endless }, parameters, options)
        : graph.read(statement, parameters, options);
    },
  };
}
