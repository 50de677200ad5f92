import { constantCase } from '../../ontology/letter-case.ts';
import type { FilterInput } from '../arguments/filter-input.ts';
import { valueFilterRef } from '../arguments/filters.ts';
import { logicFields } from '../arguments/operator-filters.ts';
import type { OrderInput } from '../arguments/order-input.ts';
import { lazyType, type SchemaBase } from '../builder.ts';
import { SortDirection } from '../enumerations.ts';
import { EntityKey } from './group-key-types.ts';
import { dateNames, type Measured, measuredBy, measureNames } from './group-metrics.ts';

// Groups of all kinds share these types: with types of their own, they were a sixth of the schema. A number or a date
// that the grouped kind does not have is refused before anything is read.

const described = {
  number: 'A property that is a number. It has to be one of the kind that is grouped.',
  date: 'A property that is a date. It has to be one of the kind that is grouped.',
} as const;

/** The properties of any kind that are numbers, or dates; `null` if there are none. */
function propertyEnum({ builder, ontology }: SchemaBase, of: Measured) {
  const names = new Set(ontology.kindNames.flatMap((kind) => [...measuredBy(ontology, kind, of).keys()]));
  if (names.size === 0) return null;
  return builder.enumType(of === 'number' ? 'NumberProperty' : 'DateProperty', {
    description: described[of],
    values: Object.fromEntries([...names].map((name) => [constantCase(name), { value: name }])),
  });
}

export const NumberProperty = lazyType((base) => propertyEnum(base, 'number'));
export const DateProperty = lazyType((base) => propertyEnum(base, 'date'));

type PropertyEnum = NonNullable<ReturnType<typeof propertyEnum>>;

const inputRef = ({ builder }: SchemaBase, name: string) => builder.inputRef<FilterInput & OrderInput>(name);
type Input = ReturnType<typeof inputRef>;

/** What a metric is taken of: a property, or for numbers of distinct values, a key. */
type Of = { readonly property: PropertyEnum } | 'key';

const ofField = (base: SchemaBase, t: Parameters<typeof logicFields>[0], of: Of) =>
  of === 'key'
    ? { key: t.field({ type: EntityKey(base), required: true, description: 'Key whose values are counted.' }) }
    : { of: t.field({ type: of.property, required: true, description: 'Property.' }) };

function conditionRef(base: SchemaBase, name: string, type: 'int' | 'float' | 'date', of: Of): Input {
  const ref = inputRef(base, name);
  ref.implement({
    description: 'A condition on a value of a group.',
    fields: (t) => ({
      ...ofField(base, t, of),
      is: t.field({ type: valueFilterRef(base, type), required: true, description: 'Condition on the value.' }),
    }),
  });
  return ref;
}

function sortRef(base: SchemaBase, name: string, of: Of): Input {
  const ref = inputRef(base, name);
  ref.implement({
    description: 'A value of a group to sort by.',
    fields: (t) => ({
      ...ofField(base, t, of),
      direction: t.field({ type: SortDirection(base), required: true, description: 'Sort direction.' }),
    }),
  });
  return ref;
}

/** Metrics that take the same arguments, with the input types that name them. */
interface MetricInputs {
  readonly names: readonly string[];
  readonly condition: Input;
  readonly sort: Input;
}

const metricInputs = lazyType((base): readonly MetricInputs[] => {
  const [number, date] = [NumberProperty(base), DateProperty(base)];
  const inputs = (names: MetricInputs['names'], name: string, type: 'int' | 'float' | 'date', of: Of) => ({
    names,
    condition: conditionRef(base, `${name}Condition`, type, of),
    sort: sortRef(base, `${name}Sort`, of),
  });
  return [
    ...(number ? [inputs(measureNames, 'Number', 'float', { property: number })] : []),
    ...(date ? [inputs(Object.keys(dateNames), 'Date', 'date', { property: date })] : []),
    inputs(['distinct'], 'Distinct', 'int', 'key'),
  ];
});

/** Conditions on groups. */
export const EntityGroupFilter = lazyType((base): Input => {
  const ref = inputRef(base, 'EntityGroupFilter');
  ref.implement({
    description:
      'Conditions on a group, all of which must hold, on what its fields of the same names answer. `{}` matches all. Null operands are rejected.',
    fields: (t) => ({
      count: t.field({ type: valueFilterRef(base, 'int') }),
      ...Object.fromEntries(
        metricInputs(base).flatMap(({ names, condition }) =>
          names.map((metric) => [metric, t.field({ type: condition })]),
        ),
      ),
      ...logicFields(t, ref),
    }),
  });
  return ref;
});

const GroupKeySort = lazyType((base): Input => {
  const ref = inputRef(base, 'GroupKeySort');
  ref.implement({
    description: 'A key to sort by: exactly one of `by` and `position`.',
    fields: (t) => ({
      by: t.string({ description: 'Name of the key, as `keys { by }` of the groups answers it.' }),
      position: t.int({ description: 'Position of the key, from 1; those of `keys` follow those of `by`.' }),
      direction: t.field({ type: SortDirection(base), required: true, description: 'Sort direction.' }),
    }),
  });
  return ref;
});

/** A sort key of groups. */
export const EntityGroupOrder = lazyType((base): Input => {
  const ref = inputRef(base, 'EntityGroupOrder');
  ref.implement({
    isOneOf: true,
    description:
      'A sort key for groups: what a field of the same name answers. Groups without the value come last in both directions.',
    fields: (t) => ({
      count: t.field({ type: SortDirection(base) }),
      key: t.field({ type: GroupKeySort(base), description: 'By the value of a key; for a relation, by slug.' }),
      ...Object.fromEntries(
        metricInputs(base).flatMap(({ names, sort }) => names.map((metric) => [metric, t.field({ type: sort })])),
      ),
    }),
  });
  return ref;
});
