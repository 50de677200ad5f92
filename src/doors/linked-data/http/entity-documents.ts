import { createHistoryLoader } from '../../../engine/changes/log/history-loader.ts';
import type { Graph } from '../../../engine/graph/graph.ts';
import { findMatches } from '../../../engine/search/search.ts';
import { refusalOf, stateAt } from '../../../graphql/as-of/graph-reads.ts';
import { codedError, hiddenFromRole, limitExceeded } from '../../../graphql/errors.ts';
import { limits } from '../../../graphql/limits.ts';
import { differencesOf } from '../../../history/revisions/difference.ts';
import { parseRevision } from '../../../history/revisions/parse-revision.ts';
import { findKnownRevision, type RevisionName } from '../../../history/revisions/revision.ts';
import type { ScopedLog } from '../../../history/scope/scoped-log.ts';
import { GENERATED_SUMMARY } from '../../../ontology/summaries/summary.ts';
import { badRequest } from '../../../server/bad-request.ts';
import type { Form } from '../../../server/documents/negotiate.ts';
import { citationFile, citationRecord } from '../../citations/citation-files.ts';
import { cslItem } from '../../citations/citation-formatter.ts';
import {
  type DescribedEntity,
  type DescribedRelation,
  describeEntity,
  MOST_RELATIONS,
  withStarts,
} from '../described-entity.ts';
import { describedSummaries } from '../described-summary.ts';
import { entityPage } from '../entity-page.ts';
import { type RelationPage, readsOfEarlier, readsOfToday } from '../entity-reads.ts';
import { entityTriples, pageAddress } from '../entity-triples.ts';
import type { PageView } from '../page/page-view.ts';
import { rdfText } from '../rdf-text.ts';
import type { Vocabulary } from '../vocabulary.ts';

/** The forms of the document of an entity, the first for clients that say nothing. */
export const entityForms = [
  { ending: 'html', type: 'text/html' },
  { ending: 'jsonld', type: 'application/ld+json' },
  { ending: 'ttl', type: 'text/turtle' },
  { ending: 'nt', type: 'application/n-triples' },
  { ending: 'json', type: 'application/json' },
  { ending: 'bib', type: 'application/x-bibtex' },
  { ending: 'ris', type: 'application/x-research-info-systems' },
] as const satisfies readonly Form[];

export type EntityForm = (typeof entityForms)[number];

/** Pages beyond that are none of any entity. */
const MOST_PAGES = 1_000_000;

/**
 * The page of relations that an address asks for: `page` from 1, and `size` up to 1,000 in each direction.
 * @throws GraphQLError BAD_USER_INPUT
 */
export function requestedPage(query: URLSearchParams): RelationPage {
  const whole = (name: string, most: number, otherwise: number) => {
    const text = query.get(name);
    if (text === null) return otherwise;
    const number = /^\d{1,7}$/.test(text) ? Number(text) : 0;
    if (number >= 1 && number <= most) return number;
    throw badRequest(`\`${name}\` must be a number from 1 to ${most.toLocaleString('en')}.`);
  };
  return { number: whole('page', MOST_PAGES, 1), size: whole('size', MOST_RELATIONS, MOST_RELATIONS) };
}

/** Changes that a page shows, newest first. */
const MOST_CHANGES = 20;

/** Changes to an entity and its relations that differences are made of. */
const MOST_COMPARED = 1_000;

/** The earlier revisions that an address names: the one that is shown, and the one that it is compared with. */
export interface EarlierRevisions {
  readonly asOf?: RevisionName | undefined;
  readonly since?: RevisionName | undefined;
}

/** The revisions that the parameters `asOf` and `since` name. @throws GraphQLError BAD_USER_INPUT */
export function requestedRevisions(query: URLSearchParams): EarlierRevisions {
  const [asOf, since] = (['asOf', 'since'] as const).map((parameter) => {
    const text = query.get(parameter);
    // A form sends its date empty where none is chosen.
    if (text === null || text === '') return undefined;
    const named = parseRevision(text);
    if (named) return named;
    throw badRequest(
      `\`${parameter}\` must be the number of a revision, a tag, a day such as 2026-03-01, or an instant.`,
    );
  });
  if (asOf && since) throw badRequest('Pass only one of `asOf` and `since`.');
  return { asOf, since };
}

/** What differs of an entity and its relations since a revision. @throws GraphQLError; GraphError */
async function differencesSince(graph: Graph, slug: string, name: RevisionName): Promise<PageView['since']> {
  try {
    const revision = await findKnownRevision(graph, name);
    const changes = await createHistoryLoader(graph).read({ slug, first: MOST_COMPARED + 1 });
    const later = changes.filter(({ sequence }) => sequence > revision.revision);
    if (later.length > MOST_COMPARED) {
      throw limitExceeded(`More than ${MOST_COMPARED} changes lie between. Name a later revision in \`since\`.`);
    }
    return { revision, differences: differencesOf(graph.ontology, [...later].reverse()) };
  } catch (error) {
    throw refusalOf(error);
  }
}

/** A document of an entity, and the addresses of the pages of relations before and after it. */
export interface EntityDocument {
  readonly text: string;
  readonly previous?: string;
  readonly next?: string;
}

