import type { Graph } from '../../engine/graph/graph.ts';
import type { RelationRecord } from '../../ontology/records.ts';
import { readEntities, readRelations } from '../data/export/read-graph.ts';
import { refusePending } from '../data/import-marker.ts';
import { type RdfFormat, rdfPieces } from './rdf-text.ts';
import { type EntityFields, type Triple, triplesOfEntity, triplesOfRelation } from './triples.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * The whole graph in RDF, piece by piece: entities by kind and slug, then relations by type and ends. The same graph makes the
 * same bytes.
 * @throws ImportPending, GraphError
 */
export async function* exportRdf(graph: Graph, vocabulary: Vocabulary, format: RdfFormat): AsyncGenerator<string> {
  await refusePending(graph);
  yield* rdfPieces(vocabulary, format, allTriples(graph, vocabulary));
  await refusePending(graph);
}

async function* allTriples(graph: Graph, vocabulary: Vocabulary): AsyncGenerator<readonly Triple[]> {
  for (const kind of graph.ontology.kindNames) {
    for await (const records of readEntities(graph, kind)) {
      for (const record of records) yield triplesOfEntity(vocabulary, kind, record as EntityFields);
    }
  }
  for (const type of graph.ontology.relationTypes) {
    for await (const records of readRelations(graph, type)) {
      for (const record of records) yield triplesOfRelation(vocabulary, record as unknown as RelationRecord);
    }
  }
}
