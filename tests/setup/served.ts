import cooperationGraph from '../../src/cooperation/graph.ts';

/** What a server serves of the graph of the product, its schema and its pages, without a log of what is slow. */
export const served = {
  schema: cooperationGraph.schema,
  examples: cooperationGraph.examples,
  explorer: cooperationGraph.explorer,
  // A statement that is new takes long, and Neo4j would plan it once more for the log of slow ones.
  slow: Number.POSITIVE_INFINITY,
};

export const { schema } = served;
