import type { Scope } from '../graph/scope.ts';
import type { Filter } from '../reads/filter.ts';
import { predicate } from '../reads/predicate.ts';
import { distinctValues, type GroupSource, keyValue } from './group-keys.ts';

/** An aggregate over the entities of a group. It ignores entities without the property. */
export type Metric =
  /** `filter`: counts only those that match. */
  | { readonly measure: 'count'; readonly filter?: Filter }
  /** Of this group and of all before it, by the only key. */
  | { readonly measure: 'running' }
  | { readonly measure: 'min' | 'max'; readonly property: string }
  /** `float`: the result depends on the order in which values are added. */
  | { readonly measure: 'avg' | 'sum'; readonly property: string; readonly float: boolean }
  /** Interpolated between the two nearest values. */
  | { readonly measure: 'percentile'; readonly property: string; readonly at: number }
  /** Slug of the entity with the latest date; of several, the last slug. */
  | { readonly measure: 'newest'; readonly date: string }
  | { readonly measure: 'distinct'; readonly of: GroupSource };

/** The column of running counts. */
export const RUNNING = 'running';

/** Whether a metric follows relations from the entities of a group. */
export const isReached = (metric: Metric): boolean => metric.measure === 'distinct' && 'toOne' in metric.of;

/** Whether a metric of no entities is 0 rather than null. */
export const isZeroOfNone = ({ measure }: Metric): boolean => ['count', 'sum', 'distinct'].includes(measure);

interface Aggregate {
  /** What is computed for each entity before grouping. */
  readonly test: string | null;
  /** An aggregate over a group's entities, or an expression on the list of them. */
  readonly over: string | null;
  readonly after: string | null;
}

const over = (expression: string): Aggregate => ({ test: null, over: expression, after: null });

/** A metric as an expression. */
export function aggregate(metric: Metric, node: string, members: string, scope: Scope): Aggregate {
  switch (metric.measure) {
    case 'running':
      throw new Error('Running counts are added to the groups.');
    case 'count': {
      if (!metric.filter) return over('count(*)');
      const fits = scope.variable('w');
      const test = `CASE WHEN ${predicate(metric.filter, node, scope)} THEN 1 ELSE 0 END AS ${fits}`;
      return { test, over: `sum(${fits})`, after: null };
    }
    case 'avg': {
      const property = `${node}.${metric.property}`;
      // Neo4j's own average adds up quotients, which is less exact.
      return over(`CASE WHEN count(${property}) > 0 THEN toFloat(sum(${property})) / count(${property}) END`);
    }
    case 'percentile':
      return over(`percentileCont(${node}.${metric.property}, ${scope.value(metric.at)})`);
    case 'newest':
      return over(`max(CASE WHEN ${node}.${metric.date} IS NOT NULL THEN [${node}.${metric.date}, ${node}.id] END)[1]`);
    case 'distinct':
      if (!('toOne' in metric.of)) return over(`count(DISTINCT ${keyValue(metric.of, node)})`);
      return { test: null, over: null, after: distinctValues(metric.of, members, scope) };
    default:
      return over(`${metric.measure}(${node}.${metric.property})`);
  }
}
