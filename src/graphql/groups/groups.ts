import { RUNNING } from '../../engine/groups/group-metrics.ts';
import { MOST_YEARS } from '../../engine/groups/series.ts';
import { capitalized, constantCase } from '../../ontology/letter-case.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { filterRef } from '../arguments/filters.ts';
import { lazyType, type SchemaBase } from '../builder.ts';
import { PageInfo } from '../entities/connections.ts';
import { finiteNumber } from '../finite-number.ts';
import { limits } from '../limits.ts';
import { MatchFilter } from '../match/match-input.ts';
import { readNamed } from '../planning/read-selection.ts';
import { EntityInterface } from '../references.ts';
import { countColumn, distinctColumn, measureColumn, newestColumn, percentileColumn } from './group-columns.ts';
import { DateProperty, EntityGroupFilter, EntityGroupOrder, NumberProperty } from './group-input-types.ts';
import { addKeyPath, EntityKey, groupKeyRef, keyPathRef } from './group-key-types.ts';
import { dateNames, measureNames } from './group-metrics.ts';
import { type GroupAnswer, type GroupNode, type KeyValue, readGroupAnswer } from './group-reading.ts';

const GroupKeyValue = lazyType((base) =>
  base.builder.objectRef<KeyValue>('GroupKeyValue').implement({
    description: 'A key of a group: the value that its entities share.',
    fields: (t) => ({
      by: t.exposeString('by', { nullable: false, description: 'Key, as in the argument `by`.' }),
      value: t.exposeString('value', {
        nullable: true,
        description:
          'The value as text: the year or month of a date, the slug of a related entity. Null in the group of entities without a value.',
      }),
      entity: t.expose('entity', {
        type: EntityInterface(base),
        nullable: true,
        description: 'The related entity; null unless the key is a relation.',
      }),
    }),
  }),
);

const measureWords = {
  min: 'Lowest value; null if there are none.',
  max: 'Highest value; null if there are none.',
  avg: 'Arithmetic mean of the values; null if there are none.',
  sum: 'Sum of the values; 0 if there are none.',
} as const;

const numberOf = (group: GroupNode['group'], column: string, metric: string, property: string) =>
  finiteNumber(group.value(column) as number | null, `\`${metric}\` of ${constantCase(property)}`);

/** A group of entities of any kind. */
const EntityGroup = lazyType((base) => {
  const { builder } = base;
  const [number, date] = [NumberProperty(base), DateProperty(base)];
  const ref = builder.objectRef<GroupNode>('EntityGroup');
  builder.objectType(ref, {
    description: 'A group: entities of one kind with the same value of each key.',
    fields: (t) => ({
      keys: t.expose('keys', {
        type: [GroupKeyValue(base)],
        nullable: { list: false, items: false },
        description: 'Value of each key, in the order of `by`.',
      }),
      count: t.int({
        nullable: false,
        args: { filter: t.arg({ type: MatchFilter(base), description: 'Counts only those that match.' }) },
        description: 'Number of entities in the group.',
        resolve: ({ group }, { filter }) => group.value(countColumn(filter)) as number,
      }),
      share: t.float({
        nullable: true,
        args: {
          filter: t.arg({ type: MatchFilter(base), required: true, description: 'Which of them are counted.' }),
          of: t.arg({ type: MatchFilter(base), description: 'Out of which. Default: all of the group.' }),
        },
        description:
          'Share of the entities in the group that match `filter`, from 0 to 1 if all of them match `of`; null if there are none.',
        resolve: ({ group }, { filter, of }) => {
          const all = group.value(countColumn(of)) as number;
          return all === 0 ? null : (group.value(countColumn(filter)) as number) / all;
        },
      }),
      runningCount: t.int({
        nullable: true,
        description:
          'Number of entities in this group and all groups before it, by a single key that is a year, a month or a number; null for the group without a value, and if there are over 2,000 groups.',
        resolve: ({ group }) => group.value(RUNNING) as number | null,
      }),
      distinct: t.int({
        nullable: false,
        args: { key: t.arg({ type: EntityKey(base), required: true, description: 'Key whose values are counted.' }) },
        description:
          'Number of distinct values of a key among the entities of the group. A relation counts all that they are related to, whatever the filters; its own `filter` narrows that.',
        resolve: ({ group }, { key }) => group.value(distinctColumn(key)) as number,
      }),
    }),
  });
  if (number) {
    for (const name of measureNames) {
      builder.objectField(ref, name, (t) =>
        t.float({
          nullable: name !== 'sum',
          args: { of: t.arg({ type: number, required: true, description: 'Property.' }) },
          description: measureWords[name],
          resolve: ({ group }, { of }) => numberOf(group, measureColumn(name, of), name, of) as number,
        }),
      );
    }
    builder.objectFields(ref, (t) => ({
      median: t.float({
        nullable: true,
        args: { of: t.arg({ type: number, required: true, description: 'Property.' }) },
        description: 'Median of the values, between the middle two if their number is even; null if there are none.',
        resolve: ({ group }, { of }) => numberOf(group, percentileColumn(of, 0.5), 'median', of),
      }),
      percentile: t.float({
        nullable: true,
        args: {
          of: t.arg({ type: number, required: true, description: 'Property.' }),
          at: t.arg.float({ required: true, description: 'Share of the values at or below it, from 0 to 1.' }),
        },
        description: 'Percentile of the values, interpolated between the two nearest; null if there are none.',
        resolve: ({ group }, { of, at }) => numberOf(group, percentileColumn(of, at), 'percentile', of),
      }),
    }));
  }
  if (date) {
    builder.objectField(ref, 'newest', (t) =>
      t.field({
        type: EntityInterface(base),
        nullable: true,
        args: { by: t.arg({ type: date, required: true, description: 'Property.' }) },
        description:
          'The entity of the group with the latest date; of several, the last by slug. Null if none has a date.',
        resolve: ({ kind, group }, { by }, context, info) => {
          const slug = group.value(newestColumn(by));
          return slug === null ? null : readNamed(context, info, kind, String(slug));
        },
      }),
    );
    for (const name of Object.keys(dateNames)) {
      builder.objectField(ref, name, (t) =>
        t.field({
          type: 'PartialDate',
          nullable: true,
          args: { of: t.arg({ type: date, required: true, description: 'Property.' }) },
          description: `${capitalized(name)} date; null if there are none. A year or month counts as its first day.`,
          resolve: ({ group }, { of }) => group.value(measureColumn(name, of)) as string | null,
        }),
      );
    }
  }
  return ref;
});

