import { type Metric, RUNNING } from '../../graph/groups/group-metrics.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { type FilterInput, parseFilter } from '../arguments/filter-input.ts';
import { badUserInput } from '../errors.ts';
import { checkedProperty, metricOf } from './group-metrics.ts';
import { namedKind } from './named-kind.ts';

type Arguments = Readonly<Record<string, unknown>>;

/** The column of a number of entities that match. */
export const countColumn = (filter: unknown): string => (filter ? `count ${JSON.stringify(filter)}` : 'count');

export const percentileColumn = (of: unknown, at: unknown): string => `percentile ${String(of)} ${String(at)}`;

export const newestColumn = (by: unknown): string => `newest ${String(by)}`;

/** The column of the number of distinct values of a key, which stands under the name of its kind. */
export const distinctColumn = (key: object): string => `distinct ${JSON.stringify(Object.values(key)[0])}`;

/**
 * The metrics that a field of a group needs, by column, and whether its arguments define them: those are bounded.
 * @throws GraphQLError BAD_USER_INPUT, LIMIT_EXCEEDED
 */
export function metricsOfField(
  ontology: Ontology,
  kind: Kind,
  field: string,
  args: Arguments,
): { readonly metrics: readonly (readonly [column: string, metric: Metric])[]; readonly defined: boolean } {
  const counted = (given: unknown): readonly (readonly [string, Metric])[] => {
    if (!given) return [['count', { measure: 'count' }]];
    const filter = namedKind<FilterInput>(ontology, kind, given, 'The filter');
    return [[countColumn(given), { measure: 'count', filter: parseFilter(ontology, kind, filter) }]];
  };
  switch (field) {
    case 'count':
      return { metrics: counted(args.filter), defined: Boolean(args.filter) };
    case 'share':
      return { metrics: [...counted(args.filter), ...counted(args.of)], defined: true };
    case 'runningCount':
      return { metrics: [[RUNNING, { measure: 'running' }]], defined: true };
    case 'median':
    case 'percentile': {
      const at = field === 'median' ? 0.5 : Number(args.at);
      if (!(at >= 0 && at <= 1)) throw badUserInput(`\`at\` of \`percentile\` must be from 0 to 1; got ${at}.`);
      const property = String(args.of);
      checkedProperty(ontology, kind, 'number', property);
      return { metrics: [[percentileColumn(property, at), { measure: 'percentile', property, at }]], defined: true };
    }
    case 'newest': {
      const date = String(args.by);
      checkedProperty(ontology, kind, 'date', date);
      return { metrics: [[newestColumn(date), { measure: 'newest', date }]], defined: true };
    }
    default: {
      const { column, metric } = metricOf(ontology, kind, field, field === 'distinct' ? args.key : args.of);
      return { metrics: [[column, metric]], defined: field === 'distinct' };
    }
  }
}
