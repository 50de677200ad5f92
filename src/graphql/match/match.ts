import type { GraphQLResolveInfo } from 'graphql';
import type { WaysBounds } from '../../engine/match/match.ts';
import { matchCost } from '../../engine/match/match-cost.ts';
import type { Pattern } from '../../engine/match/match-pattern.ts';
import { signatureOf } from '../arguments/order-input.ts';
import { type PageArguments, pageOf } from '../arguments/paging.ts';
import { readsOf } from '../as-of/graph-reads.ts';
import { lazyType } from '../builder.ts';
import type { Context } from '../context.ts';
import { PageInfo, type PageInfoValues, pageInfoOf } from '../entities/connections.ts';
import { RelationStepRef, readFound } from '../entities/relation-step.ts';
import { badUserInput, limitExceeded } from '../errors.ts';
import { finiteNumber } from '../finite-number.ts';
import { limits } from '../limits.ts';
import { statedOfRelations } from '../names.ts';
import { readEntities } from '../planning/read-selection.ts';
import { selectedAt } from '../planning/selected.ts';
import { EntityInterface } from '../references.ts';
import { groupsOf, MatchGroupsRef, matchGroupArguments } from './match-groups.ts';
import { MatchHaving, MatchOrder, MatchPattern, type WaysInput } from './match-input.ts';
import { quoted } from './match-kinds.ts';
import { parsePattern } from './match-pattern.ts';
import {
  includedRelations,
  MatchAnswer,
  type MatchOrderInput,
  type MatchRow,
  matchOrder,
  type ShownEntity,
  shownOf,
  valuesOf,
} from './match-rows.ts';
import type { PatternInput } from './pattern-input.ts';
import { selectedEntities } from './selected-entities.ts';

/** Path of a field in the response, regardless of the row. */
function placeOf({ path }: GraphQLResolveInfo): string {
  const names: (string | number)[] = [];
  for (let at: typeof path | undefined = path; at; at = at.prev) if (typeof at.key === 'string') names.push(at.key);
  return names.join('.');
}

/** An entity of a row; at once if it was read with it. */
function readShown(shown: ShownEntity, names: readonly string[], context: Context, info: GraphQLResolveInfo) {
  const { slug, read, answer, kind } = shown;
  if (slug === null || read) return read;
  return answer.entity({ slug, kind }, placeOf(info), names, (slugs) => readEntities(context, info, kind, slugs));
}

async function readRelations({ answer, relations }: MatchRow, context: Context, info: GraphQLResolveInfo) {
  const found = await answer.hops(placeOf(info), (all) => {
    const slugs = all.flatMap(({ from, to }) => [from, to]);
    return readFound(context, info, { entities: [], hops: [] }, slugs, all);
  });
  return relations.flatMap((relation) => found.hop(relation, 'FORWARD') ?? []);
}

const MatchedEntityRef = lazyType((base) =>
  base.builder
    .objectRef<{ readonly shown: ShownEntity; readonly names: readonly string[] }>('MatchedEntity')
    .implement({
      description: 'An entity of a match, with its name in the pattern.',
      fields: (t) => ({
        as: t.string({
          nullable: false,
          description: 'Name of the entity in the pattern.',
          resolve: ({ shown }) => shown.name,
        }),
        entity: t.field({
          type: EntityInterface(base),
          nullable: true,
          description: 'The entity; null if it is optional and missing.',
          resolve: ({ shown, names }, _, context, info) => readShown(shown, names, context, info),
        }),
      }),
    }),
);

