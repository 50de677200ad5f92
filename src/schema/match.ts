import type { GraphQLResolveInfo } from 'graphql';
import { findMatchingRows } from '../graph/match.ts';
import { matchCost } from '../graph/match-cost.ts';
import { builder } from './builder.ts';
import { PageInfo, type PageStanding } from './connections.ts';
import type { Context } from './context.ts';
import { badUserInput, limitExceeded } from './errors.ts';
import { HopRef, readFound } from './hop.ts';
import { limits } from './limits.ts';
import { MatchOrder, MatchPattern } from './match-input.ts';
import { quoted } from './match-kinds.ts';
import { type PatternInput, parsePattern } from './match-pattern.ts';
import {
  MatchAnswer,
  type MatchOrderInput,
  type MatchRow,
  matchOrder,
  type ShownEntity,
  shownOf,
  toldOf,
} from './match-rows.ts';
import { signatureOf } from './order-input.ts';
import { pageOf } from './paging.ts';
import { readEntities } from './reading.ts';
import { EntityInterface } from './references.ts';
import { selectedAt } from './selected.ts';

/** Where in the response a field stands, whichever row it is in. */
function placeOf({ path }: GraphQLResolveInfo): string {
  const names: (string | number)[] = [];
  for (let at: typeof path | undefined = path; at; at = at.prev) if (typeof at.key === 'string') names.push(at.key);
  return names.join('.');
}

const readShown = (shown: ShownEntity, names: readonly string[], context: Context, info: GraphQLResolveInfo) =>
  shown.answer.entity(shown, placeOf(info), names, (slugs) => readEntities(context, info, shown.kind, slugs));

async function readRelations({ answer, relations }: MatchRow, context: Context, info: GraphQLResolveInfo) {
  const found = await answer.hops(placeOf(info), (all) => {
    const slugs = all.flatMap(({ from, to }) => [from, to]);
    return readFound(context, info, { entities: [], hops: [] }, slugs, all);
  });
  return relations.flatMap((relation) => found.hop(relation, 'FORWARD') ?? []);
}

const MatchedEntityRef = builder
  .objectRef<{ readonly shown: ShownEntity; readonly names: readonly string[] }>('MatchedEntity')
  .implement({
    description: 'An entity of a match, under its name in the pattern.',
    fields: (t) => ({
      as: t.string({ nullable: false, description: 'Its name in the pattern.', resolve: ({ shown }) => shown.name }),
      entity: t.field({
        type: EntityInterface,
        nullable: true,
        description: 'The entity; null where it is optional and not there.',
        resolve: ({ shown, names }, _, context, info) => readShown(shown, names, context, info),
      }),
    }),
  });

const MatchRef = builder.objectRef<MatchRow>('Match').implement({
  description: 'One set of entities that fits the pattern.',
  fields: (t) => ({
    entity: t.field({
      type: EntityInterface,
      nullable: true,
      args: { as: t.arg.string({ required: true, description: 'Name of the entity in the pattern.' }) },
      description: 'The entity of one name; null where it is optional and not there.',
      resolve: ({ entities }, { as }, context, info) => {
        const shown = entities.find(({ name }) => name === as);
        if (shown) return readShown(shown, [as], context, info);
        const names = entities.map(({ name }) => quoted(name)).join(', ');
        throw badUserInput(`A match has no entity ${quoted(as)}. It has ${names}.`);
      },
    }),
    entities: t.field({
      type: [MatchedEntityRef],
      nullable: { list: false, items: false },
      description: 'Its entities, in the order of the pattern.',
      resolve: ({ entities }) => entities.map((shown) => ({ shown, names: entities.map(({ name }) => name) })),
    }),
    relations: t.field({
      type: [HopRef],
      nullable: { list: true, items: false },
      description:
        'Its relations, with what they say and where they are stated. Relations by several hops, negated ones and those of entities that are not shown are left out.',
      resolve: (row, _, context, info) => readRelations(row, context, info),
    }),
  }),
});

const MatchEdgeRef = builder.objectRef<MatchRow>('MatchEdge').implement({
  description: 'An entry of a page of matches.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', { nullable: false, description: 'Cursor of this entry, for `after`.' }),
    node: t.field({ type: MatchRef, nullable: false, description: 'The match.', resolve: (row) => row }),
  }),
});

interface Estimate {
  readonly cost: number;
  readonly limit: number;
}

const MatchEstimateRef = builder.objectRef<Estimate>('MatchEstimate').implement({
  description: 'What finding all matches is expected to cost.',
  fields: (t) => ({
    cost: t.exposeFloat('cost', {
      nullable: false,
      description:
        'About how many entities and relations are visited: from counts of kinds and relations, so within an order of magnitude or two.',
    }),
    limit: t.exposeFloat('limit', { nullable: false, description: 'The highest cost that is not refused.' }),
  }),
});

