import { constantCase } from '../../ontology/letter-case.ts';
import type { Kind, Property } from '../../ontology/vocabulary.ts';
import type { FilterInput } from '../arguments/filter-input.ts';
import { valueFilterRef } from '../arguments/filters.ts';
import type { OrderInput } from '../arguments/order-input.ts';
import { type Builder, partFor, type SchemaBase } from '../builder.ts';
import { SortDirection } from '../enumerations.ts';
import { groupName } from '../names.ts';
import { dateNames, type Grouping, measureNames } from './group-input.ts';
import { groupKeys } from './group-keys.ts';

const inputRef = (builder: Builder, name: string) => builder.inputRef<FilterInput & OrderInput>(name);
type InputRef = ReturnType<typeof inputRef>;

type Options = ReadonlyMap<string, Pick<Property, 'description'>>;

const metricWords = {
  count: 'the number of entities in the group',
  min: 'the lowest value of a property',
  max: 'the highest value of a property',
  avg: 'the mean of a property',
  sum: 'the sum of a property',
  earliest: 'the earliest date of a property',
  latest: 'the latest date of a property',
  distinct: 'the number of distinct values of a key',
} as const;

type MetricName = keyof typeof metricWords;

function optionsEnum(builder: Builder, name: string, description: string, options: Options) {
  return builder.enumType(name, {
    description,
    values: Object.fromEntries(
      [...options].map(([value, option]) => [constantCase(value), { value, description: option.description }]),
    ),
  });
}

type EnumRef = ReturnType<typeof optionsEnum>;

/** The keys of a kind; `null` if it has none. */
export const groupKeyRef = partFor(({ builder, ontology }, kind: Kind): EnumRef | null => {
  const keys = new Map(groupKeys(ontology, kind));
  if (keys.size === 0) return null;
  const name = `${groupName(ontology, kind)}Key`;
  return optionsEnum(builder, name, `Keys to group ${ontology.kind(kind).many} by.`, keys);
});

function optionsFilter(
  base: SchemaBase,
  name: string,
  description: string,
  options: Options,
  type: 'int' | 'float' | 'date',
): InputRef {
  const ref = inputRef(base.builder, name);
  ref.implement({
    description: `${description}, all of which must hold.`,
    fields: (t) =>
      Object.fromEntries(
        [...options].map(([option, { description }]) => [
          option,
          t.field({ type: valueFilterRef(base, type), description }),
        ]),
      ),
  });
  return ref;
}

function sortRef(base: SchemaBase, name: string, description: string, of: 'by' | 'of', options: EnumRef): InputRef {
  const ref = inputRef(base.builder, name);
  ref.implement({
    description,
    fields: (t) => ({
      [of]: t.field({
        type: options,
        required: of === 'of',
        description: of === 'by' ? 'Key, as in `by`. Excludes `position`.' : 'Property.',
      }),
      ...(of === 'by' && {
        position: t.int({ description: 'Position of the key, from 1; those of `keys` follow those of `by`.' }),
      }),
      direction: t.field({ type: SortDirection(base), required: true, description: 'Sort direction.' }),
    }),
  });
  return ref;
}

/** One set of metrics that take the same options, with the input types that name them. */
interface MetricInputs {
  readonly names: readonly Exclude<MetricName, 'count'>[];
  readonly filter: InputRef;
  readonly sort: InputRef;
}

/** The input types of a field that groups. */
export interface GroupInputs {
  readonly key: EnumRef;
  /** `null` if the kind has no numbers, or no dates. */
  readonly measure: EnumRef | null;
  readonly date: EnumRef | null;
  readonly having: InputRef;
  readonly order: InputRef;
}

/** Makes the input types for groups of a kind. */
export function groupInputsOf(base: SchemaBase, { kind, keys, measures, dates }: Grouping, key: EnumRef): GroupInputs {
  const { builder, ontology } = base;
  const { many } = ontology.kind(kind);
  const name = groupName(ontology, kind);
  const measure =
    measures.size > 0 ? optionsEnum(builder, `${kind}Measure`, `Numeric properties of ${many}.`, measures) : null;
  const date = dates.size > 0 ? optionsEnum(builder, `${kind}Date`, `Date properties of ${many}.`, dates) : null;

  const metrics: readonly MetricInputs[] = [
    ...(measure
      ? [
          {
            names: measureNames,
            filter: optionsFilter(
              base,
              `${kind}MeasureFilter`,
              `Conditions on numeric properties of ${many}`,
              measures,
              'float',
            ),
            sort: sortRef(base, `${kind}MeasureSort`, 'A numeric property of the group to sort by.', 'of', measure),
          },
        ]
      : []),
    ...(date
      ? [
          {
            names: Object.keys(dateNames) as (keyof typeof dateNames)[],
            filter: optionsFilter(base, `${kind}DateFilter`, `Conditions on date properties of ${many}`, dates, 'date'),
            sort: sortRef(base, `${kind}DateSort`, 'A date property of the group to sort by.', 'of', date),
          },
        ]
      : []),
    {
      names: ['distinct'],
      filter: optionsFilter(base, `${name}DistinctFilter`, 'Conditions on numbers of distinct values', keys, 'int'),
      sort: sortRef(base, `${name}DistinctSort`, 'A number of distinct values to sort by.', 'of', key),
    },
  ];
  const keySort = sortRef(base, `${name}KeySort`, 'A key to sort by.', 'by', key);

  const having = inputRef(builder, `${name}Filter`);
  having.implement({
    description: `Conditions on a group of ${many}, all of which must hold. \`{}\` matches all. Null operands are rejected.`,
    fields: (t) => ({
      count: t.field({ type: valueFilterRef(base, 'int'), description: `Conditions on ${metricWords.count}.` }),
      ...Object.fromEntries(
        metrics.flatMap(({ names, filter }) =>
          names.map((metric) => [
            metric,
            t.field({ type: filter, description: `Conditions on ${metricWords[metric]}.` }),
          ]),
        ),
      ),
      and: t.field({ type: [having], description: 'All of these hold; true for an empty list.' }),
      or: t.field({ type: [having], description: 'Any of these holds; false for an empty list.' }),
      not: t.field({ type: having, description: 'This does not hold.' }),
    }),
  });

  const order = inputRef(builder, `${name}Order`);
  order.implement({
    isOneOf: true,
    description: `A sort key for groups of ${many}. Groups without the value come last in both directions.`,
    fields: (t) => ({
      count: t.field({ type: SortDirection(base), description: `By ${metricWords.count}.` }),
      key: t.field({ type: keySort, description: 'By the value of a key; for a relation, by slug.' }),
      ...Object.fromEntries(
        metrics.flatMap(({ names, sort }) =>
          names.map((metric) => [metric, t.field({ type: sort, description: `By ${metricWords[metric]}.` })]),
        ),
      ),
    }),
  });
  return { key, measure, date, having, order };
}
