import { isDeepStrictEqual } from 'node:util';
import { isToMany } from '../../engine/groups/group-keys.ts';
import { type Metric, RUNNING } from '../../engine/groups/group-metrics.ts';
import { type GroupPlan, type GroupWants, keyColumn } from '../../engine/groups/groups.ts';
import type { OrderKey } from '../../engine/reads/plan.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { type FilterInput, parseConditions, parseFilter } from '../arguments/filter-input.ts';
import {
  checkNumberOfKeys,
  type Direction,
  duplicateKey,
  type OrderInput,
  signatureOf,
} from '../arguments/order-input.ts';
import { type PageArguments, pageOf } from '../arguments/paging.ts';
import { quotedValue } from '../arguments/quoted-value.ts';
import { badUserInput, limitExceeded } from '../errors.ts';
import { limits } from '../limits.ts';
import { type GroupKey, type KeyInput, parseKeys } from './group-keys.ts';
import { type MetricOption, metricOf } from './group-metrics.ts';

/** The arguments of a field that groups. */
export interface GroupArguments extends PageArguments {
  readonly by?: readonly string[] | null | undefined;
  readonly keys?: readonly KeyInput[] | null | undefined;
  readonly emptyYears?: boolean | null | undefined;
  readonly filter?: FilterInput | null | undefined;
  readonly having?: FilterInput | null | undefined;
  readonly orderBy?: readonly OrderInput[] | null | undefined;
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
  if (emptyYears && !(isOrdered && only.isInteger)) {
    throw badUserInput(
      '`emptyYears` needs a single key that is a year or a number. Group by that alone, or leave it out.',
    );
  }
}

/** Metrics that are named outside of the selection, by column. */
type Named = Map<string, MetricOption>;

