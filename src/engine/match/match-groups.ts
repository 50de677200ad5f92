import type { Graph, Parameters } from '../graph/graph.ts';
import { Scope } from '../graph/scope.ts';
import type { Statement } from '../graph/statement.ts';
import type { Scalar } from '../reads/plan.ts';
import { mayRepeat } from './match.ts';
import type { AggregateFunction, NamedValue, Pattern, PatternValue } from './match-pattern.ts';
import { aggregateOf, PatternText } from './pattern-text.ts';

/** An aggregate of a value over the matches of a group. */
export interface MatchMetric {
  readonly aggregate: Exclude<AggregateFunction, 'COUNT'>;
  readonly value: NamedValue;
}

export interface MatchGroupRequest {
  readonly pattern: Pattern;
  /** Positions of the entities in a row; rows that differ in none of them count once. */
  readonly shown: readonly number[];
  /** Matches with the same of all of these are one group. */
  readonly keys: readonly PatternValue[];
  readonly metrics: readonly MatchMetric[];
  readonly size: number;
}

export interface MatchedGroup {
  readonly keys: readonly Scalar[];
  readonly count: number;
  /** In the order of the request. */
  readonly metrics: readonly Scalar[];
}

export interface MatchedGroups {
  readonly groups: readonly MatchedGroup[];
  readonly totalCount: number;
}

type GroupedColumns = readonly [
  total: number,
  groups: readonly (readonly [keys: readonly Scalar[], count: number, metrics: readonly Scalar[]])[],
];

/** Groups the rows of a match by values, largest first. @throws GraphError */
export async function findMatchGroups(graph: Graph, request: MatchGroupRequest): Promise<MatchedGroups> {
  const { pattern, shown, keys, metrics, size } = request;
  const scope = new Scope('p');
  const text = new PatternText(pattern, scope);
  const names = shown.map((position) => String(text.names[position]));
  const rows = `${text.find()} WITH ${mayRepeat(request) ? 'DISTINCT ' : ''}${names.join(', ')}`;
  const keyed = keys.map(() => scope.variable('k'));
  const used = pattern.values.filter((named) => metrics.some(({ value }) => value === named));
  const computed = text.compute(used, names);
  // The entities stay, or Neo4j would compute the values within the aggregates, and refuse its own statement.
  const withKeys = [
    ...names,
    ...computed.columns,
    ...keys.map((key, index) => `${text.value(key)} AS ${keyed[index]}`),
  ];
  const [count, all] = [scope.variable('w'), scope.variable('l')];
  const aggregated = metrics.map(({ aggregate, value }) =>
    aggregateOf(aggregate, String(computed.columns[used.indexOf(value)])),
  );
  const group = `[[${keyed.join(', ')}], ${count}, [${aggregated.map((_, index) => `m${index}`).join(', ')}]]`;
  const grouped = [...keyed, `count(*) AS ${count}`, ...aggregated.map((metric, index) => `${metric} AS m${index}`)];
  const sorted = [`${count} DESC`, ...keyed].join(', ');
  const found = `${rows}${computed.clauses} WITH ${withKeys.join(', ')} WITH ${grouped.join(', ')} ORDER BY ${sorted} WITH collect(${group}) AS ${all}`;
  const statement: Statement<Parameters, GroupedColumns> = {
    name: 'match-groups',
    text: `${found} RETURN size(${all}) AS total, ${all}[..toInteger(${scope.value(size)})] AS groups`,
  };
  const [[totalCount, groups] = [0, []]] = await graph.read(statement, scope.parameters);
  return {
    totalCount,
    groups: groups.map(([values, matches, results]) => ({ keys: values, count: matches, metrics: results })),
  };
}
