import cooperationGraph from '../../src/cooperation/graph.ts';

/** What a server serves of the graph of the product: its schema and its pages. */
export const served = {
  schema: cooperationGraph.schema,
  examples: cooperationGraph.examples,
  explorer: cooperationGraph.explorer,
};

export const { schema } = served;
