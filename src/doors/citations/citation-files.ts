import type { CslItem } from '@citation-js/core';
import type { Graph } from '../../engine/graph/graph.ts';
import { cslItem, formatCitation } from './citation-formatter.ts';
import { citedSources } from './cited-sources.ts';
import { risRecord } from './ris.ts';

/** Formats of reference managers, by the ending of their files; `csl` is CSL-JSON. */
export const citationFileFormats = ['ris', 'bib', 'csl'] as const;

export type CitationFileFormat = (typeof citationFileFormats)[number];

/** Their media types. */
export const citationFileTypes: Readonly<Record<CitationFileFormat, string>> = {
  ris: 'application/x-research-info-systems; charset=utf-8',
  bib: 'application/x-bibtex; charset=utf-8',
  csl: 'application/vnd.citationstyles.csl+json; charset=utf-8',
};

/** A source as a record of a file. */
export function citationRecord(item: CslItem, format: CitationFileFormat): string {
  if (format === 'ris') return risRecord(item);
  return format === 'bib' ? `${formatCitation(item, 'bibtex')}\n` : JSON.stringify(item);
}

/**
 * A file of citations: the sources of some entities, or all of the graph.
 * @throws GraphQLError if the graph has no sources; GraphError
 */
export async function* citationFile(
  graph: Graph,
  format: CitationFileFormat,
  slugs: readonly string[] | null,
): AsyncGenerator<string> {
  const { cslTypes } = graph.ontology.provenance?.citation ?? {};
  let before = format === 'csl' ? '[\n' : '';
  for await (const source of citedSources(graph, slugs)) {
    yield before + citationRecord(cslItem(source, cslTypes), format);
    before = { csl: ',\n', bib: '\n', ris: '\r\n' }[format];
  }
  if (format === 'csl') yield before === '[\n' ? '[]\n' : '\n]\n';
}
