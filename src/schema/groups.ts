import type { GraphQLResolveInfo } from 'graphql';
import { type Group, keyColumn, readGroups } from '../graph/group.ts';
import type { Entity } from '../graph/rows.ts';
import { type Kind, kindNames, kinds } from '../ontology/kinds.ts';
import { builder } from './builder.ts';
import { PageInfo, type PageStanding } from './connections.ts';
import type { Context } from './context.ts';
import { limitExceeded } from './errors.ts';
import { filterRef } from './filters.ts';
import {
  type GroupArguments,
  type Grouping,
  groupingOf,
  measureNames,
  metricColumn,
  planGroups,
} from './group-input.ts';
import { type GroupInputs, groupInputsOf } from './group-inputs.ts';
import { type GroupAsk, groupSelectionOf } from './group-selection.ts';
import { limits } from './limits.ts';
import { constantCase, groupName } from './names.ts';
import { readEntities } from './reading.ts';
import { EntityInterface } from './references.ts';

/** The value of one key of a group. */
interface KeyValue {
  readonly by: string;
  readonly value: string | null;
  readonly entity: Entity | null;
}

interface GroupNode {
  readonly group: Group;
  readonly keys: readonly KeyValue[];
}

interface GroupAnswer {
  readonly nodes: readonly GroupNode[];
  readonly totalCount: number;
  readonly pageInfo: PageStanding;
}

const GroupKeyValue = builder.objectRef<KeyValue>('GroupKeyValue').implement({
  description: 'What the entities of a group have in common.',
  fields: (t) => ({
    by: t.exposeString('by', { nullable: false, description: 'The key, as in `by`.' }),
    value: t.exposeString('value', {
      nullable: true,
      description:
        'The value as text; of a date, its year or month; of a related entity, its slug. Null in the group of the entities without it.',
    }),
    entity: t.expose('entity', {
      type: EntityInterface,
      nullable: true,
      description: 'The related entity, where the key is a relation.',
    }),
  }),
});

const measureWords = {
  min: 'The lowest value',
  max: 'The highest value',
  avg: 'The arithmetic mean of the values',
} as const;

function groupRef({ kind, dates, measures }: Grouping, { key, measure, date }: GroupInputs) {
  const { plural } = kinds[kind];
  const ref = builder.objectRef<GroupNode>(groupName(kind));
  builder.objectType(ref, {
    description: `The ${plural} that have the same value of each key.`,
    fields: (t) => ({
      keys: t.expose('keys', {
        type: [GroupKeyValue],
        nullable: { list: false, items: false },
        description: 'The value of each key, in the order of `by`.',
      }),
      count: t.int({
        nullable: false,
        description: `How many ${plural} are in the group.`,
        resolve: ({ group }) => group.value('count') as number,
      }),
      distinct: t.int({
        nullable: false,
        args: { of: t.arg({ type: key, required: true, description: 'Of which key.' }) },
        description: `How many different values the ${plural} of the group have.`,
        resolve: ({ group }, { of }) => group.value(metricColumn('distinct', of)) as number,
      }),
    }),
  });
  if (measure && measures.size > 0) {
    for (const name of measureNames) {
      builder.objectField(ref, name, (t) =>
        t.float({
          nullable: name !== 'sum',
          args: { of: t.arg({ type: measure, required: true, description: 'Of which property.' }) },
          description:
            name === 'sum'
              ? 'The values added up; 0 where there is none.'
              : `${measureWords[name]}; null where there is none.`,
          resolve: ({ group }, { of }) => group.value(metricColumn(name, of)) as number,
        }),
      );
    }
  }
  if (date && dates.size > 0) {
    for (const name of ['earliest', 'latest'] as const) {
      builder.objectField(ref, name, (t) =>
        t.field({
          type: 'PartialDate',
          nullable: true,
          args: { of: t.arg({ type: date, required: true, description: 'Of which property.' }) },
          description: `The ${name} date; null where there is none. A year alone counts as its first day.`,
          resolve: ({ group }, { of }) => group.value(metricColumn(name, of)) as string | null,
        }),
      );
    }
  }
  return ref;
}

