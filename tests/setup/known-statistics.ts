import type { Graph } from '../../src/engine/graph/graph.ts';
import { readCounts, readStatistics, type Statistics } from '../../src/engine/reads/statistics.ts';
import type { Ontology } from '../../src/ontology/ontology.ts';

/** Of a graph of ten entities, a sample says nothing that the counts do not. */
const readSmall = async (graph: Graph): Promise<Statistics> => ({
  ...(await readCounts(graph)),
  texts: {},
  degrees: {},
  samples: {},
});

const readers = { seeds: readStatistics, 'small data': readSmall };

/** Contents of which there are statistics: the seeds, or the small data that tests change a little. */
export type KnownContent = keyof typeof readers;

const known = {
  seeds: new WeakMap<Ontology, Promise<Statistics>>(),
  'small data': new WeakMap<Ontology, Promise<Statistics>>(),
};

/**
 * Statistics that a worker reads once for all test files with this content. They only steer plans, and their statements
 * take Neo4j seconds to plan.
 */
export function knownStatistics(content: KnownContent, graph: Graph): () => Promise<Statistics> {
  const { ontology } = graph;
  return () => {
    const reading = known[content].get(ontology) ?? readers[content](graph);
    known[content].set(ontology, reading);
    // A file whose database failed must not fail the next one.
    reading.catch(() => known[content].delete(ontology));
    return reading;
  };
}