/** What a document is read from. */
export interface DocumentReads extends ScopedLog {
  /** Aborts when the client leaves. */
  readonly signal: AbortSignal;
}

/**
 * A page of the document of an entity in a form; `null` if there is no such entity.
 * @throws GraphQLError with status 404 if it has no such page; GraphError
 */
export async function entityDocument(
  { graph, states, signal }: DocumentReads,
  vocabulary: Vocabulary,
  slug: string,
  { ending }: EntityForm,
  page: RelationPage,
  view: PageView,
  { asOf, since: sinceName }: EarlierRevisions,
): Promise<EntityDocument | null> {
  // A role that sees a part of the graph sees no changes, and no earlier state.
  const isPart = graph.ontology.partOf !== null;
  if (isPart && (asOf ?? sinceName) !== undefined) throw codedError('FORBIDDEN', hiddenFromRole);
  const isCitation = ending === 'bib' || ending === 'ris';
  if (isCitation && asOf) throw badRequest('Citations are about the graph of today. Leave out `asOf`.');
  const earlier = asOf && (await stateAt(states(), graph, asOf, signal));
  const reads = earlier ? readsOfEarlier(earlier.graph) : readsOfToday(graph);
  const entity = await describeEntity(reads, slug, page);
  if (!entity) return null;
  if (page.number > 1 && entity.outgoing.length + entity.incoming.length === 0) {
    throw badRequest(
      `The relations of ${slug} have no page ${page.number}. The first is ${vocabulary.entity(slug)}.`,
      404,
    );
  }
  const addressOf = (number: number) =>
    pageAddress(`${vocabulary.entity(slug)}.${ending}`, { ...page, number }, earlier?.revision.revision);
  const others = {
    ...(page.number > 1 ? { previous: addressOf(page.number - 1) } : {}),
    ...(entity.goesOn ? { next: addressOf(page.number + 1) } : {}),
  };
  if (ending === 'html') {
    const [changes, since, whole] = await Promise.all([
      isPart || earlier ? [] : createHistoryLoader(graph).read({ slug, first: MOST_CHANGES }),
      sinceName === undefined ? undefined : differencesSince(graph, slug, sinceName),
      withStarts(reads, entity),
    ]);
    const shown = { ...view, changes, since, asOf: earlier?.revision, hasEarlier: !isPart };
    return { text: entityPage(vocabulary, whole, shown), ...others };
  }
  if (ending === 'json') return { text: `${JSON.stringify(plainDocument(vocabulary, entity, others))}\n`, ...others };
  if (isCitation) {
    return { text: await entityCitations(graph, vocabulary, entity, ending, view), ...others };
  }
  return { text: await rdfText(vocabulary, ending, entityTriples(vocabulary, entity)), ...others };
}

/** The page of an entity and its sources, for reference managers. */
async function entityCitations(
  graph: Graph,
  { entity: addressOf, ontology }: Vocabulary,
  { kind, slug, name }: DescribedEntity,
  format: 'bib' | 'ris',
  { language, today }: PageView,
): Promise<string> {
  const publisher = ontology.linkedData?.dataset?.title ?? 'Silkgraph';
  const own = { slug, name, publisher, date: today ?? null, url: addressOf(slug), language };
  const none = { type: null, reliability: null, supports: [] };
  const isCited = ontology.provenance !== null && kind !== ontology.provenance.kind;
  const parts = [citationRecord(cslItem({ ...own, ...none }), format), format === 'bib' ? '\n' : '\r\n'];
  if (isCited) for await (const source of citationFile(graph, format, [slug])) parts.push(source);
  return parts.join('');
}

/** An entity with its relations, under the names of the export. */
function plainDocument(vocabulary: Vocabulary, entity: DescribedEntity, others: Omit<EntityDocument, 'text'>): object {
  const { kind, record, outgoing, incoming } = entity;
  const plain = ({ record: relation, far }: DescribedRelation) => ({ ...relation, far });
  const relations = [...outgoing, ...incoming].map(plain);
  const summaries = Object.fromEntries(describedSummaries(vocabulary.ontology, entity));
  const generated = Object.keys(summaries).length === 0 ? {} : { [GENERATED_SUMMARY]: summaries };
  return { url: vocabulary.entity(record.id), kind, ...record, ...generated, relations, ...others };
}

/** Entities that a slug of none may have meant. */
const MOST_SUGGESTED = 5;

/** As many as a search examines: which they are of more would depend on all that the index holds. */
const MOST_EXAMINED = 1_000;

/** Slugs that are like one that nobody has. @throws GraphError */
export async function similarSlugs(graph: Graph, slug: string): Promise<readonly string[]> {
  const query = slug.replaceAll('-', ' ').slice(0, limits.queryLength);
  const wants = { highlights: false, matched: false, kinds: false, facets: false };
  const { page: found } = await findMatches(graph, {
    query,
    kinds: null,
    size: MOST_SUGGESTED,
    after: null,
    bound: MOST_EXAMINED,
    relatedTo: [],
    wants,
  });
  return found.map((match) => match.slug);
}
