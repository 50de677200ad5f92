import { type Metric, RUNNING } from '../../engine/groups/group-metrics.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { type FilterInput, parseFilter } from '../arguments/filter-input.ts';
import { badUserInput } from '../errors.ts';
import { countColumn, newestColumn, percentileColumn } from './group-columns.ts';
import { checkedProperty, metricOf } from './group-metrics.ts';
import { inputOfKind } from './input-of-kind.ts';

type Arguments = Readonly<Record<string, unknown>>;

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
    const filter = inputOfKind<FilterInput>(ontology, kind, given, 'The filter');
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