function connectionRef(kind: Kind, node: ReturnType<typeof groupRef>) {
  const name = groupName(kind);
  const edge = builder.objectRef<GroupNode>(`${name}Edge`).implement({
    description: `An entry of a page of groups of ${kinds[kind].plural}.`,
    fields: (t) => ({
      cursor: t.string({
        nullable: false,
        description: 'Cursor of this entry, for `after`.',
        resolve: ({ group }) => group.cursor,
      }),
      node: t.field({ type: node, nullable: false, description: 'The group.', resolve: (group) => group }),
    }),
  });
  return builder.objectRef<GroupAnswer>(`${name}Connection`).implement({
    description: `A page of groups of ${kinds[kind].plural}.`,
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        nullable: { list: false, items: false },
        description: 'The entries of the page, each with its cursor.',
        resolve: ({ nodes }) => nodes,
      }),
      nodes: t.expose('nodes', {
        type: [node],
        nullable: { list: false, items: false },
        description: 'The groups of the page, without the edges.',
      }),
      pageInfo: t.expose('pageInfo', {
        type: PageInfo,
        nullable: false,
        description: 'Where the page stands in its list.',
      }),
      totalCount: t.exposeInt('totalCount', {
        nullable: false,
        description: 'How many groups there are. Counted only where selected.',
      }),
    }),
  });
}

/** The entities that are values of keys, for all groups at once: those of several kinds end in one statement. */
async function readKeyEntities(
  context: Context,
  info: GraphQLResolveInfo,
  { keys }: Grouping,
  by: readonly string[],
  groups: readonly Group[],
  { entity }: GroupAsk,
): Promise<ReadonlyMap<string, Entity | null>> {
  const slugs = new Map<Kind, Set<string>>();
  for (const [index, name] of by.entries()) {
    const target = keys.get(name)?.target;
    if (!target || entity.length === 0) continue;
    const found = slugs.get(target) ?? new Set();
    for (const group of groups) {
      const slug = group.value(keyColumn(index));
      if (slug !== null) found.add(String(slug));
    }
    slugs.set(target, found);
  }
  const read = [...slugs].map(async ([target, found]) => {
    const wanted = [...found];
    const entities = wanted.length > 0 ? await readEntities(context, info, target, wanted, entity) : [];
    return wanted.map((slug, index) => [slug, entities[index] ?? null] as const);
  });
  return new Map((await Promise.all(read)).flat());
}

async function answer(
  context: Context,
  info: GraphQLResolveInfo,
  grouping: Grouping,
  args: GroupArguments,
): Promise<GroupAnswer> {
  const ask = groupSelectionOf(info, grouping.kind);
  const page = await readGroups(context.graph, planGroups(grouping, args, ask));
  if ('tooMany' in page) {
    throw limitExceeded(
      `The keys combine to ${page.tooMany} entries; up to ${limits.groupCombinations} are taken. Group by fewer relations, or filter.`,
    );
  }
  const { by } = args;
  const entities = await readKeyEntities(context, info, grouping, by, page.groups, ask);
  const nodes = page.groups.map((group): GroupNode => {
    const keys = by.map((name, index): KeyValue => {
      const value = group.value(keyColumn(index));
      const text = value === null ? null : String(value);
      const isEntity = grouping.keys.get(name)?.target && text !== null;
      return { by: constantCase(name), value: text, entity: isEntity ? (entities.get(text) ?? null) : null };
    });
    return { group, keys };
  });
  const pageInfo = {
    hasNextPage: page.hasNextPage,
    hasPreviousPage: page.hasPreviousPage,
    startCursor: page.groups[0]?.cursor ?? null,
    endCursor: page.groups.at(-1)?.cursor ?? null,
  };
  return { nodes, totalCount: page.totalCount, pageInfo };
}

for (const kind of kindNames) {
  const grouping = groupingOf(kind);
  const inputs = groupInputsOf(grouping);
  const { plural } = kinds[kind];
  builder.queryField(`${plural}GroupBy`, (t) =>
    t.field({
      type: connectionRef(kind, groupRef(grouping, inputs)),
      nullable: true,
      args: {
        by: t.arg({
          type: [inputs.key],
          required: true,
          description: `Keys to group by, 1 to ${limits.groupKeys}, each once. There is a group for each combination of values that occurs.`,
        }),
        filter: t.arg({ type: filterRef(kind), description: `Only ${plural} that fit are grouped. Without it: all.` }),
        having: t.arg({ type: inputs.having, description: 'Only groups that fit. Without it: all.' }),
        orderBy: t.arg({
          type: [inputs.order],
          description:
            'Keys of the order, the most important first; then by the values of the keys. Without it: the largest groups first.',
        }),
        first: t.arg.int({
          description: `Size of the page: ${limits.defaultPageSize} unless told, at most ${limits.pageSize}.`,
        }),
        after: t.arg.string({ description: 'Only what comes after this cursor.' }),
      },
      description: `All ${plural} in groups, with what is worked out over each group.`,
      resolve: (_, args, context, info) => answer(context, info, grouping, args),
    }),
  );
}
