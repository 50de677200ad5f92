import type { Ontology } from '../../ontology/ontology.ts';
import type { RelationType } from '../../ontology/vocabulary.ts';
import type { Graph, Parameters } from '../graph/graph.ts';
import { PlanScope } from '../graph/plan-scope.ts';
import type { Row, Statement } from '../graph/statement.ts';
import { list, target } from '../reads/expressions.ts';
import { keysetPredicate, orderBy, type Side } from '../reads/lists/keyset.ts';
import type { EntityRow, OrderKey, Scalar, TargetPlan } from '../reads/plan.ts';
import { type Entity, targetEntity } from '../reads/rows.ts';
import { answeredBy, type NamedValue, type Pattern, type PatternRelation } from './match-pattern.ts';
import { PatternText } from './pattern-text.ts';

/** One key of an order of the rows: a property of the entity at a position, a value, or in how many ways a row was found. */
export interface MatchKey extends OrderKey {
  readonly entity: number | null;
  readonly property: string;
  readonly value?: NamedValue;
}

/** What is selected of the entity at a position. */
export interface SelectedEntity {
  readonly entity: number;
  readonly plan: TargetPlan;
}

/** Bounds of the number of ways in which a row was found. */
export interface WaysBounds {
  readonly least: number | null;
  readonly most: number | null;
}

export interface MatchRequest {
  readonly pattern: Pattern;
  /** Positions of the entities in a row; rows that differ in none of them are merged. */
  readonly shown: readonly number[];
  /** Total: it ends with the slugs of all that is shown. */
  readonly order: readonly MatchKey[];
  /** Relations of one hop between returned entities, which a row includes. */
  readonly included: readonly PatternRelation[];
  /** What is read of the entity at a position in each row: properties alone. */
  readonly selected: readonly SelectedEntity[];
  readonly size: number;
  readonly after: readonly Scalar[] | null;
  /** Whether rows say in how many ways they were found, or are sorted or selected by it. */
  readonly countsWays: boolean;
  /** Of the pattern; they are about entities in a row. */
  readonly values: readonly NamedValue[];
  readonly ways: WaysBounds;
  readonly wants: { readonly rows: boolean; readonly totalCount: boolean; readonly hasPreviousPage: boolean };
}

/** One set of entities that fits. */
export interface MatchedRow {
  /** Slugs of the returned entities; `null` for optional ones that are missing. */
  readonly slugs: readonly (string | null)[];
  /** Position of the row in the sort order. */
  readonly keys: readonly Scalar[];
  /** For each relation included, whether it is stored from its `from` to its `to`; for one of several types, all that exist. */
  readonly asStored: readonly StoredEnds[];
  /** Number of sets of entities that differ in what is not shown; 1 if not counted. */
  readonly ways: number;
  /** In the order of the request. */
  readonly values: readonly Scalar[];
  /** In the order of what is selected; `null` for optional ones that are missing. */
  readonly entities: readonly (Entity | null)[];
}

export type StoredEnds = boolean | readonly (readonly [type: RelationType, leads: boolean])[];

/** A page of the sets of entities that fit. */
export interface MatchedRows {
  readonly rows: readonly MatchedRow[];
  readonly totalCount: number;
  readonly hasPreviousPage: boolean;
  readonly hasNextPage: boolean;
  /** Entities that the pattern names by slug, and that are not there. */
  readonly absent: readonly { readonly name: string; readonly slug: string }[];
}

/** The groups of columns of a match. */
type Groups = readonly [
  slugs: readonly (string | null)[],
  keys: readonly Scalar[],
  asStored: readonly StoredEnds[],
  ways: readonly [number],
  values: readonly Scalar[],
  entities: readonly (EntityRow | readonly [slug: null])[],
];

type Answer = readonly [
  rows: readonly Row[],
  total: number,
  before: boolean,
  absent: readonly (readonly [name: string, slug: string])[],
];

/** Several matches may yield the same set of entities. */
export const mayRepeat = ({ pattern, shown }: Pick<MatchRequest, 'pattern' | 'shown'>): boolean =>
  shown.length < answeredBy(pattern).length || mayRepeatWhole(pattern);

/** Several matches may yield the same set of all entities. */
const mayRepeatWhole = ({ required, optional }: Pattern) =>
  [required, ...optional].some(({ relations }) =>
    relations.some(({ types, minHops, maxHops }) => maxHops > 1 || minHops !== 1 || types.length > 1),
  );