/** Conditions on metrics, under the names of their columns. */
function flat(ontology: Ontology, kind: Kind, having: FilterInput, named: Named): FilterInput {
  const inner = (part: unknown) => flat(ontology, kind, part as FilterInput, named);
  return Object.fromEntries(
    Object.entries(having).map(([name, operand]): [string, unknown] => {
      if (operand === null || operand === undefined) return [name, operand];
      if (name === 'not') return [name, inner(operand)];
      if (name === 'and' || name === 'or') return [name, (operand as readonly unknown[]).map(inner)];
      const { of, key, is } = operand as { readonly [field: string]: unknown };
      const option = metricOf(ontology, kind, name, of ?? key);
      named.set(option.column, option);
      return [option.column, name === 'count' ? operand : is];
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
  /** A key whose values are counted, under the name of its kind. */
  readonly key?: unknown;
  readonly direction: Direction;
}

/** The sort keys, followed by the keys of the groups so that the order is total. */
function parseGroupOrder(
  ontology: Ontology,
  kind: Kind,
  named: Named,
  keys: readonly GroupKey[],
  orderBy: readonly OrderInput[],
): readonly OrderKey[] {
  checkNumberOfKeys(orderBy);
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
    const option = metricOf(ontology, kind, name, sort.of ?? sort.key);
    const { column, property, nullable } = option;
    named.set(column, option);
    const type = property.type === 'date' ? 'string' : 'number';
    return { by: { property: column }, type, nullable, descending };
  });
  const columns = given.map(columnOf);
  if (new Set(columns).size !== columns.length) throw duplicateKey();
  const rest = keys.map((_, index) => key(index, false));
  return [...given, ...rest.filter((last) => !columns.includes(columnOf(last)))];
}

/** @throws GraphQLError BAD_USER_INPUT on a key that is not one of the groups */
function positionOf({ by, position }: Sort, keys: readonly GroupKey[]): number {
  if (keys.length === 0) {
    throw badUserInput(
      '`orderBy` names a key, but there is none by which groups are made. Add the key, or leave it out.',
    );
  }
  if ((by ?? null) === null && typeof position === 'number') {
    if (position >= 1 && position <= keys.length) return position - 1;
    throw badUserInput(`\`position\` in \`orderBy\` must be from 1 to ${keys.length}; got ${position}.`);
  }
  if (typeof position === 'number' || (by ?? null) === null) {
    throw badUserInput('A key in `orderBy` takes exactly one of `by` and `position`.');
  }
  const index = keys.findIndex(({ name }) => name === by);
  if (index !== -1) return index;
  throw badUserInput(
    `\`orderBy\` uses the key ${quotedValue(by)}, by which nothing is grouped. The keys are ${keys.map(({ name }) => name).join(', ')}.`,
  );
}

const columnOf = ({ by }: OrderKey) => ('property' in by ? by.property : '');

const isDefined = (column: string) => /\W/.test(column);

/** Metrics of properties first and by name, so that the text of the statement does not depend on their order in the query. */
function inOneOrder(metrics: readonly (readonly [column: string, metric: Metric])[]): GroupPlan['metrics'] {
  const ofProperties = metrics.filter(([column]) => !isDefined(column));
  return Object.fromEntries([
    ...ofProperties.sort(([left], [right]) => (left < right ? -1 : 1)),
    ...metrics.filter(([column]) => isDefined(column)),
  ]);
}

/** The selection of groups. */
export interface GroupSelection {
  readonly wants: GroupWants;
  /** By column. */
  readonly metrics: ReadonlyMap<string, Metric>;
  /** Columns of those that the client defines. */
  readonly defined: ReadonlySet<string>;
}

/**
 * The plan of a page of groups, with its keys.
 * @throws GraphQLError BAD_USER_INPUT, INVALID_CURSOR, LIMIT_EXCEEDED
 */
export function planGroups(
  ontology: Ontology,
  kind: Kind,
  args: GroupArguments,
  selection: GroupSelection,
): { readonly plan: GroupPlan; readonly keys: readonly GroupKey[] } {
  const { by } = args;
  const keys = parseKeys(ontology, kind, by ?? [], args.keys ?? []);
  const emptyYears = args.emptyYears === true;
  const runs = selection.metrics.has(RUNNING);
  checkSeries(keys, emptyYears, runs);
  const isSeries = emptyYears || runs;
  const orderBy = args.orderBy?.length ? args.orderBy : isSeries ? firstKeyFirst : largestFirst;
  const metrics: Named = new Map();
  const order = parseGroupOrder(ontology, kind, metrics, keys, orderBy);
  const having = flat(ontology, kind, args.having ?? {}, metrics);
  const conditions = Object.fromEntries([...metrics].map(([column, { property }]) => [column, property]));
  const defined = new Set([...selection.defined, ...[...metrics.keys()].filter(isDefined)]);
  if (defined.size > limits.groupMetrics) {
    throw limitExceeded(
      `Groups have at most ${limits.groupMetrics} metrics with filters, keys or percentiles of their own. Split the query.`,
    );
  }
  const named = [by ?? [], ...(args.keys?.length ? [args.keys] : []), ...(emptyYears ? [emptyYears] : [])];
  const list = [ontology.kind(kind).plural, ...named, args.having ?? {}];
  const signature = signatureOf(JSON.stringify(list), orderBy);
  const plan: GroupPlan = {
    kind,
    filter: parseFilter(ontology, kind, args.filter),
    keys: keys.map(({ source }) => source),
    repeated: repeatedIn(keys),
    emptyYears: !emptyYears ? null : keys[0]?.type === 'number' ? 'number' : 'text',
    metrics: inOneOrder([
      ...(isSeries ? [['count', { measure: 'count' }] as const] : []),
      ...[...metrics].map(([column, { metric }]) => [column, metric] as const),
      ...selection.metrics,
    ]),
    having: parseConditions(ontology, conditions, having),
    order,
    page: pageOf(args, signature, order),
    wants: selection.wants,
    signature,
    maxCombinations: limits.groupCombinations,
  };
  return { plan, keys };
}
