import type { GraphQLResolveInfo } from 'graphql';
import { decodeCursor, encodeCursor, InvalidCursor } from '../../engine/reads/cursor.ts';
import type { OrderKey } from '../../engine/reads/plan.ts';
import type { Entity } from '../../engine/reads/rows.ts';
import { entityCount, type Statistics } from '../../engine/reads/statistics.ts';
import type { Highlight } from '../../engine/search/highlight.ts';
import type { WordMatch } from '../../engine/search/meanings/explain-matches.ts';
import type { RelatedCount } from '../../engine/search/meanings/related-matches.ts';
import { type Match, type Matches, type MatchPosition, normalQuery } from '../../engine/search/search.ts';
import { capitalized } from '../../ontology/letter-case.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { signatureOf } from '../arguments/order-input.ts';
import { type PageArguments, pageOf } from '../arguments/paging.ts';
import { readsOf } from '../as-of/graph-reads.ts';
import { lazyType } from '../builder.ts';
import type { Context } from '../context.ts';
import { PageInfo, type PageInfoValues, pageInfoOf } from '../entities/connections.ts';
import { EntityKind, RelationTypeEnum } from '../enumerations.ts';
import { badUserInput, codedError, limitExceeded, onlyToday } from '../errors.ts';
import { parseReference } from '../identifiers.ts';
import { limits } from '../limits.ts';
import { planListed } from '../planning/read-selection.ts';
import { EntityInterface } from '../references.ts';
import { readAsList } from './read-as-list.ts';

interface SearchEdge extends Match {
  readonly cursor: string;
  /** `null` if it was not selected. */
  readonly node: Entity | null;
  /** Which words met what; empty if not selected. */
  readonly matched: readonly WordMatch[];
}

interface SearchAnswer extends Pick<Matches, 'total' | 'kinds' | 'facets'> {
  readonly edges: readonly SearchEdge[];
  readonly pageInfo: PageInfoValues;
}

const HighlightRef = lazyType(({ builder }) =>
  builder.objectRef<Highlight>('Highlight').implement({
    description: 'A property that contains words of the query.',
    fields: (t) => ({
      field: t.exposeString('field', {
        nullable: false,
        description: 'Name of the property, as a field of the entity.',
      }),
      text: t.exposeString('text', {
        nullable: false,
        description:
          'The text, or an excerpt around the matches, as safe HTML: matches are marked with `<em>` and `</em>`, there are no other tags, and `&`, `<` and `>` are escaped. `…` marks omissions.',
      }),
    }),
  }),
);

const WordMatchRef = lazyType((base) =>
  base.builder.objectRef<WordMatch>('WordMatch').implement({
    description:
      'What words of a query met in a search result: one of its properties, its kind, or an entity that it is related to. Only one of `field`, `kind` and `slug` is set.',
    fields: (t) => ({
      words: t.exposeStringList('words', {
        nullable: { list: false, items: false },
        description: 'Words of the query, without case and accents. Words that name one thing stand together.',
      }),
      field: t.exposeString('field', {
        nullable: true,
        description: 'Name of the property of the result that contains the words.',
      }),
      kind: t.expose('kind', { type: EntityKind(base), nullable: true, description: 'Kind that the words name.' }),
      slug: t.exposeString('slug', {
        nullable: true,
        description: 'Slug of the related entity that the words name, or that belongs to what they name.',
      }),
      text: t.exposeString('text', {
        nullable: true,
        description: 'Name, class or description of the related entity that contains the words.',
      }),
      through: t.expose('through', {
        type: [RelationTypeEnum(base)],
        nullable: { list: false, items: false },
        description: 'Relations that lead from the result to the related entity, in order.',
      }),
    }),
  }),
);

const sourcesLast = ({ provenance, kind }: Ontology) =>
  provenance ? ` ${capitalized(kind(provenance.kind).many)} rank after other entities.` : '';

const SearchEdgeRef = lazyType((base) =>
  base.builder.objectRef<SearchEdge>('SearchEdge').implement({
    description: 'A search result.',
    fields: (t) => ({
      cursor: t.exposeString('cursor', { nullable: false, description: 'Cursor of this edge, for `after`.' }),
      node: t.field({
        type: EntityInterface(base),
        nullable: false,
        description: 'The entity.',
        resolve: ({ node }) => node as Entity,
      }),
      score: t.exposeFloat('score', {
        nullable: false,
        description: `Relevance, from 0 to 1. 1: the query equals the name; 0.95: it equals another name, the code or the slug; from 0.8: the name begins with it, or it is of the kind that the query names and meets all that the query says of it; from 0.7: the name contains all words; from 0.6: the name contains words that begin with them; from 0.4: other names do; from 0.25 to 0.5: words name what the entity is related to, or the year of its dates; from 0.3: other texts do; from 0.2: names do, allowing for typing errors; below: only some words match. Within each range, the score rises with the share of the name that matches.${sourcesLast(base.ontology)}`,
      }),
      highlight: t.field({
        type: [HighlightRef(base)],
        nullable: { list: false, items: false },
        description: 'Matching properties, names first; at most five.',
        resolve: ({ highlights }) => highlights,
      }),
      matched: t.field({
        earlierStates: false,
        type: [WordMatchRef(base)],
        nullable: { list: false, items: false },
        description: 'What the words of the query met.',
        resolve: ({ matched }) => matched,
      }),
    }),
  }),
);

