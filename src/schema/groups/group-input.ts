import { isDeepStrictEqual } from 'node:util';
import { isToMany } from '../../graph/groups/group-keys.ts';
import { type Metric, RUNNING } from '../../graph/groups/group-metrics.ts';
import { columnsIn, type GroupPlan, type GroupWants, keyColumn } from '../../graph/groups/groups.ts';
import type { OrderKey } from '../../graph/reads/plan.ts';
import { constantCase } from '../../ontology/letter-case.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { date, float, int, type Kind, type Properties, type Property } from '../../ontology/vocabulary.ts';
import { type FilterInput, parseConditions, parseFilter } from '../arguments/filter-input.ts';
import { type Direction, type OrderInput, signatureOf } from '../arguments/order-input.ts';
import { pageOf } from '../arguments/paging.ts';
import { badUserInput } from '../errors.ts';
import { limits } from '../limits.ts';
import { type GroupKey, type GroupKeyOption, groupKeys, type KeyInput, parseKeys } from './group-keys.ts';

/** The single-value properties of some types, with their descriptions. */
const described = (properties: Properties, ...types: readonly Property['type'][]): ReadonlyMap<string, Property> =>
  new Map(Object.entries(properties).filter(([, { type, list }]) => !list && types.includes(type)));

/** A metric, how a condition on it reads, and whether a group may lack it. */
interface MetricOption {
  readonly metric: Metric;
  readonly property: Property;
  readonly nullable: boolean;
}

/** Aggregate functions of numbers and of dates. */
export const measureNames = ['min', 'max', 'avg', 'sum'] as const;
export const dateNames = { earliest: 'min', latest: 'max' } as const;

/** The column of a metric: `count`, `avg_batch`, `distinct_partnerCountries`. */
export const metricColumn = (metric: string, of: string): string => `${metric}_${of}`;

/** All keys and metrics of groups of a kind, derived from the ontology. Names are those of properties and relations. */
export interface Grouping {
  readonly kind: Kind;
  readonly keys: ReadonlyMap<string, GroupKeyOption>;
  readonly measures: ReadonlyMap<string, Property>;
  readonly dates: ReadonlyMap<string, Property>;
  /** By column. */
  readonly metrics: ReadonlyMap<string, MetricOption>;
}

export function groupingOf(ontology: Ontology, kind: Kind): Grouping {
  const keys = new Map(groupKeys(ontology, kind));
  const properties = ontology.propertiesOf(kind);
  const measures = described(properties, 'int', 'float');
  const dates = described(properties, 'date');
  const metrics = new Map<string, MetricOption>([
    ['count', { metric: { measure: 'count' }, property: int('Entities.'), nullable: false }],
  ]);
  for (const [property, { type }] of measures) {
    for (const measure of measureNames) {
      const metric: Metric =
        measure === 'min' || measure === 'max' ? { measure, property } : { measure, property, float: type === 'float' };
      metrics.set(metricColumn(measure, property), {
        metric,
        property: float('A measure.'),
        nullable: measure !== 'sum',
      });
    }
  }
  for (const property of dates.keys()) {
    for (const [name, measure] of Object.entries(dateNames)) {
      metrics.set(metricColumn(name, property), {
        metric: { measure, property },
        property: date('A date.'),
        nullable: true,
      });
    }
  }
  for (const [name, { source }] of keys) {
    metrics.set(metricColumn('distinct', name), {
      metric: { measure: 'distinct', of: source },
      property: int('Values.'),
      nullable: false,
    });
  }
  return { kind, keys, measures, dates, metrics };
}

