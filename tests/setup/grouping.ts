import { type GraphQLEnumType, isEnumType } from 'graphql';
import { type Kind, kinds } from '../../src/cooperation/kinds.ts';
import { cooperation } from '../../src/cooperation/ontology.ts';
import { groupKeys } from '../../src/graphql/groups/group-keys.ts';
import { type Measured, measuredBy } from '../../src/graphql/groups/group-metrics.ts';
import { fits, relatedIn } from './model.ts';
import { byCodePoint, type SeedRecord, seeds } from './seeds.ts';
import { schema } from './served.ts';

const { propertiesOf, relationFieldsOf } = cooperation;

export type Input = Readonly<Record<string, unknown>>;
export type Value = string | number | boolean | null;

export const camelCase = (name: string) =>
  name.toLowerCase().replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());

export const constantCase = (name: string) => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toUpperCase();

/** The keys of a kind, and its properties that are numbers or dates, by their names in GraphQL. */
export const keysOf = (kind: Kind): readonly string[] => [...groupKeys(cooperation, kind).keys()];
export const measuredOf = (kind: Kind, of: Measured): readonly string[] =>
  [...measuredBy(cooperation, kind, of).keys()].map(constantCase);

/** What a metric is of, as arguments name it: a property, or a key under the name of its kind. */
export const ofMetric = (kind: Kind, { name, of }: Metric): Input =>
  name === 'distinct' ? { key: { [kinds[kind].singular]: { by: of } } } : { of };

interface Of {
  readonly of?: string;
  readonly key?: Readonly<Record<string, { readonly by: string }>>;
}

const nameIn = ({ of, key }: Of): string | null => of ?? Object.values(key ?? {})[0]?.by ?? null;

/** The values of an enumeration of the schema; none where there is no such type. */
export const valuesOf = (name: string): readonly string[] => {
  const type = schema.getType(name);
  return isEnumType(type) ? (type as GraphQLEnumType).getValues().map((value) => value.name) : [];
};

/** The values of a key at a record of the seeds, as they are compared; at least one, `null` for none. */
export function keyValues(kind: Kind, record: SeedRecord, key: string): readonly Value[] {
  const name = camelCase(key);
  const field = relationFieldsOf(kind).get(name);
  if (field) {
    const slugs = new Set(relatedIn(record, field).map(({ far }) => far.id));
    return slugs.size > 0 ? [...slugs] : [null];
  }
  if (propertiesOf(kind)[name]) return [(record[name] as Value) ?? null];
  const date = record[name.replace(/(Year|Month)$/, '')] as string | undefined;
  if (name.endsWith('Year')) return [date?.slice(0, 4) ?? null];
  return [date && date.length >= 7 ? date.slice(0, 7) : null];
}

export interface Metric {
  readonly name: string;
  readonly of: string | null;
}

/** What a metric is over some records, by its plain meaning. */
export function measured(kind: Kind, records: readonly SeedRecord[], { name, of }: Metric): Value {
  if (name === 'count' || of === null) return records.length;
  if (name === 'distinct') {
    const values = records.flatMap((record) => keyValues(kind, record, of)).filter((value) => value !== null);
    return new Set(values).size;
  }
  const values = [...records]
    .sort((left, right) => byCodePoint(left.id, right.id))
    .flatMap((record) => (record[camelCase(of)] ?? []) as number);
  const sum = values.reduce((total, value) => total + value, 0);
  if (name === 'sum') return sum;
  if (values.length === 0) return null;
  if (name === 'avg') return sum / values.length;
  if (name === 'min') return Math.min(...values);
  if (name === 'max') return Math.max(...values);
  const dates = values.map(String).sort();
  return (name === 'earliest' ? dates[0] : dates.at(-1)) ?? null;
}

function compare(left: Value, right: Value): number {
  if (typeof left === 'string') return byCodePoint(left, String(right));
  return Number(left) - Number(right);
}