/** The kinds whose entities results are counted by. */
function facetKinds({ kindNames, kind }: Ontology): string {
  const kinds = kindNames.filter((name) => kind(name).searchFacet).map((name) => kind(name).many);
  return kinds.length > 0 ? `, for ${kinds.join(' and ')}` : '; this graph declares no kinds for it';
}

const KindCount = lazyType((base) =>
  base.builder.objectRef<Matches['kinds'][number]>('KindCount').implement({
    description: 'Number of results of a kind.',
    fields: (t) => ({
      kind: t.expose('kind', { type: EntityKind(base), nullable: false, description: 'The kind.' }),
      count: t.exposeInt('count', { nullable: false, description: 'Number of results.' }),
    }),
  }),
);

const SearchBucket = lazyType(({ builder }) =>
  builder.objectRef<RelatedCount>('SearchBucket').implement({
    description: 'Number of results related to one entity.',
    fields: (t) => ({
      slug: t.exposeString('slug', { nullable: false, description: 'Slug of the entity, for `relatedTo`.' }),
      name: t.exposeString('name', { nullable: false, description: 'Name of the entity.' }),
      count: t.exposeInt('count', { nullable: false, description: 'Number of results.' }),
    }),
  }),
);

const SearchFacet = lazyType((base) =>
  base.builder.objectRef<Matches['facets'][number]>('SearchFacet').implement({
    description: 'Results counted by the entities of one kind that they are related to, or are.',
    fields: (t) => ({
      kind: t.expose('kind', { type: EntityKind(base), nullable: false, description: 'The kind.' }),
      buckets: t.field({
        type: [SearchBucket(base)],
        nullable: { list: false, items: false },
        description: `Entities with the most results; at most ${limits.defaultBuckets}.`,
        resolve: ({ counts }) => counts.slice(0, limits.defaultBuckets),
      }),
      others: t.int({
        nullable: false,
        description: 'Number of further entities with results.',
        resolve: ({ counts }) => Math.max(0, counts.length - limits.defaultBuckets),
      }),
    }),
  }),
);

const SearchConnection = lazyType((base) =>
  base.builder.objectRef<SearchAnswer>('SearchConnection').implement({
    description: `A page of search results, best first. A search ranks, counts and pages through at most the best ${limits.matches} matches.`,
    fields: (t) => ({
      edges: t.field({
        type: [SearchEdgeRef(base)],
        nullable: { list: false, items: false },
        description: 'Edges of the page, each with its score and highlights.',
        resolve: ({ edges }) => edges,
      }),
      nodes: t.field({
        type: [EntityInterface(base)],
        nullable: { list: false, items: false },
        description: 'Entities on the page.',
        resolve: ({ edges }) => edges.map(({ node }) => node as Entity),
      }),
      pageInfo: t.expose('pageInfo', {
        type: PageInfo(base),
        nullable: false,
        description: 'Position of the page among the results.',
      }),
      totalCount: t.exposeInt('total', {
        nullable: false,
        description: `Total number of results; ${limits.matches} means that many or more.`,
      }),
      kinds: t.expose('kinds', {
        type: [KindCount(base)],
        nullable: { list: false, items: false },
        description: 'Number of results by kind, most frequent first. The sum is `totalCount`.',
      }),
      facets: t.expose('facets', {
        earlierStates: false,
        type: [SearchFacet(base)],
        nullable: { list: false, items: false },
        description: `Number of results by related entity${facetKinds(base.ontology)}. A result counts once for each entity that it is related to.`,
      }),
    }),
  }),
);

const byScore: readonly OrderKey[] = [
  { by: { property: 'score' }, type: 'number', nullable: false, descending: true },
  { by: { property: 'slug' }, type: 'string', nullable: false, descending: false },
];

/** @throws GraphQLError INVALID_CURSOR */
function positionOf(cursor: string | null | undefined, signature: string): MatchPosition | null {
  if (typeof cursor !== 'string') return null;
  try {
    const [score, slug] = decodeCursor(cursor, signature, byScore);
    return { score: Number(score), slug: String(slug) };
  } catch (error) {
    if (!(error instanceof InvalidCursor)) throw error;
    throw codedError(
      'INVALID_CURSOR',
      'The cursor is malformed or belongs to another search. Pass a cursor exactly as it was returned for the same `query`, `kinds` and `relatedTo`.',
    );
  }
}

/** Rejects queries that are too long. @throws GraphQLError BAD_USER_INPUT */
export function checkLength(name: string, text: string): void {
  if (text.length <= limits.queryLength) return;
  throw badUserInput(
    `\`${name}\` has ${text.length} characters; the maximum is ${limits.queryLength}. Use only the most important words.`,
  );
}