const MatchRef = lazyType((base) =>
  base.builder.objectRef<MatchRow>('Match').implement({
    description: 'A set of entities that matches the pattern.',
    fields: (t) => ({
      entity: t.field({
        type: EntityInterface(base),
        nullable: true,
        args: { as: t.arg.string({ required: true, description: 'Name of the entity in the pattern.' }) },
        description: 'The entity of this name; null if it is optional and missing.',
        resolve: ({ entities }, { as }, context, info) => {
          const shown = entities.find(({ name }) => name === as);
          if (shown) return readShown(shown, [as], context, info);
          const names = entities.map(({ name }) => quoted(name)).join(', ');
          throw badUserInput(`A match has no entity ${quoted(as)}. Its entities are ${names}.`);
        },
      }),
      entities: t.field({
        type: [MatchedEntityRef(base)],
        nullable: { list: false, items: false },
        description: 'Entities of the match, in the order of the pattern.',
        resolve: ({ entities }) => entities.map((shown) => ({ shown, names: entities.map(({ name }) => name) })),
      }),
      ways: t.exposeInt('ways', {
        nullable: false,
        description:
          'In how many ways the match was found: number of sets of entities that contain it, as `show` leaves entities out. 1 if none is left out.',
      }),
      value: t.field({
        type: 'JSON',
        nullable: true,
        args: { of: t.arg.string({ required: true, description: 'Name of the value in the pattern.' }) },
        description: 'A value of the match: a number, or a date as text; null if it is missing.',
        resolve: ({ value }, { of }) => finiteNumber(value(of), `The value ${quoted(of)}`),
      }),
      relations: t.field({
        type: [RelationStepRef(base)],
        nullable: { list: true, items: false },
        description: `Relations of the match, with their ${statedOfRelations(base.ontology)}. Excludes relations of several hops, negated relations and relations of entities that are not returned.`,
        resolve: (row, _, context, info) => readRelations(row, context, info),
      }),
    }),
  }),
);

const MatchEdgeRef = lazyType((base) =>
  base.builder.objectRef<MatchRow>('MatchEdge').implement({
    description: 'An edge of a page of matches.',
    fields: (t) => ({
      cursor: t.exposeString('cursor', { nullable: false, description: 'Cursor of this edge, for `after`.' }),
      node: t.field({ type: MatchRef(base), nullable: false, description: 'The match.', resolve: (row) => row }),
    }),
  }),
);

interface Estimate {
  readonly cost: number;
  readonly limit: number;
}

const MatchEstimateRef = lazyType(({ builder }) =>
  builder.objectRef<Estimate>('MatchEstimate').implement({
    description: 'Estimated cost of finding all matches.',
    fields: (t) => ({
      cost: t.exposeFloat('cost', {
        nullable: false,
        description:
          'Estimated number of entities and relations visited. It is derived from counts of kinds and relations, and accurate to one or two orders of magnitude.',
      }),
      limit: t.exposeFloat('limit', { nullable: false, description: 'Maximum cost.' }),
    }),
  }),
);

interface Answered {
  readonly rows: readonly MatchRow[];
  readonly totalCount: number;
  readonly pageInfo: PageInfoValues;
  readonly estimate: Estimate;
  readonly question: { readonly pattern: Pattern; readonly shown: readonly number[] };
}

const MatchConnectionRef = lazyType((base) =>
  base.builder.objectRef<Answered>('MatchConnection').implement({
    description: 'A page of matches of a pattern.',
    fields: (t) => ({
      edges: t.field({
        type: [MatchEdgeRef(base)],
        nullable: { list: false, items: false },
        description: 'Edges of the page.',
        resolve: ({ rows }) => rows,
      }),
      nodes: t.field({
        type: [MatchRef(base)],
        nullable: { list: false, items: false },
        description: 'Matches on the page.',
        resolve: ({ rows }) => rows,
      }),
      pageInfo: t.expose('pageInfo', {
        type: PageInfo(base),
        nullable: false,
        description: 'Position of the page among all matches.',
      }),
      totalCount: t.exposeInt('totalCount', {
        nullable: false,
        description: 'Total number of matches. Counted only if selected.',
      }),
      groups: t.field({
        type: MatchGroupsRef(base),
        nullable: true,
        args: matchGroupArguments(base),
        description: 'Matches grouped by values, largest group first, on all pages together.',
        resolve: ({ question }, args, context, info) => groupsOf(question, args, context, info),
      }),
      estimate: t.expose('estimate', {
        type: MatchEstimateRef(base),
        nullable: false,
        description: 'Estimated cost. If only this field is selected, no search runs and no limit applies.',
      }),
    }),
  }),
);

const wantsOf = (info: GraphQLResolveInfo) => {
  const isAsked = (...path: string[]) => selectedAt(info, path).length > 0;
  return {
    rows: isAsked('nodes') || isAsked('edges') || isAsked('pageInfo'),
    totalCount: isAsked('totalCount'),
    groups: isAsked('groups'),
    hasPreviousPage: isAsked('pageInfo', 'hasPreviousPage'),
    ways: isAsked('nodes', 'ways') || isAsked('edges', 'node', 'ways'),
  };
};

interface MatchArguments extends PageArguments {
  readonly pattern: PatternInput;
  readonly show?: readonly string[] | null | undefined;
  readonly distinct: boolean;
  readonly orderBy?: readonly MatchOrderInput[] | null | undefined;
  readonly having?: { readonly ways?: WaysInput | null | undefined } | null | undefined;
}

