import type { Kind } from '../../ontology/vocabulary.ts';
import type { Graph, Parameters } from '../graph/graph.ts';
import { pattern } from '../graph/pattern.ts';
import { Scope } from '../graph/scope.ts';
import type { Statement } from '../graph/statement.ts';
import { encodeCursor } from '../reads/cursor.ts';
import { type Filter, operandsOf } from '../reads/filter.ts';
import { Closures, memberStart, nearEnds } from '../reads/lists/closures.ts';
import { keysetPredicate, orderBy, type Side } from '../reads/lists/keyset.ts';
import type { OrderKey, Page, Scalar } from '../reads/plan.ts';
import { predicate, where } from '../reads/predicate.ts';
import { type GroupSource, groupKey, isPath, isToMany } from './group-keys.ts';
import { aggregate, isReached, isZeroOfNone, type Metric, RUNNING } from './group-metrics.ts';
import { series } from './series.ts';

/** A page of groups of the entities of a kind. */
export interface GroupPlan {
  readonly kind: Kind;
  readonly filter: Filter;
  /** One group for each combination of values that occurs. The column of the first is `key0`. */
  readonly keys: readonly GroupSource[];
  /** Pairs of equal keys: their values differ, and each set of values is one group. */
  readonly repeated: readonly (readonly [first: number, second: number])[];
  /** Adds a group without entities for each year between the first and the last of the only key. */
  readonly emptyYears: 'text' | 'number' | null;
  /** Everything selected, sorted by or used in `having`, by column name. */
  readonly metrics: Readonly<Record<string, Metric>>;
  /** Which groups there are; its properties are columns. */
  readonly having: Filter;
  /** Its properties are columns; total. */
  readonly order: readonly OrderKey[];
  readonly page: Page;
  readonly wants: GroupWants;
  readonly signature: string;
  /** Maximum number of combinations of an entity with the keys of its groups; with more, there is no answer. */
  readonly maxCombinations: number;
}

