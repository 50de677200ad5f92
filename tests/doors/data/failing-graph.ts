import type { Graph } from '../../../src/engine/graph/graph.ts';

/** A graph whose writing fails at the n-th statement of the given name. */
export function failingAt(graph: Graph, name: string, nth: number): Graph {
  let seen = 0;
  return {
    ontology: graph.ontology,
    read: graph.read,
    write: (work) =>
      graph.write((run) =>
        work((statement, parameters) => {
          if (statement.name === name) seen += 1;
          if (seen === nth) throw new Error('Power cut.');
          return run(statement, parameters);
        }),
      ),
  };
}

/**
 * A graph in which the answer to one commit is lost, that of the transaction with the n-th statement of the given name:
 * what is written then is done once more, as the driver does it.
 */
export function losingAnswer(graph: Graph, name: string, nth: number): Graph {
  let seen = 0;
  return {
    ontology: graph.ontology,
    read: graph.read,
    async write(work) {
      let isLost = false;
      const answer = await graph.write((run) =>
        work((statement, parameters) => {
          if (statement.name === name) {
            seen += 1;
            isLost = seen === nth;
          }
          return run(statement, parameters);
        }),
      );
      return isLost ? graph.write(work) : answer;
    },
  };
}
