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
 * The leading key is named alone beside the disjunction, since only then an index is used.
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

  const from = (index: number): string | null => {
    const key = order[index];
    if (!key) return inclusive ? 'true' : null;
    const value = String(values[index]);
    const at = bound[index] ?? null;
    const rest = from(index + 1);
    const alternatives = [
      beyond(key, value, at),
      rest === null ? null : rest === 'true' ? equal(value, at) : `${equal(value, at)} AND ${rest}`,
    ];
    const possible = alternatives.filter((alternative) => alternative !== null);
    return possible.length === 0 ? null : possible.length === 1 ? (possible[0] ?? null) : `(${possible.join(' OR ')})`;
  };

  const predicate = from(0) ?? 'false';
  const [first] = order;
  const at = bound[0] ?? null;
  if (!first || first.nullable || at === null) return predicate;
  return `${values[0]} ${later !== first.descending ? '>=' : '<='} ${parameter(at)} AND ${predicate}`;
}