interface MatchStatement {
  readonly statement: Statement<Parameters>;
  readonly parameters: Parameters;
  /** How many columns each of the groups of a match has. */
  readonly sizes: readonly number[];
  /** Whether its rows are the matches, rather than a list in one row. */
  readonly byRows: boolean;
}

/** The statement of a request, with its parameters. */
function matchStatement(ontology: Ontology, request: MatchRequest): MatchStatement {
  const { pattern, shown, included, selected, order, after, countsWays, ways, wants, size } = request;
  // Names of properties are values, so that what is selected makes no new text for Neo4j to plan.
  const scope = new PlanScope(ontology, 'p', { isPart: true });
  const answered = answeredBy(pattern);
  const asStored = ({ types, reading, from, to }: PatternRelation, names: readonly string[]) => {
    const [start, end] = [names[shown.indexOf(from)], names[shown.indexOf(to)]];
    if (types.length === 1) return reading === 'BOTH' ? `EXISTS { (${start})-[:${types[0]}]->(${end}) }` : 'true';
    const relation = scope.variable('r');
    const arrow = reading === 'BOTH' ? '-' : '->';
    return `COLLECT { MATCH (${start})-[${relation}:${types.join('|')}]${arrow}(${end}) RETURN [type(${relation}), startNode(${relation}) = ${start}] }`;
  };
  const used = new Set([...order.flatMap(({ value }) => value ?? []), ...request.values]);
  const named = pattern.values.filter((value) => used.has(value));
  const where = (conditions: readonly string[]) =>
    conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  /** The sets of entities that fit, each once, and in how many ways. */
  const sets = () => {
    const text = new PatternText(pattern, scope);
    const names = shown.map((position) => String(text.names[position]));
    const count = scope.variable('w');
    const all = answered.map((position) => String(text.names[position]));
    const whole = mayRepeatWhole(pattern) ? ` WITH DISTINCT ${all.join(', ')}` : '';
    const bounds = [
      ...(ways.least === null ? [] : [`${count} >= ${scope.value(ways.least)}`]),
      ...(ways.most === null ? [] : [`${count} <= ${scope.value(ways.most)}`]),
    ];
    const counted = `${whole} WITH ${names.join(', ')}, count(*) AS ${count}`;
    const merged = countsWays ? counted : ` WITH ${mayRepeat(request) ? 'DISTINCT ' : ''}${names.join(', ')}`;
    return {
      text,
      names,
      count,
      bounds,
      columns: countsWays ? [...names, count] : names,
      find: `${text.find()}${merged}`,
    };
  };
  const parts = [wants.rows, wants.totalCount, wants.hasPreviousPage && after !== null].filter(Boolean).length;
  // Merged sets stay in memory anyway, so the parts of an answer share them. Others stream by.
  const isShared = parts > 1 && (countsWays || mayRepeat(request));
  const shared = isShared ? { ...sets(), list: scope.variable('l') } : null;
  const found = ({ withValues = false } = {}) => {
    const { text, names, count, bounds, columns, find } = shared ?? sets();
    const item = scope.variable('m');
    const start = shared
      ? `UNWIND ${shared.list} AS ${item} WITH ${columns.map((name, index) => `${item}[${index}] AS ${name}`).join(', ')}`
      : find;
    const computed = text.compute(withValues ? named : [], columns);
    const columnOf = (value: NamedValue) => String(computed.columns[named.indexOf(value)]);
    const values = order.map(({ entity, property, value }) => {
      if (value) return columnOf(value);
      return entity === null ? count : `${text.names[entity]}.${property}`;
    });
    const shownValues = withValues ? request.values.map(columnOf) : [];
    const own = shared ? [] : bounds;
    const beside = (bound: readonly Scalar[], side: Side) =>
      where([...own, `(${keysetPredicate(order, bound, side, values, (value) => scope.value(value))})`]);
    const head = `${start}${computed.clauses}`;
    return {
      ...{ head, names, values, shownValues, beside },
      all: [...columns, ...computed.columns],
      count: countsWays ? count : '1',
      bounded: where(own),
    };
  };
  /** The clauses that find a page, and the groups of columns of a match. */
  const page = () => {
    const { head, all, names, values, shownValues, count, beside, bounded } = found({ withValues: true });
    const cut = `WITH ${all.join(', ')} ${orderBy(order, false, values)} LIMIT toInteger(${scope.value(size + 1)})`;
    const groups = [
      names.map((name) => `${name}.id`),
      values,
      included.map((relation) => asStored(relation, names)),
      [count],
      shownValues,
      selected.map(({ entity, plan }) => target(plan, String(names[shown.indexOf(entity)]), scope)),
    ];
    return { clauses: `${head}${after ? beside(after, 'after') : bounded} ${cut}`, groups };
  };
  const { clauses, groups } = wants.rows ? page() : { clauses: '', groups: [] };
  const total = () => {
    if (shared) return `size(${shared.list})`;
    const { head, names, bounded } = found();
    return `COUNT { ${head}${bounded} RETURN ${names.join(', ')} }`;
  };
  const before = (bound: readonly Scalar[]) => {
    const { head, names, beside } = found({ withValues: true });
    return `EXISTS { ${head}${beside(bound, 'atOrBefore')} RETURN ${names.join(', ')} }`;
  };
  const missing = pattern.entities.flatMap(({ name, kind, slugs }) => {
    if (slugs === null) return [];
    const slug = scope.variable('s');
    return [
      `COLLECT { UNWIND ${scope.value(slugs)} AS ${slug} WITH ${slug} WHERE NOT EXISTS { (:${kind} {id: ${slug}}) } RETURN [${scope.value(name)}, ${slug}] }`,
    ];
  });
  const areRequired = pattern.entities.every(
    ({ slugs }, position) => slugs === null || (slugs.length === 1 && pattern.required.entities.includes(position)),
  );
  const absent = () => {
    if (missing.length === 0) return '[]';
    const all = missing.join(' + ');
    // Whatever is found contains them.
    return shared && areRequired ? `CASE ${shared.list} WHEN [] THEN ${all} ELSE [] END` : all;
  };
  // Neo4j plans matches that are rows of their own in half the time that it takes for lists within a list.
  const byRows = wants.rows && parts === 1 && missing.length === 0;
  const columns = () => [
    wants.rows ? `COLLECT { ${clauses} RETURN ${list(groups.flat())} }` : '[]',
    wants.totalCount ? total() : '0',
    wants.hasPreviousPage && after ? before(after) : 'false',
    absent(),
  ];
  const first = shared
    ? `WITH COLLECT { ${shared.find}${where(shared.bounds)} RETURN [${shared.columns.join(', ')}] } AS ${shared.list} `
    : '';
  const returned = (byRows ? groups.flat() : columns()).map((column, index) => `${column} AS a${index}`);
  const text = `${byRows ? `${clauses} ` : first}RETURN ${returned.join(', ')}`;
  const sizes = groups.map((group) => group.length);
  return { statement: { name: 'match', text }, parameters: scope.parameters, sizes, byRows };
}

