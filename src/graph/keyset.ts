import type { OrderKey, Scalar } from './plan.ts';

/** Where entities stand towards a bound. */
export type Side = 'after' | 'before' | 'atOrAfter' | 'atOrBefore';

/**
 * `ORDER BY` with nulls last in the reading order, whatever the direction; from the end where `backward`.
 *
 * @param values the expressions of the keys
 */
export function orderBy(order: readonly OrderKey[], backward: boolean, values: readonly string[]): string {
  const keys = order.flatMap(({ descending, nullable }, index) => {
    const value = String(values[index]);
    const down = descending !== backward;
    // Cypher puts nulls last ascending and first descending, which is right unless the key itself is descending.
    const nulls = nullable && descending ? [`${value} IS ${backward ? 'NOT NULL' : 'NULL'}`] : [];
    return [...nulls, down ? `${value} DESC` : value];
  });
  return `ORDER BY ${keys.join(', ')}`;
}

/**
 * A predicate that the leading key's index answers, so that a page starts there and not at a scan of the kind. An
 * entity without the key would be lost by it, so an optional key starts from no index.
 */
export const startsFromIndex = ([first]: readonly OrderKey[], [value]: readonly string[]): readonly string[] =>
  first && 'property' in first.by && !('of' in first.by) && !first.nullable ? [`${value} IS NOT NULL`] : [];

/**
 * The entities on one side of a bound, by the keys from the first to the last. Nulls count as last.
 *
 * @param values the expressions of the keys
 * @param parameter makes a parameter of a value
 */
export function keysetPredicate(
  order: readonly OrderKey[],
  bound: readonly Scalar[],
  side: Side,
  values: readonly string[],
  parameter: (bound: Scalar) => string,
): string {
  const later = side === 'after' || side === 'atOrAfter';
  const inclusive = side === 'atOrAfter' || side === 'atOrBefore';

  const beyond = ({ descending, nullable }: OrderKey, key: string, at: Scalar): string | null => {
    if (at === null) return later ? null : `${key} IS NOT NULL`;
    const comparison = `${key} ${later !== descending ? '>' : '<'} ${parameter(at)}`;
    return later && nullable ? `(${comparison} OR ${key} IS NULL)` : comparison;
  };
  const equal = (key: string, at: Scalar) => (at === null ? `${key} IS NULL` : `${key} = ${parameter(at)}`);

  /** The predicate by the keys from an index on. */
  const from = (index: number): string => {
    const key = order[index] as OrderKey;
    const value = String(values[index]);
    const at = bound[index] ?? null;
    const isLast = index === order.length - 1;
    if (isLast && inclusive && at !== null && !key.nullable) {
      return `${value} ${later !== key.descending ? '>=' : '<='} ${parameter(at)}`;
    }
    const further = beyond(key, value, at);
    const within = isLast ? (inclusive ? equal(value, at) : null) : `${equal(value, at)} AND ${from(index + 1)}`;
    const possible = [further, within].filter((part) => part !== null);
    return possible.length > 1 ? `(${possible.join(' OR ')})` : (possible[0] ?? 'false');
  };

  const [first] = order;
  const [value] = values;
  const at = bound[0] ?? null;
  if (!first || first.nullable || order.length === 1) return from(0);
  // The range starts from the leading key's index. What decides within the bound's own value stands in a `CASE`, since of
  // a disjunction Neo4j may make one range for each side, read both to their ends, and sort.
  const leading = parameter(at);
  const range = `${value} ${later !== first.descending ? '>=' : '<='} ${leading}`;
  return `${range} AND CASE WHEN ${value} <> ${leading} THEN true ELSE ${from(1)} END`;
}