const EntityGroupEdge = lazyType((base) =>
  base.builder.objectRef<GroupNode>('EntityGroupEdge').implement({
    description: 'An edge of a page of groups.',
    fields: (t) => ({
      cursor: t.string({
        nullable: false,
        description: 'Cursor of this edge, for `after`.',
        resolve: ({ group }) => group.cursor,
      }),
      node: t.field({ type: EntityGroup(base), nullable: false, description: 'The group.', resolve: (group) => group }),
    }),
  }),
);

const EntityGroupConnection = lazyType((base) =>
  base.builder.objectRef<GroupAnswer>('EntityGroupConnection').implement({
    description: 'A page of groups.',
    fields: (t) => ({
      edges: t.field({
        type: [EntityGroupEdge(base)],
        nullable: { list: false, items: false },
        description: 'Edges of the page, each with its cursor.',
        resolve: ({ nodes }) => nodes,
      }),
      nodes: t.expose('nodes', {
        type: [EntityGroup(base)],
        nullable: { list: false, items: false },
        description: 'Groups on the page.',
      }),
      pageInfo: t.expose('pageInfo', {
        type: PageInfo(base),
        nullable: false,
        description: 'Position of the page in its list.',
      }),
      totalCount: t.exposeInt('totalCount', {
        nullable: false,
        description: 'Total number of groups. Counted only if selected.',
      }),
    }),
  }),
);

function addGroupsOf(base: SchemaBase, kind: Kind, key: NonNullable<ReturnType<typeof groupKeyRef>>): void {
  const { builder, ontology } = base;
  const { plural, many } = ontology.kind(kind);
  builder.queryField(`${plural}GroupBy`, (t) =>
    t.field({
      earlierStates: true,
      type: EntityGroupConnection(base),
      nullable: true,
      args: {
        by: t.arg({
          type: [key],
          description: `Keys to group by, with those of \`keys\` up to ${limits.groupKeys}. Each combination of values that occurs forms a group; without keys, all entities form one, even if there are none. A relation to many listed twice gives pairs: each two different values of an entity, once.`,
        }),
        keys: t.arg({
          type: [keyPathRef(base, kind)],
          description: 'Further keys, which follow relations. An entity counts once for each value that they lead to.',
        }),
        emptyYears: t.arg.boolean({
          description: `Adds groups without entities for the years or numbers between the first and the last, if these are at most ${MOST_YEARS} apart. Needs a single key that is a year or a number. Default: false.`,
        }),
        filter: t.arg({ type: filterRef(base, kind), description: `Groups only ${many} that match. Default: all.` }),
        having: t.arg({ type: EntityGroupFilter(base), description: 'Only groups that match. Default: all.' }),
        orderBy: t.arg({
          type: [EntityGroupOrder(base)],
          description:
            'Sort keys, most significant first; ties are sorted by the values of the keys. Default: largest groups first; with `emptyYears` or `runningCount`, by key.',
        }),
        first: t.arg.int({
          description: `Page size; default ${limits.defaultPageSize}, maximum ${limits.pageSize}.`,
        }),
        after: t.arg.string({ description: 'Only entries after this cursor.' }),
      },
      description: `Groups of ${many} by keys, with counts and other aggregates.`,
      resolve: (_, args, context, info) => readGroupAnswer(context, info, kind, args),
    }),
  );
}

/** Adds the groups of every kind that has a key to group by. */
export const addGroups = lazyType((base) => {
  const { ontology } = base;
  for (const kind of ontology.kindNames) addKeyPath(base, kind);
  for (const kind of ontology.kindNames) {
    const key = groupKeyRef(base, kind);
    if (key) addGroupsOf(base, kind, key);
  }
});