/** The columns of a match, by groups of some sizes. */
function groupsOf(row: Row, sizes: readonly number[]): Groups {
  let end = 0;
  const groups = sizes.map((size) => {
    end += size;
    return row.slice(end - size, end);
  });
  return groups as readonly Row[] as Groups;
}

const isThere = (row: EntityRow | readonly [slug: null]): row is EntityRow => row[0] !== null;

const nothing: Answer = [[], 0, false, []];

/** Finds the sets of entities that fit a pattern. @throws GraphError */
export async function findMatchingRows(graph: Graph, request: MatchRequest): Promise<MatchedRows> {
  const { statement, parameters, sizes, byRows } = matchStatement(graph.ontology, request);
  const found = await graph.read(statement, parameters);
  const [answer = nothing] = byRows ? [[found, 0, false, []] satisfies Answer] : (found as readonly Row[] as Answer[]);
  const [rows, totalCount, hasPreviousPage, absent] = answer;
  const matches = rows.slice(0, request.size).map((row) => groupsOf(row, sizes));
  return {
    rows: matches.map(([slugs, keys, asStored, [ways], values, entities]) => ({
      ...{ slugs, keys, asStored, ways, values },
      entities: request.selected.map(({ plan }, index) => {
        const row = entities[index];
        return row && isThere(row) ? targetEntity(plan, row) : null;
      }),
    })),
    totalCount,
    hasPreviousPage,
    hasNextPage: rows.length > request.size,
    absent: absent.map(([name, slug]) => ({ name, slug })),
  };
}
