import { pattern } from '../pattern.ts';
import type { Scope } from '../scope.ts';
import { conjunction } from './filter.ts';
import type { FacetPlan, TargetPlan } from './plan.ts';

/** A list of entities as Cypher: its start pattern and its filter. */
export interface FacetedList {
  from(node: string): string;
  fits(node: string): string;
}

const bucket = (property: string, by: 'value' | 'year' | 'magnitude') => {
  if (by === 'year') return `left(${property}, 4)`;
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
  { from, fits }: FacetedList,
  row: (plan: TargetPlan, node: string) => string,
  scope: Scope,
): string {
  const counted = (wanted: boolean, query: (node: string) => string) =>
    wanted ? `COUNT { ${query(scope.variable('n'))} }` : 'null';
  const where = (...conditions: readonly string[]) => {
    const all = conjunction(conditions);
    return all === 'true' ? '' : ` WHERE ${all}`;
  };
  const limit = `LIMIT toInteger(${scope.value(size)})`;
  const node = scope.variable('n');
  const count = scope.variable('c');

  if ('relation' in source) {
    const far = scope.variable('n');
    const related = (at: string, to: string) => pattern(source.relation, at, '', to);
    return `[COLLECT { MATCH ${from(node)}${where(fits(node))} MATCH ${related(node, far)} WITH ${far}, count(*) AS ${count} ORDER BY ${count} DESC, ${far}.name, ${far}.id ${limit} RETURN [${row(source.target, far)}, ${count}] }, ${counted(
      others,
      (at) => `MATCH ${from(at)}${where(fits(at))} MATCH ${related(at, '')}`,
    )}, ${counted(without, (at) => `MATCH ${from(at)}${where(fits(at), `NOT EXISTS { ${related(at, '')} }`)}`)}]`;
  }
  const value = scope.variable('v');
  const property = (at: string) => `${at}.${source.property}`;
  return `[COLLECT { MATCH ${from(node)}${where(fits(node), `${property(node)} IS NOT NULL`)} WITH ${bucket(property(node), source.by)} AS ${value}, count(*) AS ${count} ORDER BY ${count} DESC, ${value} ${limit} RETURN [toString(${value}), ${count}] }, ${counted(
    others,
    (at) => `MATCH ${from(at)}${where(fits(at), `${property(at)} IS NOT NULL`)}`,
  )}, ${counted(without, (at) => `MATCH ${from(at)}${where(fits(at), `${property(at)} IS NULL`)}`)}]`;
}