/** Kinds to look for; `null` for all. */
export const wantedKinds = (kinds: readonly Kind[] | null | undefined): readonly Kind[] | null =>
  kinds ? [...new Set(kinds)].sort() : null;

/** @throws GraphQLError LIMIT_EXCEEDED, BAD_USER_INPUT */
function relatedSlugs(ontology: Ontology, ids: readonly string[]): readonly string[] {
  if (ids.length > limits.searchRelated) {
    throw limitExceeded(`\`relatedTo\` takes at most ${limits.searchRelated} ids; got ${ids.length}.`);
  }
  return [...new Set(ids.map((id) => parseReference(ontology, id, 'Entity')))].sort();
}

interface SearchArguments extends PageArguments {
  readonly query: string;
  readonly kinds?: readonly Kind[] | null | undefined;
  readonly relatedTo?: readonly string[] | null | undefined;
}

async function search(args: SearchArguments, context: Context, info: GraphQLResolveInfo): Promise<SearchAnswer> {
  const { query, first, after } = args;
  checkLength('query', query);
  if (query.trim() === '') throw badUserInput('`query` must not be empty. Pass at least one word.');
  const kinds = wantedKinds(args.kinds);
  const relatedTo = relatedSlugs(context.ontology, args.relatedTo ?? []);
  if (context.past.name && relatedTo.length > 0) throw onlyToday('relatedTo');
  const signature = signatureOf(JSON.stringify(['search', normalQuery(query), kinds, relatedTo]), null);
  const { size } = pageOf({ first }, signature, byScore);
  const position = positionOf(after, signature);

  const plan = await planListed(context, info, 'Search', size);
  const wants = {
    highlights: plan.asksOfEdges('highlight'),
    matched: plan.asksOfEdges('matched'),
    kinds: plan.asks('kinds'),
    facets: plan.asks('facets'),
  };
  const bound = limits.matches;
  const reads = await readsOf(context);
  const read = context.past.name ? null : await readAsList(context, info, query);
  const found = await reads.matches({ query, read, kinds, size, after: position, bound, relatedTo, wants });
  const slugs = found.page.map(({ slug }) => slug);
  const [nodes, matched] = await Promise.all([
    plan.target && slugs.length > 0 ? reads.reader.entities(plan.target, slugs) : [],
    wants.matched ? found.explain() : [],
  ]);
  const edges = found.page
    .map((match, index): SearchEdge => {
      const cursor = encodeCursor(signature, [match.score, match.slug]);
      return { ...match, cursor, node: nodes[index] ?? null, matched: matched[index] ?? [] };
    })
    // One that was deleted since it was found.
    .filter(({ node }) => node !== null || plan.target === null);
  const { total, kinds: counts, facets } = found;
  return { edges, total, kinds: counts, facets, pageInfo: pageInfoOf(found, edges) };
}

/** Names of an earlier state are in no index. */
const visitsOf = (statistics: Statistics, kinds: unknown): number =>
  (Array.isArray(kinds) ? [...new Set<Kind>(kinds)] : ['Entity' as const]).reduce(
    (sum, kind) => sum + entityCount(statistics, kind),
    0,
  );

export const addSearch = lazyType((base) => {
  base.builder.queryField('search', (t) =>
    t.field({
      earlierStates: { visits: ({ kinds }, statistics) => visitsOf(statistics, kinds) },
      type: SearchConnection(base),
      nullable: true,
      args: {
        query: t.arg.string({
          required: true,
          description: `Search terms in any script; at most ${limits.queryLength} characters. There are no operators.`,
        }),
        kinds: t.arg({
          type: [EntityKind(base)],
          description: 'Only entities of these kinds; an empty list matches nothing. Default: all.',
        }),
        relatedTo: t.arg.idList({
          description: `Only entities that are related to all of these, or are them; at most ${limits.searchRelated}. Takes IDs or slugs, such as those of \`facets\`.`,
        }),
        first: t.arg.int({
          description: `Page size; default ${limits.defaultPageSize}, maximum ${limits.pageSize}.`,
        }),
        after: t.arg.string({ description: 'Only entries after this cursor.' }),
      },
      description: `Full-text search over names, other names, slugs and texts. It ignores case, accents, whether Chinese is traditional or simplified, and words such as \`of\` and \`which\`, and allows for incomplete words and, if no entity has the words as they are, for typing errors. A query that names a kind is read as a question of \`ask\` is, with its negations, numbers and years: what meets all of it comes first, and other kinds after it or, where they only have such words, not at all. Words also meet what an entity is related to: then results are related to everything that the query names, or to most of it if nothing is, of the kinds that it names, and have a date in the years that it names, as in \`founded after 2019\`. Of several entities that a query names, each is a result, unless it names a kind. Other results contain all words or, if there are none, at least one. Only the first ten words count, and only the best ${limits.matches} matches are returned. Of an earlier state it looks in names, other names, slugs and identifiers alone: it finds all words, complete or as beginnings, with the same scores. There it reads no texts, forgives no typing errors and does not know what words mean; \`relatedTo\` returns an error.`,
      resolve: (_, args, context, info) => search(args, context, info),
    }),
  );
});