function fitsConditions(value: Value, conditions: Input): boolean {
  const meanings: Readonly<Record<string, (operand: Value) => boolean>> = {
    eq: (operand) => value !== null && compare(value, operand) === 0,
    ne: (operand) => value === null || compare(value, operand) !== 0,
    lt: (operand) => value !== null && compare(value, operand) < 0,
    gte: (operand) => value !== null && compare(value, operand) >= 0,
    exists: (operand) => (value !== null) === operand,
  };
  return Object.entries(conditions).every(([operator, operand]) => meanings[operator]?.(operand as Value));
}

export interface Group {
  readonly keys: readonly Value[];
  readonly records: readonly SeedRecord[];
}

function fitsHaving(kind: Kind, group: Group, having: Input): boolean {
  return Object.entries(having).every(([name, operand]) => {
    if (name === 'and') return (operand as Input[]).every((part) => fitsHaving(kind, group, part));
    if (name === 'or') return (operand as Input[]).some((part) => fitsHaving(kind, group, part));
    if (name === 'not') return !fitsHaving(kind, group, operand as Input);
    if (name === 'count') return fitsConditions(group.records.length, operand as Input);
    const { is } = operand as { readonly is: Input };
    return fitsConditions(measured(kind, group.records, { name, of: nameIn(operand as Of) }), is);
  });
}

export interface Question {
  readonly by: readonly string[];
  readonly filter: Input;
  readonly having: Input;
  readonly orderBy: readonly Input[];
  readonly metrics: readonly Metric[];
  readonly first: number;
}

/** All groups that a question asks for, in order, by a plain reading of the seeds. */
export function groupsIn(kind: Kind, { by, filter, having, orderBy }: Question): readonly Group[] {
  const groups = new Map<string, { keys: readonly Value[]; records: SeedRecord[] }>();
  for (const record of seeds.entities[kind]) {
    if (!fits(record, filter)) continue;
    const combinations = by.reduce<readonly (readonly Value[])[]>(
      (before, key) =>
        before.flatMap((values) => keyValues(kind, record, key).map((value): readonly Value[] => [...values, value])),
      [[]],
    );
    for (const keys of combinations) {
      const id = JSON.stringify(keys);
      const group = groups.get(id) ?? { keys, records: [] };
      group.records.push(record);
      groups.set(id, group);
    }
  }
  const order = [
    ...(orderBy.length > 0 ? orderBy : [{ count: 'DESC' }]),
    ...by.map((key) => ({ key: { by: key, direction: 'ASC' } })),
  ].map((input) => {
    const [[name, operand] = ['', null]] = Object.entries(input);
    const sort = (name === 'count' ? { direction: operand } : operand) as Of & { by?: string; direction: string };
    const sortValue = (group: Group): Value =>
      name === 'key'
        ? (group.keys[by.indexOf(String(sort.by))] ?? null)
        : measured(kind, group.records, { name, of: nameIn(sort) });
    return { sortValue, sign: sort.direction === 'DESC' ? -1 : 1 };
  });
  return [...groups.values()]
    .filter((group) => fitsHaving(kind, group, having))
    .map((group) => ({ group, values: order.map(({ sortValue }) => sortValue(group)) }))
    .sort((left, right) => {
      for (const [index, { sign }] of order.entries()) {
        const [a = null, b = null] = [left.values[index], right.values[index]];
        if (a === b) continue;
        if (a === null || b === null) return a === null ? 1 : -1;
        const difference = compare(a, b);
        if (difference !== 0) return sign * difference;
      }
      return 0;
    })
    .map(({ group }) => group);
}

/** So many entries would take the model too long. */
export const tooMany = (kind: Kind, by: readonly string[]) =>
  seeds.entities[kind].reduce(
    (sum, record) => sum + by.reduce((product, key) => product * keyValues(kind, record, key).length, 1),
    0,
  ) > 20_000;