/** Which parts of a page of groups are selected: nothing else is read. */
export interface GroupWants {
  readonly rows: boolean;
  readonly totalCount: boolean;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** The column of a key by its place. */
export const keyColumn = (index: number): string => `key${index}`;

/** The columns that a condition on groups names. */
const columnsIn = (filter: Filter): readonly string[] =>
  operandsOf(filter)?.flatMap(columnsIn) ?? ('property' in filter ? [filter.property] : []);

/** The name of a column in the statement. Columns of metrics that a client defines contain their arguments, so they are numbered. */
const aliasOf = ({ metrics }: Pick<GroupPlan, 'metrics'>, column: string): string =>
  /^\w+$/.test(column) ? column : `x${Object.keys(metrics).indexOf(column)}`;

/** A condition on groups, in terms of the names in the statement. */
function renamed(filter: Filter, plan: GroupPlan): Filter {
  if ('all' in filter) return { all: filter.all.map((part) => renamed(part, plan)) };
  if ('any' in filter) return { any: filter.any.map((part) => renamed(part, plan)) };
  if ('not' in filter) return { not: renamed(filter.not, plan) };
  return 'property' in filter ? { ...filter, property: aliasOf(plan, filter.property) } : filter;
}

/** Whether entities may have many combinations of keys, whose number is known only once all paths are followed. */
export const needsLimit = ({ keys }: GroupPlan) => {
  const many = keys.filter(isToMany);
  return many.length > 1 && many.some(isPath);
};

/** Clauses that find the entities that are grouped, each once: from what is found ahead, where the filter allows it. */
function entities({ kind, filter }: GroupPlan, node: string, scope: Scope, closures: Closures): string {
  const { membersOf } = closures;
  const fits = (condition: Filter, at = node) => where([predicate(condition, at, scope, { membersOf })]);
  const start = memberStart(filter, true);
  if (!start) return `MATCH (${node}:${kind})${fits(filter)}`;
  const ofMember = (member: string) => predicate(start.ofMembers, member, scope, { membersOf });
  const { found } = nearEnds(start, membersOf(start.condition), node, ofMember, scope);
  return `${closures.merged(found, `DISTINCT ${node}`)} MATCH (${node}:${kind})${fits(start.others)}`;
}

/** The column with the number of combinations in a group. */
const COMBINATIONS = 'combinations';

/**
 * All groups as maps of columns, each named `group`. A relation is stored once, so an entity is once in each. If a limit
 * is needed, at most one combination more than the maximum is read, and each group comes with its number of combinations.
 */
function groups(plan: GroupPlan, columns: readonly string[], group: string, scope: Scope, closures: Closures): string {
  const node = scope.variable('n');
  const isSeries = plan.emptyYears !== null || columns.includes(RUNNING);
  const metrics = Object.entries(plan.metrics).filter(
    ([column, { measure }]) => measure !== 'running' && (columns.includes(column) || (isSeries && column === 'count')),
  );
  const keys = plan.keys.map((source, index) => groupKey(source, keyColumn(index), node, scope));
  const fars = keys.flatMap(({ far }) => (far === '' ? [] : [far]));

  const members = metrics.some(([, metric]) => isReached(metric)) ? scope.variable('m') : '';
  const aggregated = metrics.map(([column, metric]) => ({
    column: aliasOf(plan, column),
    ...aggregate(metric, node, members, scope),
  }));
  const tested = aggregated.flatMap(({ test }) => (test === null ? [] : [test]));

  // Sums of fractions depend on their order; a cursor needs the same one on every page.
  const inOrder = metrics.some(([, metric]) => 'float' in metric && metric.float);
  const different = plan.repeated.map(([first, second]) => `${keys[first]?.compared} < ${keys[second]?.compared}`);
  const isPrepared = inOrder || different.length > 0 || tested.length > 0;
  const prepared = isPrepared
    ? ` WITH ${[node, ...fars, ...tested].join(', ')}${inOrder ? ` ORDER BY ${node}.id` : ''}${where(different)}`
    : '';
  const limited = needsLimit(plan) ? ` WITH * LIMIT toInteger(${scope.value(plan.maxCombinations + 1)})` : '';
  // The one group without keys has a row of its own, whether or not anything else is asked of it.
  const isCounted = limited !== '' || plan.keys.length === 0;
  const grouped = [
    ...keys.map(({ column, is }) => `${is} AS ${column}`),
    ...aggregated.flatMap(({ column, over }) => (over === null ? [] : [`${over} AS ${column}`])),
    ...(members === '' ? [] : [`collect(${node}) AS ${members}`]),
    ...(isCounted ? [`count(*) AS ${COMBINATIONS}`] : []),
  ];
  const map = [
    ...keys.map(({ column, value }) => `${column}: ${value}`),
    ...aggregated.map(({ column, after }) => `${column}: ${after ?? column}`),
  ];
  const start = entities(plan, node, scope, closures);
  const lists = keys.flatMap(({ list }) => (list === '' ? [] : [list]));
  const listed = lists.length === 0 ? '' : ` WITH ${[node, ...lists].join(', ')}`;
  const matches = keys.map(({ match }) => match).join('');
  const distinct = aggregated.length === 0 && !isCounted ? 'DISTINCT ' : '';
  const beside = limited === '' ? '' : `, ${COMBINATIONS}`;
  const merged = closures.merged(
    `${start}${listed}${matches}${prepared}${limited}`,
    `${distinct}${grouped.join(', ')}`,
  );
  const found = `${merged} WITH {${map.join(', ')}} AS ${group}${beside}`;
  if (!isSeries) return found;
  const zeros = metrics.flatMap(([column, metric]) => (isZeroOfNone(metric) ? [aliasOf(plan, column)] : []));
  return `${found}${series(group, { zeros, emptyYears: plan.emptyYears, running: columns.includes(RUNNING) }, scope)}`;
}

/** How many combinations of an entity and its keys there are, by the degrees of the entities; `null` if these do not tell it. */
function combinations(plan: GroupPlan, scope: Scope, closures: Closures): string | null {
  const many = plan.keys.flatMap((key) => (isToMany(key) && 'relation' in key ? [key] : []));
  if (many.length < 2 || needsLimit(plan)) return null;
  const node = scope.variable('n');
  const degrees = many.map(({ relation }) => ({ name: scope.variable('d'), is: pattern(relation, node, '', '') }));
  const found = entities(plan, node, scope, closures);
  const counted = degrees.map(({ name, is }) => `COUNT { ${is} } AS ${name}`).join(', ');
  const each = degrees.map(({ name }) => `CASE ${name} WHEN 0 THEN 1 ELSE ${name} END`).join(' * ');
  return `head(COLLECT { ${found} WITH ${counted} RETURN sum(${each}) })`;
}

type GroupRow = readonly Scalar[];

/** What is not selected, and all where there are too many combinations, is null. */
type GroupColumns = readonly [
  combinations: number,
  groups: readonly GroupRow[] | null,
  total: number | null,
  before: boolean | null,
];

/** Compiles a plan into one statement. */
function compileGroups(plan: GroupPlan): Statement<Parameters, GroupColumns> & { readonly parameters: Parameters } {
  const { order, page, wants } = plan;
  const having = renamed(plan.having, plan);
  const scope = new Scope('p');
  const closures = new Closures(scope);
  const size = page.size + (wants.hasNextPage ? 1 : 0);
  const condition = columnsIn(plan.having);
  const ordered = order.flatMap(({ by }) => ('property' in by ? [by.property] : []));
  const valuesIn = (group: string) => ordered.map((column) => `${group}.${aliasOf(plan, column)}`);
  const keyset = (group: string, bound: readonly Scalar[], side: Side) =>
    keysetPredicate(order, bound, side, valuesIn(group), (value) => scope.value(value));

  const selected = [wants.rows && size > 0, wants.totalCount, wants.hasPreviousPage && page.after !== null];
  const isLimited = needsLimit(plan);
  /** The name of a list of all groups, if they are limited or several parts of the answer need them; else one part finds them. */
  const all = isLimited || selected.filter(Boolean).length > 1 ? scope.variable('l') : null;

  const fitting = (columns: readonly string[], group: string, further: readonly string[] = []) =>
    `${groups(plan, columns, group, scope, closures)}${where([predicate(having, group, scope), ...further])}`;
  const found = (columns: readonly string[], group: string, further: readonly string[] = []) => {
    if (all === null) return fitting(columns, group, further);
    const row = scope.variable('r');
    const map = columnsOf(plan).map((column, index) => `${aliasOf(plan, column)}: ${row}[${index}]`);
    return `UNWIND ${all} AS ${row} WITH {${map.join(', ')}} AS ${group}${where(further)}`;
  };
  /** A list takes less memory than a map. */
  const rowOf = (group: string) =>
    `[${columnsOf(plan)
      .map((column) => `${group}.${aliasOf(plan, column)}`)
      .join(', ')}]`;

  const rows = () => {
    const group = scope.variable('g');
    const onPage = page.after ? [keyset(group, page.after, 'after')] : [];
    const cut = `${orderBy(order, false, valuesIn(group))} LIMIT toInteger(${scope.value(size)})`;
    // Two steps, so that only the rows of the page are made.
    return `COLLECT { ${found(Object.keys(plan.metrics), group, onPage)} WITH ${group} ${cut} RETURN ${rowOf(group)} }`;
  };
  const total = () => {
    if (all !== null) return `size(${all})`;
    const group = scope.variable('g');
    return `COUNT { ${found(condition, group)} RETURN ${group} }`;
  };
  const before = (bound: readonly Scalar[]) => {
    const group = scope.variable('g');
    return `EXISTS { ${found([...condition, ...ordered], group, [keyset(group, bound, 'atOrBefore')])} RETURN ${group} }`;
  };

  const visited = combinations(plan, scope, closures);
  const guarded = (expression: string) =>
    visited === null ? expression : `CASE WHEN visited <= ${scope.value(plan.maxCombinations)} THEN ${expression} END`;
  const list = () => {
    const group = scope.variable('g');
    return guarded(`COLLECT { ${fitting(Object.keys(plan.metrics), group)} RETURN ${rowOf(group)} }`);
  };
  /** All groups, and how many combinations were read for them. */
  const counted = () => {
    const group = scope.variable('g');
    const fits = predicate(having, group, scope);
    const row = fits === 'true' ? rowOf(group) : `CASE WHEN ${fits} THEN ${rowOf(group)} END`;
    const found = `COLLECT { ${groups(plan, Object.keys(plan.metrics), group, scope, closures)} RETURN [collect(${row}), sum(${COMBINATIONS})] }`;
    return `head(${found})`;
  };
  const part = (expression: string) => (all === null ? guarded(expression) : expression);
  const answers = [
    wants.rows && size > 0 ? part(rows()) : '[]',
    wants.totalCount ? part(total()) : 'null',
    wants.hasPreviousPage && page.after ? part(before(page.after)) : 'false',
  ];
  const steps = [
    ...(isLimited ? [{ found: counted() }, { visited: 'found[1]' }] : [{ visited: visited ?? '0' }]),
    ...(all === null ? [] : [{ [all]: isLimited ? 'found[0]' : list() }]),
    Object.fromEntries(answers.map((answer, index) => [`a${index}`, answer])),
  ];
  // Cypher allows an aggregation beside variables only if these are named grouping keys, so each step names all before it.
  const names = [...closures.names];
  const clauses = steps.map((step) => {
    const columns = Object.entries(step).map(([name, expression]) => `${expression} AS ${name}`);
    const clause = `WITH ${[...names, ...columns].join(', ')} `;
    names.push(...Object.keys(step));
    return clause;
  });
  const text = `${closures.clauses}${clauses.join('')}RETURN visited, ${answers.map((_, index) => `a${index}`).join(', ')}`;
  return { name: `groups-${plan.kind}`, text, parameters: scope.parameters };
}

/** The columns of a group in the order of its row. */
export const columnsOf = ({ keys, metrics }: GroupPlan) => [
  ...keys.map((_, index) => keyColumn(index)),
  ...Object.keys(metrics),
];

/** Entities that have the same values of the keys. */
export class Group {
  readonly #plan: GroupPlan;
  readonly #values: ReadonlyMap<string, Scalar>;