interface Answered {
  readonly rows: readonly MatchRow[];
  readonly totalCount: number;
  readonly pageInfo: PageStanding;
  readonly estimate: Estimate;
}

const MatchConnectionRef = builder.objectRef<Answered>('MatchConnection').implement({
  description: 'A page of the sets of entities that fit a pattern.',
  fields: (t) => ({
    edges: t.field({
      type: [MatchEdgeRef],
      nullable: { list: false, items: false },
      description: 'The entries of the page.',
      resolve: ({ rows }) => rows,
    }),
    nodes: t.field({
      type: [MatchRef],
      nullable: { list: false, items: false },
      description: 'The matches of the page, without the edges.',
      resolve: ({ rows }) => rows,
    }),
    pageInfo: t.expose('pageInfo', {
      type: PageInfo,
      nullable: false,
      description: 'Where the page stands among all matches.',
    }),
    totalCount: t.exposeInt('totalCount', {
      nullable: false,
      description: 'How many matches there are, those of other pages too. Counted only where selected.',
    }),
    estimate: t.expose('estimate', {
      type: MatchEstimateRef,
      nullable: false,
      description: 'What finding them is expected to cost. Selected alone, nothing is looked for and nothing refused.',
    }),
  }),
});

const wantsOf = (info: GraphQLResolveInfo) => {
  const isAsked = (...path: string[]) => selectedAt(info, path).length > 0;
  return {
    rows: isAsked('nodes') || isAsked('edges') || isAsked('pageInfo'),
    totalCount: isAsked('totalCount'),
    hasPreviousPage: isAsked('pageInfo', 'hasPreviousPage'),
  };
};

interface MatchArguments {
  readonly pattern: PatternInput;
  readonly show?: readonly string[] | null | undefined;
  readonly distinct: boolean;
  readonly orderBy?: readonly MatchOrderInput[] | null | undefined;
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

async function match(args: MatchArguments, context: Context, info: GraphQLResolveInfo): Promise<Answered> {
  const pattern = parsePattern(args.pattern, args.distinct);
  const shown = shownOf(pattern, args.show);
  const told = toldOf(pattern, shown);
  const order = matchOrder(pattern, shown, args.orderBy);
  const list = JSON.stringify(['match', pattern, shown, args.orderBy ?? []]);
  const signature = signatureOf(list, null);
  const { size, after } = pageOf({ first: args.first, after: args.after }, signature, order);

  const estimate = { cost: matchCost(pattern, await context.statistics()), limit: limits.patternCost };
  const wants = wantsOf(info);
  const nothing = { rows: [], totalCount: 0, hasNextPage: false, hasPreviousPage: false, absent: [] };
  if ((wants.rows || wants.totalCount) && estimate.cost > estimate.limit) {
    throw limitExceeded(
      `Finding the pattern is expected to visit about ${estimate.cost} entities and relations; up to ${estimate.limit} are allowed. Narrow an entity by \`id\`, \`ids\` or \`filter\`, or ask with fewer relations or hops.`,
    );
  }
  const found =
    wants.rows || wants.totalCount
      ? await findMatchingRows(context.graph, { pattern, shown, told, order, size, after, wants })
      : nothing;
  const [absent] = found.absent;
  if (absent) {
    throw badUserInput(
      `${quoted(absent.name)} is to be ${quoted(absent.slug)}, and there is no such entity of its kind. Look its id up with \`search\`.`,
    );
  }
  const { rows } = new MatchAnswer(pattern, { shown, told, signature }, found.rows);
  return {
    rows,
    estimate,
    totalCount: found.totalCount,
    pageInfo: {
      hasNextPage: found.hasNextPage,
      hasPreviousPage: found.hasPreviousPage,
      startCursor: rows[0]?.cursor ?? null,
      endCursor: rows.at(-1)?.cursor ?? null,
    },
  };
}

builder.queryField('match', (t) =>
  t.field({
    type: MatchConnectionRef,
    nullable: true,
    args: {
      pattern: t.arg({ type: MatchPattern, required: true, description: 'The shape to look for.' }),
      show: t.arg.stringList({
        description:
          'Names of the entities to answer with: matches that differ in none of them are one. Without it: all, but for those that only negated relations name.',
      }),
      distinct: t.arg.boolean({
        required: true,
        defaultValue: true,
        description:
          'Whether entities of different names must be different entities. Those of an optional part are compared with each other and with the required ones.',
      }),
      orderBy: t.arg({
        type: [MatchOrder],
        description:
          'Keys of the order, the most important first; then by slugs. Without it: by the names of the entities, in the order of the pattern.',
      }),
      first: t.arg.int({
        description: `Size of the page: ${limits.defaultPageSize} unless told, at most ${limits.pageSize}.`,
      }),
      after: t.arg.string({ description: 'Only what comes after this cursor.' }),
    },
    description:
      'Which sets of entities fit this shape? A typed pattern of entities and relations, bounded in size and cost.',
    resolve: (_, args, context, info) => match(args, context, info),
  }),
);
