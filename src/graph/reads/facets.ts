import type { Scope } from '../scope.ts';
import { where } from './filter.ts';
import type { FacetPlan, TargetPlan } from './plan.ts';

/** A list of entities as Cypher: its start pattern and its filter. The name of the relation to them may be empty. */
export interface FacetedList {
  readonly filtersEdge: boolean;
  from(edge: string, node: string): string;
  fits(edge: string, node: string): string;
}

const bucket = (property: string, by: 'value' | 'year' | 'month' | 'magnitude') => {
  if (by === 'year') return `left(${property}, 4)`;
  if (by === 'month') return `left(${property}, 7)`;
  // The lower end of a range by powers of ten.
  if (by === 'magnitude') return `CASE WHEN ${property} > 0 THEN toInteger(10 ^ floor(log10(${property}))) ELSE 0 END`;
  return property;
};

/**
 * The Cypher expression of a facet over the whole list, not only its page. Entities with a value are counted separately
 * from the buckets, so that the rest is known without reading it.
 *
 * @param row makes the row of an entity
 */
export function facet(
  { source, size, others, without }: FacetPlan,
  { filtersEdge, from, fits }: FacetedList,
  row: (plan: TargetPlan, node: string) => string,
  scope: Scope,
): string {
  const ofEdge = 'property' in source && source.ofEdge === true;
  const edgeName = () => (filtersEdge || ofEdge ? scope.variable('r') : '');
  const counted = (wanted: boolean, query: (node: string, edge: string) => string) =>
    wanted ? `COUNT { ${query(scope.variable('n'), edgeName())} }` : 'null';
  const limit = `LIMIT toInteger(${scope.value(size)})`;
  const [edge, node] = [edgeName(), scope.variable('n')];
  const count = scope.variable('c');

  if ('relation' in source) {
    const far = scope.variable('n');
    const related = (at: string, to: string) => scope.pattern(source.relation, at, '', to);
    return `[COLLECT { MATCH ${from(edge, node)}${where([fits(edge, node)])} MATCH ${related(node, far)} WITH ${far}, count(*) AS ${count} ORDER BY ${count} DESC, ${far}.name, ${far}.id ${limit} RETURN [${row(source.target, far)}, ${count}] }, ${counted(
      others,
      (at, by) => `MATCH ${from(by, at)}${where([fits(by, at)])} MATCH ${related(at, '')}`,
    )}, ${counted(without, (at, by) => `MATCH ${from(by, at)}${where([fits(by, at), `NOT EXISTS { ${related(at, '')} }`])}`)}]`;
  }
  const value = scope.variable('v');
  const property = (at: string, by: string) => scope.property(ofEdge ? by : at, source.property);
  return `[COLLECT { MATCH ${from(edge, node)}${where([fits(edge, node), `${property(node, edge)} IS NOT NULL`])} WITH ${bucket(property(node, edge), source.by)} AS ${value}, count(*) AS ${count} ORDER BY ${count} DESC, ${value} ${limit} RETURN [toString(${value}), ${count}] }, ${counted(
    others,
    (at, by) => `MATCH ${from(by, at)}${where([fits(by, at), `${property(at, by)} IS NOT NULL`])}`,
  )}, ${counted(without, (at, by) => `MATCH ${from(by, at)}${where([fits(by, at), `${property(at, by)} IS NULL`])}`)}]`;
}
