import { globalId } from '../../../graphql/identifiers.ts';
import { dataOf } from '../../../graphql/internal-client/ask.ts';
import { kindsOfEntities } from '../../../graphql/internal-client/entity-kinds.ts';
import type { JsonObject } from '../../../graphql/internal-client/json.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Tool } from '../tool.ts';
import { list, slugs } from './arguments.ts';

/** Citation styles, with the key of each in the response. */
const styles = { APA: 'apa', BIBTEX: 'bibtex', CSL_JSON: 'csl' } as const;

/** Formatted citations; `undefined` for a graph without sources. */
export function createCiteSources({ provenance }: Ontology): Tool | undefined {
  if (!provenance) return undefined;
  return {
    name: 'cite_sources',
    title: 'Format citations',
    description:
      'Returns the sources of entities as citations in APA, BibTeX or CSL-JSON. Other tools list sources already; use it for a bibliography.',
    properties: {
      slugs: slugs('Slugs of the entities.', 20),
      style: { type: 'string', enum: Object.keys(styles), description: 'Default: APA.' },
    },
    required: ['slugs'],
    answer: {
      citations: list('Sources with their citation.'),
      uncited: { type: 'array', items: { type: 'string' }, description: 'Slugs of entities that cite no source.' },
    },
    async run({ slugs: wanted, style = 'APA' }, call) {
      const kinds = await kindsOfEntities(wanted as string[], call);
      const ids = [...kinds].map(([slug, kind]) => globalId(kind, slug));
      const query = `query McpCite($ids: [ID!]!, $styles: [CitationStyle!]!) @cite(styles: $styles) { nodes(ids: $ids) { ... on Entity { slug } } }`;
      const result = await call.ask({ query, variables: { ids, styles: [style] } }, { isOwnDocument: true });
      dataOf(result);
      const { citations = [], uncited = [] } = (result.extensions ?? {}) as {
        citations?: JsonObject[];
        uncited?: { slug: string }[];
      };
      const key = styles[style as keyof typeof styles];
      return {
        value: {
          citations: citations.map(({ slug, reliability, [key]: citation }) => ({ slug, reliability, citation })),
          uncited: uncited.map(({ slug }) => slug),
        },
      };
    },
  };
}
