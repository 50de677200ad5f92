import { decodeCursor, encodeCursor, InvalidCursor } from '../graph/cursor.ts';
import type { Highlight } from '../graph/highlight.ts';
import type { OrderKey } from '../graph/plan.ts';
import type { Entity } from '../graph/rows.ts';
import { findMatches, type Match, type Matches, type MatchPosition, normalQuery } from '../graph/search.ts';
import type { Kind } from '../ontology/kinds.ts';
import { builder } from './builder.ts';
import { PageInfo, type PageStanding } from './connections.ts';
import { EntityKind } from './enumerations.ts';
import { badUserInput, codedError } from './errors.ts';
import { limits } from './limits.ts';
import { signatureOf } from './order-input.ts';
import { pageOf } from './paging.ts';
import { planListed } from './reading.ts';
import { EntityInterface } from './references.ts';

interface SearchEdge extends Match {
  readonly cursor: string;
  /** `null` where it was not asked for. */
  readonly node: Entity | null;
}

interface SearchAnswer extends Pick<Matches, 'total' | 'kinds'> {
  readonly edges: readonly SearchEdge[];
  readonly pageInfo: PageStanding;
}

const HighlightRef = builder.objectRef<Highlight>('Highlight').implement({
  description: 'A property in which words of the query were found.',
  fields: (t) => ({
    field: t.exposeString('field', {
      nullable: false,
      description: 'Name of the property, as a field of the entity: `name`, `alsoKnownAs`, `description`, …',
    }),
    text: t.exposeString('text', {
      nullable: false,
      description:
        'Its text, or the part around the words found, as HTML that is safe to show: the words stand between `<em>` and `</em>`, there are no other tags, and `&`, `<` and `>` of the text itself are escaped. `…` marks where it was cut.',
    }),
  }),
});

const SearchEdgeRef = builder.objectRef<SearchEdge>('SearchEdge').implement({
  description: 'An entity that was found.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', { nullable: false, description: 'Cursor of this entry, for `after`.' }),
    node: t.field({
      type: EntityInterface,
      nullable: false,
      description: 'The entity.',
      resolve: ({ node }) => node as Entity,
    }),
    score: t.exposeFloat('score', {
      nullable: false,
      description:
        'How well it fits, from 0 to 1. 1: the query is its name; 0.95: another of its names, its code or its slug; from 0.8: its name begins so; from 0.7: its name has all the words; from 0.6: has words that begin so; from 0.4: its other names do; from 0.3: its other texts do; from 0.2: its names do, but for typing errors; below: it has some of the words. Within each, the more of the name the query covers the higher; a source comes after other entities.',
    }),
    highlight: t.field({
      type: [HighlightRef],
      nullable: { list: false, items: false },
      description: 'Where the words were found: at most five places, names first.',
      resolve: ({ highlights }) => highlights,
    }),
  }),
});

const KindCount = builder.objectRef<Matches['kinds'][number]>('KindCount').implement({
  description: 'How many entities are of a kind.',
  fields: (t) => ({
    kind: t.expose('kind', { type: EntityKind, nullable: false, description: 'The kind.' }),
    count: t.exposeInt('count', { nullable: false, description: 'How many of them are of the kind.' }),
  }),
});

const SearchConnection = builder.objectRef<SearchAnswer>('SearchConnection').implement({
  description: `A page of what was found, best first. A search ranks, counts and pages through the best ${limits.matches} matches.`,
  fields: (t) => ({
    edges: t.field({
      type: [SearchEdgeRef],
      nullable: { list: false, items: false },
      description: 'The entries of the page, each with its score and where the words were found.',
      resolve: ({ edges }) => edges,
    }),
    nodes: t.field({
      type: [EntityInterface],
      nullable: { list: false, items: false },
      description: 'The entities of the page, without the edges.',
      resolve: ({ edges }) => edges.map(({ node }) => node as Entity),
    }),
    pageInfo: t.expose('pageInfo', {
      type: PageInfo,
      nullable: false,
      description: 'Where the page stands among what was found.',
    }),
    totalCount: t.exposeInt('total', {
      nullable: false,
      description: `How many entities were found, those of other pages too; ${limits.matches} stands for as many or more.`,
    }),
    kinds: t.expose('kinds', {
      type: [KindCount],
      nullable: { list: false, items: false },
      description: 'How many of them are of each kind that has any, most first. Together they are `totalCount`.',
    }),
  }),
});

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
      'The cursor is broken, or of another search. Pass one exactly as an answer to the same `query` and `kinds` gave it.',
    );
  }
}

/** Refuses what is too long to look for. @throws GraphQLError BAD_USER_INPUT */
export function checkLength(name: string, text: string): void {
  if (text.length <= limits.queryLength) return;
  throw badUserInput(
    `\`${name}\` has ${text.length} characters; ${limits.queryLength} are allowed. Search for the words that matter most.`,
  );
}

/** Kinds to look for; `null` for all. */
export const wantedKinds = (kinds: readonly Kind[] | null | undefined): readonly Kind[] | null =>
  kinds ? [...new Set(kinds)].sort() : null;

builder.queryField('search', (t) =>
  t.field({
    type: SearchConnection,
    nullable: true,
    args: {
      query: t.arg.string({
        required: true,
        description: `What to look for, in any script: at most ${limits.queryLength} characters. Nothing in it is an operator.`,
      }),
      kinds: t.arg({
        type: [EntityKind],
        description: 'Only entities of these kinds; an empty list finds none. Without it: all.',
      }),
      first: t.arg.int({
        description: `Size of the page: ${limits.defaultPageSize} unless told, at most ${limits.pageSize}.`,
      }),
      after: t.arg.string({ description: 'Only what comes after this cursor.' }),
    },
    description: `Looks for entities by their names, other names, slugs and texts. Case and accents do not count, words may be unfinished or have typing errors, and small words such as \`of\` are passed over. An entity has to have all the words; where none has, those with any of them are found. The first ten words count. The best ${limits.matches} matches can be paged through; narrow the query for others.`,
    resolve: async (_, { query, kinds: givenKinds, first, after }, context, info): Promise<SearchAnswer> => {
      checkLength('query', query);
      if (query.trim() === '') throw badUserInput('`query` is empty. Pass at least one word to look for.');
      const kinds = wantedKinds(givenKinds);
      const signature = signatureOf(JSON.stringify(['search', normalQuery(query), kinds]), null);
      const { size } = pageOf({ first }, signature, byScore);
      const position = positionOf(after, signature);

      const plan = await planListed(context, info, 'SearchConnection', size);
      const {
        page,
        total,
        kinds: counts,
        hasPreviousPage,
        hasNextPage,
      } = await findMatches(context.graph, {
        query,
        kinds,
        size,
        after: position,
        bound: limits.matches,
        wants: { highlights: plan.asksOfEdges('highlight'), kinds: plan.asks('kinds') },
      });
      const slugs = page.map(({ slug }) => slug);
      const nodes = plan.target && slugs.length > 0 ? await context.reader.entities(plan.target, slugs) : [];
      const edges = page
        .map((match, index): SearchEdge => {
          const cursor = encodeCursor(signature, [match.score, match.slug]);
          return { ...match, cursor, node: nodes[index] ?? null };
        })
        // One that was deleted since it was found.
        .filter(({ node }) => node !== null || plan.target === null);
      return {
        edges,
        total,
        kinds: counts,
        pageInfo: {
          hasPreviousPage,
          hasNextPage,
          startCursor: edges[0]?.cursor ?? null,
          endCursor: edges.at(-1)?.cursor ?? null,
        },
      };
    },
  }),
);
