import { type Kind, kindNames, kinds } from '../ontology/kinds.ts';
import { builder } from './builder.ts';
import { PageInfo } from './connections.ts';
import { filterRef } from './filters.ts';
import { dateNames, groupingOf, measureNames, metricColumn } from './group-input.ts';
import { type GroupInputs, groupInputsOf } from './group-input-types.ts';
import { type GroupAnswer, type GroupNode, type KeyValue, readGroupAnswer } from './group-reading.ts';
import { limits } from './limits.ts';
import { groupName } from './names.ts';
import { EntityInterface } from './references.ts';

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

function groupRef(kind: Kind, { key, measure, date }: GroupInputs) {
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
  if (measure) {
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
  if (date) {
    for (const name of Object.keys(dateNames)) {
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

for (const kind of kindNames) {
  const grouping = groupingOf(kind);
  const inputs = groupInputsOf(grouping);
  const { plural } = kinds[kind];
  builder.queryField(`${plural}GroupBy`, (t) =>
    t.field({
      type: connectionRef(kind, groupRef(kind, inputs)),
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
      resolve: (_, args, context, info) => readGroupAnswer(context, info, grouping, args),
    }),
  );
}
