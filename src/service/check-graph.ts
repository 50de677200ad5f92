import { parse, validate } from 'graphql';
import { ImportRefused } from '../doors/data/fault.ts';
import { checkData } from '../doors/data/import/check-data.ts';
import type { Graph } from '../engine/graph/graph.ts';
import { ExamplesRefused, loadExamples } from '../server/documents/examples.ts';
import type { Silkgraph } from './silkgraph.ts';

/** What is wrong with the seeds, the examples and the explorer's queries of a graph, each as a sentence; empty if nothing is. It needs no database. */
export async function checkGraph({
  ontology,
  schema,
  seeds,
  examples,
  explorer,
}: Silkgraph): Promise<readonly string[]> {
  const inQuery = (place: string, query: string): readonly string[] => {
    try {
      return validate(schema, parse(query)).map(({ message }) => `${place}: ${message}`);
    } catch (error) {
      return [`${place}: ${(error as Error).message}`];
    }
  };
  const inExamples = (): readonly string[] => {
    try {
      return loadExamples(examples).flatMap(({ name, query }) => inQuery(`The example ${name}`, query));
    } catch (error) {
      if (!(error instanceof ExamplesRefused)) throw error;
      return [error.message];
    }
  };
  const inQueries = [
    ...inExamples(),
    ...Object.entries(explorer.settings.queries).flatMap(([name, query]) =>
      inQuery(`The query ${name} of the explorer`, query),
    ),
  ];
  if (seeds === undefined) return inQueries;
  const emptyGraph: Graph = {
    ontology,
    read: async () => [],
    write: () => Promise.reject(new Error('A check writes nothing.')),
  };
  try {
    await checkData(emptyGraph, [seeds], { seeded: true });
    return inQueries;
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error;
    return [...inQueries, error.message];
  }
}
