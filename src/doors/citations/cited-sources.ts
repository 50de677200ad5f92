import type { Graph } from '../../engine/graph/graph.ts';
import { type CitedSource, readCitations } from '../../engine/reads/citations.ts';
import { badRequest } from '../../server/bad-request.ts';
import { readEntities } from '../data/export/read-graph.ts';

/** Sources in one file of citations: those of entities; all sources have no limit. */
const MOST_SOURCES = 5_000;

const textIn = (record: Readonly<Record<string, unknown>>, property: string | undefined): string | null => {
  const value = property === undefined ? undefined : record[property];
  return typeof value === 'string' ? value : null;
};

/**
 * The sources of some entities, those that support most first, or all of the graph by slug.
 * @throws GraphQLError BAD_USER_INPUT if the graph has no sources; GraphError
 */
export async function* citedSources(graph: Graph, slugs: readonly string[] | null): AsyncGenerator<CitedSource> {
  const { provenance } = graph.ontology;
  if (!provenance) throw badRequest('This graph has no sources.');
  if (slugs !== null) {
    yield* (await readCitations(graph, slugs, [], MOST_SOURCES)).sources;
    return;
  }
  const { citation = {}, reliability } = provenance;
  for await (const records of readEntities(graph, provenance.kind)) {
    for (const record of records) {
      const isLinked = citation.unlinked === undefined || record[citation.unlinked] !== true;
      yield {
        slug: String(record.id),
        name: String(record.name),
        publisher: textIn(record, citation.publisher),
        date: textIn(record, citation.date),
        url: isLinked ? textIn(record, citation.url) : null,
        language: textIn(record, citation.language),
        type: textIn(record, citation.type),
        reliability: textIn(record, reliability?.property),
        supports: [],
      };
    }
  }
}