  constructor(plan: GroupPlan, row: GroupRow) {
    this.#plan = plan;
    this.#values = new Map(columnsOf(plan).map((column, index) => [column, row[index] ?? null]));
  }

  /** The value of a column. @throws Error if it was not read */
  value(column: string): Scalar {
    const value = this.#values.get(column);
    if (value === undefined) throw new Error(`The column ${column} of a group was not read.`);
    return value;
  }

  get cursor(): string {
    const { signature, order } = this.#plan;
    return encodeCursor(
      signature,
      order.map(({ by }) => ('property' in by ? this.value(by.property) : null)),
    );
  }
}

/** A page of groups, with its position. */
export interface GroupPage {
  readonly groups: readonly Group[];
  readonly totalCount: number;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/**
 * Reads a page of groups in one statement.
 * @returns `null` where there are more combinations than the maximum
 * @throws GraphError
 */
export async function readGroups(graph: Graph, plan: GroupPlan): Promise<GroupPage | null> {
  const { parameters, ...statement } = compileGroups(plan);
  const [[visited, rows, total, before] = [0, [], 0, false]] = await graph.read(statement, parameters);
  if (visited > plan.maxCombinations) return null;
  const found = (rows ?? []).map((row) => new Group(plan, row));
  const { size } = plan.page;
  return {
    groups: found.slice(0, size),
    totalCount: total ?? 0,
    hasNextPage: found.length > size,
    hasPreviousPage: before === true,
  };
}
