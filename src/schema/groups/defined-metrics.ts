import { type Metric, RUNNING } from '../../graph/groups/group-metrics.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { type FilterInput, parseFilter } from '../arguments/filter-input.ts';
import { badUserInput } from '../errors.ts';
import { type KeyInput, parseKey } from './group-keys.ts';

type Arguments = Readonly<Record<string, unknown>>;

/** The column of a number of entities that match. */
export const countColumn = (filter: unknown): string => (filter ? `count ${JSON.stringify(filter)}` : 'count');

export const percentileColumn = (of: unknown, at: unknown): string => `percentile ${String(of)} ${String(at)}`;

export const newestColumn = (by: unknown): string => `newest ${String(by)}`;

export const distinctColumn = (key: unknown): string => `distinct ${JSON.stringify(key)}`;

/**
 * The metrics that a field of a group needs and that depend on its arguments, by column; `null` if it needs none.
 * @throws GraphQLError BAD_USER_INPUT, LIMIT_EXCEEDED
 */
export function definedMetrics(
  ontology: Ontology,
  kind: Kind,
  field: string,
  args: Arguments,
): readonly (readonly [column: string, metric: Metric])[] | null {
  const counted = (filter: unknown): readonly (readonly [string, Metric])[] => {
    if (!filter) return [['count', { measure: 'count' }]];
    return [[countColumn(filter), { measure: 'count', filter: parseFilter(ontology, kind, filter as FilterInput) }]];
  };
  switch (field) {
    case 'count':
      return args.filter ? counted(args.filter) : null;
    case 'share':
      return [...counted(args.filter), ...counted(args.of)];
    case 'runningCount':
      return [[RUNNING, { measure: 'running' }]];
    case 'median':
    case 'percentile': {
      const at = field === 'median' ? 0.5 : Number(args.at);
      if (!(at >= 0 && at <= 1)) throw badUserInput(`\`at\` of \`percentile\` must be from 0 to 1; got ${at}.`);
      return [[percentileColumn(args.of, at), { measure: 'percentile', property: String(args.of), at }]];
    }
    case 'newest':
      return [[newestColumn(args.by), { measure: 'newest', date: String(args.by) }]];
    case 'distinct': {
      const isPath = (args.key ?? null) !== null;
      if (isPath === ((args.of ?? null) !== null)) {
        throw badUserInput('`distinct` takes exactly one of `of` and `key`.');
      }
      if (!isPath) return null;
      const { source } = parseKey(ontology, kind, args.key as KeyInput);
      return [[distinctColumn(args.key), { measure: 'distinct', of: source }]];
    }
    default:
      return null;
  }
}
