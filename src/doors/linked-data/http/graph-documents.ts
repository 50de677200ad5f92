import type { Graph } from '../../../engine/graph/graph.ts';
import { queryFile } from '../../../engine/graph/query-files.ts';
import { readCounts } from '../../../engine/reads/statistics.ts';
import { escapeMarkup } from '../../../ontology/escape-markup.ts';
import { badRequest } from '../../../server/bad-request.ts';
import type { Form } from '../../../server/documents/negotiate.ts';
import { contextOf } from '../context.ts';
import { datasetTriples } from '../dataset.ts';
import { rdfText } from '../rdf-text.ts';
import { shapesOf } from '../shapes.ts';
import { termsOf } from '../terms.ts';
import type { Triple } from '../triples.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { changeAtom, changeAtomPath, type FeedReads } from './change-atom.ts';

/** A document about the graph as a whole, in one form. */
interface GraphDocument {
  readonly forms: readonly Form[];
  readonly text: (reads: FeedReads, vocabulary: Vocabulary, form: Form, query: URLSearchParams) => Promise<string>;
}

const rdfForms = [
  { ending: 'ttl', type: 'text/turtle' },
  { ending: 'jsonld', type: 'application/ld+json' },
  { ending: 'nt', type: 'application/n-triples' },
] as const satisfies readonly Form[];

const rdfDocument = (triples: (vocabulary: Vocabulary, graph: Graph) => Promise<readonly Triple[]>): GraphDocument => ({
  forms: rdfForms,
  text: async ({ graph }, vocabulary, { ending }) =>
    rdfText(
      vocabulary,
      rdfForms.find((form) => form.ending === ending)?.ending ?? 'ttl',
      await triples(vocabulary, graph),
    ),
});

/** Addresses in one sitemap (https://www.sitemaps.org/protocol.html). */
const MOST_ADDRESSES = 50_000;

const slugsFile = queryFile<{ readonly skip: number; readonly limit: number }, readonly [slug: string]>('slugs');

const sitemap: GraphDocument = {
  forms: [{ ending: 'xml', type: 'application/xml' }],
  async text({ graph }, vocabulary, _, query) {
    const given = query.get('page');
    const number = given === null ? undefined : Number(given);
    const { entities } = await readCounts(graph);
    const total = Object.values(entities).reduce((sum, count) => sum + count, 0);
    const pages = Math.max(1, Math.ceil(total / MOST_ADDRESSES));
    if (number !== undefined && !(Number.isInteger(number) && number >= 1 && number <= pages)) {
      throw badRequest(`\`page\` must be a number from 1 to ${pages}.`);
    }
    const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
    const space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';
    if (number === undefined && pages > 1) {
      const items = Array.from({ length: pages }, (__, index) => {
        const address = `${vocabulary.base}/sitemap.xml?page=${index + 1}`;
        return `<sitemap><loc>${escapeMarkup(address)}</loc></sitemap>`;
      });
      return `${head}<sitemapindex ${space}>\n${items.join('\n')}\n</sitemapindex>\n`;
    }
    const skip = ((number ?? 1) - 1) * MOST_ADDRESSES;
    const rows = await graph.read(slugsFile, { skip, limit: MOST_ADDRESSES });
    const items = rows.map(([slug]) => `<url><loc>${escapeMarkup(vocabulary.entity(slug))}</loc></url>`);
    return `${head}<urlset ${space}>\n${items.join('\n')}\n</urlset>\n`;
  },
};

/** Documents about the graph, by path. */
export const graphDocuments: Readonly<Record<string, GraphDocument>> = {
  '/terms': rdfDocument(async (vocabulary) => termsOf(vocabulary)),
  '/shapes': rdfDocument(async (vocabulary) => shapesOf(vocabulary)),
  '/.well-known/void': rdfDocument(async (vocabulary, graph) => datasetTriples(vocabulary, await readCounts(graph))),
  '/context.jsonld': {
    forms: [
      { ending: 'jsonld', type: 'application/ld+json' },
      { ending: 'json', type: 'application/json' },
    ],
    text: async (_, vocabulary) => `${JSON.stringify({ '@context': contextOf(vocabulary) })}\n`,
  },
  '/sitemap.xml': sitemap,
  [changeAtomPath]: {
    forms: [{ ending: 'atom', type: 'application/atom+xml' }],
    text: (reads, vocabulary, _, query) => changeAtom(reads, vocabulary, query),
  },
};

/** What crawlers may read: the pages of entities, unless reading needs a key. */
export const robotsText = (base: string, isOpen: boolean): string =>
  isOpen
    ? `User-agent: *\nDisallow: /graphql\nDisallow: /export\nSitemap: ${base}/sitemap.xml\n`
    : 'User-agent: *\nDisallow: /\n';