/** @throws GraphQLError BAD_USER_INPUT */
function waysOf(input: WaysInput | null | undefined): WaysBounds {
  const [least, most] = [input?.gte ?? null, input?.lte ?? null];
  if ((least !== null && least < 1) || (most !== null && most < (least ?? 1))) {
    throw badUserInput('`having.ways` needs a `gte` of at least 1 and a `lte` that is not smaller.');
  }
  return { least, most };
}

/** @throws GraphQLError LIMIT_EXCEEDED if finding a pattern is too expensive */
export function checkPatternCost(cost: number): void {
  if (cost <= limits.patternCost) return;
  throw limitExceeded(
    `Finding the pattern would visit about ${cost} entities and relations; the maximum is ${limits.patternCost}. Narrow an entity by \`id\`, \`ids\` or \`filter\`, or use fewer relations or hops.`,
  );
}

async function match(args: MatchArguments, context: Context, info: GraphQLResolveInfo): Promise<Answered> {
  const wants = wantsOf(info);
  const pattern = parsePattern(context.ontology, args.pattern, args.distinct);
  const shown = shownOf(pattern, args.show);
  const included = includedRelations(pattern, shown);
  const order = matchOrder(pattern, shown, args.orderBy);
  const ways = waysOf(args.having?.ways);
  const values = wants.rows ? valuesOf(pattern, shown) : [];
  const selected = await selectedEntities(context, info, pattern, shown);
  const list = JSON.stringify(['match', pattern, shown, args.orderBy ?? [], ways]);
  const signature = signatureOf(list, null);
  const { size, after } = pageOf(args, signature, order);

  const estimate = { cost: matchCost(pattern, await context.statistics()), limit: limits.patternCost };
  const nothing = { rows: [], totalCount: 0, hasNextPage: false, hasPreviousPage: false, absent: [] };
  if (wants.groups && (ways.least !== null || ways.most !== null)) {
    throw badUserInput('`groups` are of all matches, so `having` does not apply to them. Leave one of the two out.');
  }
  const isSearched = wants.rows || wants.totalCount || wants.groups;
  if (isSearched) checkPatternCost(estimate.cost);
  const found = isSearched
    ? await (await readsOf(context)).matchingRows({
        ...{ pattern, shown, included, selected, order, size, after, wants, ways, values },
        countsWays:
          wants.ways ||
          ways.least !== null ||
          ways.most !== null ||
          order.some(({ entity, value }) => entity === null && !value),
      })
    : nothing;
  const [absent] = found.absent;
  if (absent) {
    throw badUserInput(
      `${quoted(absent.name)} refers to ${quoted(absent.slug)}, but there is no such entity of its kind. Find its ID with \`search\`.`,
    );
  }
  const { rows } = new MatchAnswer(pattern, { shown, included, selected, signature, values }, found.rows);
  return {
    rows,
    estimate,
    question: { pattern, shown },
    totalCount: found.totalCount,
    pageInfo: pageInfoOf(found, rows),
  };
}

export const addMatch = lazyType((base) => {
  base.builder.queryField('match', (t) =>
    t.field({
      earlierStates: true,
      type: MatchConnectionRef(base),
      nullable: true,
      args: {
        pattern: t.arg({ type: MatchPattern(base), required: true, description: 'Pattern to find.' }),
        show: t.arg.stringList({
          description:
            'Names of the entities to return; matches that differ in none of them are merged, and `ways` counts them. Default: all except those that only negated relations name.',
        }),
        distinct: t.arg.boolean({
          required: true,
          defaultValue: true,
          description:
            'Whether different names must stand for different entities. Entities of an optional or negated part, or of a shape in `anyOf` or `noneOf`, must then differ from one another and from those of the match.',
        }),
        orderBy: t.arg({
          type: [MatchOrder(base)],
          description:
            'Sort keys, most significant first; ties are sorted by slug. Default: by the names of the entities, in the order of the pattern.',
        }),
        having: t.arg({ type: MatchHaving(base), description: 'Conditions on the matches, after they are merged.' }),
        first: t.arg.int({
          description: `Page size; default ${limits.defaultPageSize}, maximum ${limits.pageSize}.`,
        }),
        after: t.arg.string({ description: 'Only entries after this cursor.' }),
      },
      description: 'Sets of entities that match a typed pattern of entities and relations. Size and cost are limited.',
      resolve: (_, args, context, info) => match(args, context, info),
    }),
  );
});
