import type { Graph } from '../../graph/graph.ts';
import { findMatches } from '../../graph/search/search.ts';
import {
  type DescribedEntity,
  type DescribedRelation,
  describeEntity,
  MOST_RELATIONS,
} from '../../linked-data/described-entity.ts';
import { entityPage } from '../../linked-data/entity-page.ts';
import { entityTriples } from '../../linked-data/entity-triples.ts';
import { link, page } from '../../linked-data/html.ts';
import { rdfText } from '../../linked-data/rdf-text.ts';
import type { Vocabulary } from '../../linked-data/vocabulary.ts';
import { escapeMarkup } from '../../ontology/escape-markup.ts';
import { limits } from '../../schema/limits.ts';
import type { Form } from './negotiate.ts';

/** The forms of the document of an entity, the first for clients that say nothing. */
export const entityForms = [
  { ending: 'html', type: 'text/html' },
  { ending: 'jsonld', type: 'application/ld+json' },
  { ending: 'ttl', type: 'text/turtle' },
  { ending: 'nt', type: 'application/n-triples' },
  { ending: 'json', type: 'application/json' },
] as const satisfies readonly Form[];

export type EntityForm = (typeof entityForms)[number];

/** The document of an entity in a form; `null` if there is no such entity. @throws GraphError */
export async function entityDocument(
  graph: Graph,
  vocabulary: Vocabulary,
  slug: string,
  { ending }: EntityForm,
): Promise<string | null> {
  const entity = await describeEntity(graph, slug);
  if (!entity) return null;
  if (ending === 'html') return entityPage(vocabulary, entity);
  if (ending === 'json') return `${JSON.stringify(plainDocument(vocabulary, entity))}\n`;
  return rdfText(vocabulary, ending, entityTriples(vocabulary, entity));
}

/** An entity with its relations, under the names of the export. */
function plainDocument(vocabulary: Vocabulary, { kind, record, outgoing, incoming, isCut }: DescribedEntity): object {
  const plain = ({ record: relation, far }: DescribedRelation) => ({ ...relation, far });
  return {
    url: vocabulary.entity(record.id),
    kind,
    ...record,
    relations: [...outgoing, ...incoming].map(plain),
    ...(isCut ? { truncated: `At most ${MOST_RELATIONS} relations in each direction are listed.` } : {}),
  };
}

/** Entities that a slug of none may have meant. */
const MOST_SUGGESTED = 5;

/** Slugs that are like one that nobody has. @throws GraphError */
export async function similarSlugs(graph: Graph, slug: string): Promise<readonly string[]> {
  const query = slug.replaceAll('-', ' ').slice(0, limits.queryLength);
  const wants = { highlights: false, matched: false, kinds: false, facets: false };
  const { page: found } = await findMatches(graph, {
    query,
    kinds: null,
    size: MOST_SUGGESTED,
    after: null,
    bound: 50,
    relatedTo: [],
    wants,
  });
  return found.map((match) => match.slug);
}

/** The page for an address of no entity. */
export function missingPage(vocabulary: Vocabulary, slug: string, similar: readonly string[]): string {
  const items = similar.map((one) => `<li>${link(vocabulary.entity(one), one)}</li>`).join('');
  return page({
    title: 'No such entity',
    language: 'en',
    description: 'There is no entity at this address.',
    body: [
      '<h1>No such entity</h1>',
      `<p>Nothing in this graph has the address <code>${escapeMarkup(slug.slice(0, 200))}</code>.</p>`,
      items === '' ? '' : `<p>Did you mean one of these?</p><ul>${items}</ul>`,
      `<p>${link(`${vocabulary.base}/explore`, 'Explore the graph')}</p>`,
    ].join('\n'),
  });
}
