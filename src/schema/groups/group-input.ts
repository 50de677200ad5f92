import {
  columnsIn,
  type GroupPlan,
  type GroupSource,
  type GroupWants,
  keyColumn,
  type Metric,
} from '../../graph/reads/group.ts';
import type { OrderKey } from '../../graph/reads/plan.ts';
import { constantCase } from '../../ontology/letter-case.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { date, float, int, type Kind, type Properties, type Property } from '../../ontology/vocabulary.ts';
import { type FilterInput, parseConditions, parseFilter } from '../arguments/filter-input.ts';
import { type Direction, type OrderInput, signatureOf } from '../arguments/order-input.ts';
import { pageOf } from '../arguments/paging.ts';
import { badUserInput } from '../errors.ts';
import { limits } from '../limits.ts';

/** A key by which entities of a kind can be grouped. */
export interface GroupKey {
  readonly source: GroupSource;
  /** The kind of the values, if they are entities. */
  readonly target: Kind | null;
  readonly type: OrderKey['type'];
  readonly description: string;
}

/** Precision of a date as a key. */
const periods = { Year: 4, Month: 7 } as const;

function propertyKeys(name: string, { type, list, indexed }: Property): [string, GroupKey][] {
  if (list || name === 'name') return [];
  const key = (valueType: OrderKey['type']): [string, GroupKey][] => [
    [name, { source: { property: name }, target: null, type: valueType, description: `By \`${name}\`.` }],
  ];
  if (type === 'date') {
    return Object.entries(periods).map(([period, length]) => [
      `${name}${period}`,
      {
        source: { property: name, length },
        target: null,
        type: 'string',
        description: `By the ${period.toLowerCase()} of \`${name}\`.`,
      },
    ]);
  }
  if (type === 'enumeration' || (type === 'text' && indexed)) return key('string');
  if (type === 'int') return key('number');
  return type === 'boolean' ? key('boolean') : [];
}

const groupKeys = ({ isKind, propertiesOf, relationFieldsOf }: Ontology, kind: Kind): readonly [string, GroupKey][] => [
  ...Object.entries(propertiesOf(kind)).flatMap(([name, property]) => propertyKeys(name, property)),
  ...[...relationFieldsOf(kind).values()].flatMap((relation): [string, GroupKey][] => {
    const { name, target, toOne } = relation;
    if (!isKind(target)) return [];
    const description = `By entity in \`${name}\`${toOne ? '' : '; an entity counts in each of its groups'}.`;
    return [[name, { source: { relation, toOne }, target, type: 'string', description }]];
  }),
];

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
  readonly keys: ReadonlyMap<string, GroupKey>;
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
  readonly by: readonly string[];
  readonly filter?: FilterInput | null | undefined;
  readonly having?: FilterInput | null | undefined;
  readonly orderBy?: readonly OrderInput[] | null | undefined;
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** @throws GraphQLError BAD_USER_INPUT */
function checkKeys(by: readonly string[]): void {
  if (by.length === 0) throw badUserInput('`by` must not be empty. Add at least one key.');
  if (by.length > limits.groupKeys) {
    throw badUserInput(`\`by\` takes at most ${limits.groupKeys} keys; got ${by.length}.`);
  }
  if (new Set(by).size !== by.length) throw badUserInput('`by` contains a duplicate key. List each key once.');
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

interface Sort {
  readonly by?: string;
  readonly of?: string;
  readonly direction: Direction;
}

/** The sort keys, followed by the keys of the groups so that the order is total. */
function parseGroupOrder(
  { keys, metrics }: Grouping,
  by: readonly string[],
  orderBy: readonly OrderInput[],
): readonly OrderKey[] {
  if (orderBy.length > limits.orderKeys) {
    throw badUserInput(`\`orderBy\` takes at most ${limits.orderKeys} keys; got ${orderBy.length}.`);
  }
  const key = (name: string, descending: boolean): OrderKey => {
    if (!by.includes(name)) {
      throw badUserInput(`\`orderBy\` uses ${constantCase(name)}, which is not in \`by\`. Add it to \`by\`.`);
    }
    const column = keyColumn(by.indexOf(name));
    return { by: { property: column }, type: keys.get(name)?.type ?? 'string', nullable: true, descending };
  };
  const given = orderBy.map((input): OrderKey => {
    const [[name, operand] = ['', null]] = Object.entries(input);
    const sort: Sort = name === 'count' ? { direction: operand as Direction } : (operand as Sort);
    const descending = sort.direction === 'DESC';
    if (sort.by !== undefined) return key(sort.by, descending);
    const column = sort.of === undefined ? name : metricColumn(name, sort.of);
    const metric = metrics.get(column);
    if (!metric) throw badUserInput(`\`orderBy\` has no key \`${name}\`.`);
    const type = metric.property.type === 'date' ? 'string' : 'number';
    return { by: { property: column }, type, nullable: metric.nullable, descending };
  });
  const columns = given.map(columnOf);
  if (new Set(columns).size !== columns.length)
    throw badUserInput('`orderBy` contains a duplicate key. List each key once.');
  return [...given, ...by.map((name) => key(name, false)).filter((last) => !columns.includes(columnOf(last)))];
}

const columnOf = ({ by }: OrderKey) => ('property' in by ? by.property : '');

/** The selection of groups. */
export interface GroupSelection {
  readonly wants: GroupWants;
  /** Columns of the metrics. */
  readonly metrics: readonly string[];
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
  const { kind, keys, metrics } = grouping;
  const { by, first, after } = args;
  checkKeys(by);
  const orderBy = args.orderBy?.length ? args.orderBy : largestFirst;
  const order = parseGroupOrder(grouping, by, orderBy);
  const conditions: Properties = Object.fromEntries([...metrics].map(([column, { property }]) => [column, property]));
  const having = parseConditions(ontology, conditions, args.having ? flat(args.having) : {});
  const signature = signatureOf(JSON.stringify([ontology.kind(kind).plural, by, args.having ?? {}]), orderBy);
  const wanted = new Set([...selection.metrics, ...columnsIn(having), ...order.map(columnOf)]);
  return {
    kind,
    filter: parseFilter(ontology, kind, args.filter),
    keys: by.flatMap((name) => keys.get(name)?.source ?? []),
    metrics: Object.fromEntries(
      [...metrics].flatMap(([column, { metric }]) => (wanted.has(column) ? [[column, metric] as const] : [])),
    ),
    having,
    order,
    page: pageOf({ first, after }, signature, order),
    wants: selection.wants,
    signature,
    maxCombinations: limits.groupCombinations,
  };
}
