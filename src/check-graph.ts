import { parse, validate } from 'graphql';
import { ImportRefused } from './data/fault.ts';
import { checkData } from './data/import/check-data.ts';
import type { Graph } from './graph/graph.ts';
import { loadExamples } from './http/documents/examples.ts';
import type { Silkgraph } from './silkgraph.ts';

/**
 * What is wrong with the seeds and the examples of a graph, each as a sentence; empty if nothing is. It needs no database.
 * @throws Error if a folder of the graph cannot be read
 */
export async function checkGraph({ ontology, schema, seeds, examples }: Silkgraph): Promise<readonly string[]> {
  const inExamples = loadExamples(examples).flatMap(({ name, query }) =>
    validate(schema, parse(query)).map(({ message }) => `The example ${name}: ${message}`),
  );
  if (seeds === undefined) return inExamples;
  const emptyGraph: Graph = {
    ontology,
    read: async () => [],
    write: () => Promise.reject(new Error('A check writes nothing.')),
  };
  try {
    await checkData(emptyGraph, [seeds], { seeded: true });
    return inExamples;
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error;
    return [...inExamples, error.message];
  }
}
