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
    const item = cslItem(source, cslTypes);
    if (format === 'ris') yield `${before}${risRecord(item)}`;
    else if (format === 'bib') yield `${before}${formatCitation(item, 'bibtex')}\n`;
    else yield `${before}${JSON.stringify(item)}`;
    before = { csl: ',\n', bib: '\n', ris: '\r\n' }[format];
  }
  if (format === 'csl') yield before === '[\n' ? '[]\n' : '\n]\n';
}