/** The arguments of a field that groups. */
export interface GroupArguments {
  readonly by?: readonly string[] | null | undefined;
  readonly keys?: readonly KeyInput[] | null | undefined;
  readonly emptyYears?: boolean | null | undefined;
  readonly filter?: FilterInput | null | undefined;
  readonly having?: FilterInput | null | undefined;
  readonly orderBy?: readonly OrderInput[] | null | undefined;
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** Pairs of equal keys. @throws GraphQLError BAD_USER_INPUT if an entity has only one value of such a key */
function repeatedIn(keys: readonly GroupKey[]): GroupPlan['repeated'] {
  return keys.flatMap((key, second) => {
    const first = keys.slice(0, second).findLastIndex(({ source }) => isDeepStrictEqual(source, key.source));
    if (first === -1) return [];
    if (isToMany(key.source)) return [[first, second] as const];
    throw badUserInput(`The key ${key.name} is listed twice, but an entity has only one value of it. List it once.`);
  });
}

/** @throws GraphQLError BAD_USER_INPUT unless groups form one series */
function checkSeries(keys: readonly GroupKey[], emptyYears: boolean, runs: boolean): void {
  const [only, ...others] = keys;
  const isOrdered = only && others.length === 0 && (only.type === 'number' || only.isDate);
  if (runs && !isOrdered) {
    throw badUserInput('`runningCount` needs a single key that is a year, a month or a number. Group by that alone.');
  }
  if (emptyYears && !(isOrdered && only.isYear)) {
    throw badUserInput('`emptyYears` needs a single key that is a year. Group by that alone, or leave it out.');
  }
}

/** Conditions on metrics, under the names of their columns. */
function flat(having: FilterInput): FilterInput {
  return Object.fromEntries(
    Object.entries(having).flatMap(([name, operand]): [string, unknown][] => {
      if (name === 'count' || operand === null) return [[name, operand]];
      if (name === 'not') return [[name, flat(operand as FilterInput)]];
      if (name === 'and' || name === 'or') return [[name, (operand as readonly FilterInput[]).map(flat)]];
      return Object.entries(operand as FilterInput).map(([of, conditions]) => [metricColumn(name, of), conditions]);
    }),
  );
}

const largestFirst: readonly OrderInput[] = [{ count: 'DESC' }];
const firstKeyFirst: readonly OrderInput[] = [{ key: { position: 1, direction: 'ASC' } }];

interface Sort {
  readonly by?: string;
  /** Position of the key, from 1. */
  readonly position?: number;
  readonly of?: string;
  readonly direction: Direction;
}

/** The sort keys, followed by the keys of the groups so that the order is total. */
function parseGroupOrder(
  { metrics }: Grouping,
  keys: readonly GroupKey[],
  orderBy: readonly OrderInput[],
): readonly OrderKey[] {
  if (orderBy.length > limits.orderKeys) {
    throw badUserInput(`\`orderBy\` takes at most ${limits.orderKeys} keys; got ${orderBy.length}.`);
  }
  const key = (index: number, descending: boolean): OrderKey => ({
    by: { property: keyColumn(index) },
    type: keys[index]?.type ?? 'string',
    nullable: true,
    descending,
  });
  const given = orderBy.map((input): OrderKey => {
    const [[name, operand] = ['', null]] = Object.entries(input);
    const sort: Sort = name === 'count' ? { direction: operand as Direction } : (operand as Sort);
    const descending = sort.direction === 'DESC';
    if (name === 'key') return key(positionOf(sort, keys), descending);
    const column = sort.of === undefined ? name : metricColumn(name, sort.of);
    const metric = metrics.get(column);
    if (!metric) throw badUserInput(`\`orderBy\` has no key \`${name}\`.`);
    const type = metric.property.type === 'date' ? 'string' : 'number';
    return { by: { property: column }, type, nullable: metric.nullable, descending };
  });
  const columns = given.map(columnOf);
  if (new Set(columns).size !== columns.length)
    throw badUserInput('`orderBy` contains a duplicate key. List each key once.');
  const rest = keys.map((_, index) => key(index, false));
  return [...given, ...rest.filter((last) => !columns.includes(columnOf(last)))];
}

/** @throws GraphQLError BAD_USER_INPUT on a key that is not one of the groups */
function positionOf({ by, position }: Sort, keys: readonly GroupKey[]): number {
  if ((by ?? null) === null && typeof position === 'number') {
    if (position >= 1 && position <= keys.length) return position - 1;
    throw badUserInput(`\`position\` in \`orderBy\` must be from 1 to ${keys.length}; got ${position}.`);
  }
  if (typeof position === 'number' || (by ?? null) === null) {
    throw badUserInput('A key in `orderBy` takes exactly one of `by` and `position`.');
  }
  const index = keys.findIndex(({ key }) => key === by);
  if (index !== -1) return index;
  throw badUserInput(`\`orderBy\` uses ${constantCase(String(by))}, which is not in \`by\`. Add it to \`by\`.`);
}

const columnOf = ({ by }: OrderKey) => ('property' in by ? by.property : '');

/** The selection of groups. */
export interface GroupSelection {
  readonly wants: GroupWants;
  /** Columns of the metrics. */
  readonly metrics: readonly string[];
  /** Those that the client defines, by column. */
  readonly defined: ReadonlyMap<string, Metric>;
}

/**
 * The plan of a page of groups.
 * @throws GraphQLError BAD_USER_INPUT, INVALID_CURSOR, LIMIT_EXCEEDED
 */
export function planGroups(
  ontology: Ontology,
  grouping: Grouping,
  args: GroupArguments,
  selection: GroupSelection,
): GroupPlan {
  const { kind, metrics } = grouping;
  const { by, first, after } = args;
  const keys = parseKeys(ontology, grouping, by ?? [], args.keys ?? []);
  const emptyYears = args.emptyYears === true;
  checkSeries(keys, emptyYears, selection.defined.has(RUNNING));
  const isSeries = emptyYears || selection.defined.has(RUNNING);
  const orderBy = args.orderBy?.length ? args.orderBy : isSeries ? firstKeyFirst : largestFirst;
  const order = parseGroupOrder(grouping, keys, orderBy);
  const conditions: Properties = Object.fromEntries([...metrics].map(([column, { property }]) => [column, property]));
  const having = parseConditions(ontology, conditions, args.having ? flat(args.having) : {});
  const named = [by ?? [], ...(args.keys?.length ? [args.keys] : []), ...(emptyYears ? [emptyYears] : [])];
  const list = [ontology.kind(kind).plural, ...named, args.having ?? {}];
  const signature = signatureOf(JSON.stringify(list), orderBy);
  const wanted = new Set([...selection.metrics, ...columnsIn(having), ...order.map(columnOf)]);
  return {
    kind,
    filter: parseFilter(ontology, kind, args.filter),
    keys: keys.map(({ source }) => source),
    repeated: repeatedIn(keys),
    emptyYears: !emptyYears ? null : keys[0]?.type === 'number' ? 'number' : 'text',
    metrics: {
      ...Object.fromEntries(
        [...metrics].flatMap(([column, { metric }]) =>
          wanted.has(column) || (isSeries && column === 'count') ? [[column, metric] as const] : [],
        ),
      ),
      ...Object.fromEntries(selection.defined),
    },
    having,
    order,
    page: pageOf({ first, after }, signature, order),
    wants: selection.wants,
    signature,
    maxCombinations: limits.groupCombinations,
  };
}
