import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind } from '../../../ontology/vocabulary.ts';
import type { PlanScope } from '../../graph/plan-scope.ts';
import { isIndexed, isIndexedBySlug } from '../../indexes/indexes.ts';
import type { OrderKey, Scalar } from '../plan.ts';
import { relatedTo } from '../predicate.ts';

/** Position of entities relative to a bound. */
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

/** A sort key: its name in the statement, and its expression if it must be computed. */
interface NamedKey {
  readonly name: string;
  readonly is: string | null;
}

/** A sort key of a node, or of the relation that leads to it. */
export function orderKey({ by }: OrderKey, node: string, edge: string, scope: PlanScope): NamedKey {
  if ('ofEdge' in by) return { name: scope.property(edge, by.ofEdge), is: null };
  if ('count' in by) return { name: scope.variable('k'), is: `COUNT { ${relatedTo(by.count, node, scope)} }` };
  if ('of' in by) {
    const far = scope.variable('n');
    return {
      name: scope.variable('k'),
      is: `head([${scope.pattern(by.of, node, '', far)} | ${scope.property(far, by.property)}])`,
    };
  }
  return { name: scope.property(node, by.property), is: null };
}

/** Entities that follow one another in a list. */
export interface IndexSegment {
  /** What decides among them. */
  readonly order: readonly OrderKey[];
  /**
   * The property of the leading sort key that all of them have, or that all lack; `null` if they are not distinguished.
   */
  readonly leading: { readonly property: string; readonly has: boolean } | null;
  /** Whether many may share a value of the leading sort key, and an index has those of each value in order. */
  readonly byValue: boolean;
}

/** Whether a key is a property of the entity itself. */
export const isProperty = ({ by }: Pick<OrderKey, 'by'>): boolean => 'property' in by && !('of' in by);

/**
 * A list in segments that each start from an index. An index contains only entities that have its property: if some
 * lack the leading key, those with it are one segment, and the others, which come last, another.
 */
export function segmentsOf(
  ontology: Ontology,
  order: readonly OrderKey[],
  kind: Kind | 'Entity',
): readonly IndexSegment[] {
  const [first, ...rest] = order;
  const property = leadingProperty(order);
  if (!first || property === null || !order.every(isProperty) || !isIndexed(ontology, property, kind))
    return [{ order, leading: null, byValue: false }];
  const [slug, ...others] = rest;
  const endsWithSlug = slug !== undefined && others.length === 0 && 'property' in slug.by && slug.by.property === 'id';
  const byValue = endsWithSlug && isIndexedBySlug(ontology, property, kind);
  if (!first.nullable) return [{ order, leading: null, byValue }];
  return [
    { order: [{ ...first, nullable: false }, ...rest], leading: { property, has: true }, byValue },
    { order: rest, leading: { property, has: false }, byValue: false },
  ];
}

/** The property of the entity itself that comes first in an order, if any does. */
export const leadingProperty = ([first]: readonly OrderKey[]): string | null =>
  first && 'property' in first.by && isProperty(first) ? first.by.property : null;

/** Whether the first of a list are found in its order, without the rest. */
export function isReadInOrder(ontology: Ontology, order: readonly OrderKey[], kind: Kind | 'Entity'): boolean {
  const property = leadingProperty(order);
  return (
    property !== null &&
    (property === 'id' || isIndexed(ontology, property, kind)) &&
    order.every(isProperty) &&
    segmentsOf(ontology, order, kind).every(({ order: [first] }) => first && !first.nullable)
  );
}

/** Whether the index of the leading key has all entities of a kind, and few with the same value. */
export function isOrderOfIndex(ontology: Ontology, order: readonly OrderKey[], kind: Kind): boolean {
  const property = leadingProperty(order);
  return (
    property !== null &&
    (property === 'id' || (isIndexed(ontology, property, kind) && !isIndexedBySlug(ontology, property, kind))) &&
    order.every((key) => isProperty(key) && !key.nullable)
  );
}

/**
 * A predicate that the index of the leading key can answer, so that a page starts there rather than with a scan of the
 * kind.
 */
export const startsFromIndex = ([first]: readonly OrderKey[], [value]: readonly string[]): readonly string[] =>
  first && isProperty(first) && !first.nullable ? [`${value} IS NOT NULL`] : [];

/** Whether any entity of a segment can be on one side of a bound of the whole list. */
export function canReach({ leading }: IndexSegment, [bound]: readonly Scalar[], side: Side): boolean {
  const boundHas = (bound ?? null) !== null;
  return leading === null || leading.has === boundHas || leading.has === (side === 'before' || side === 'atOrBefore');
}

/** Makes a parameter of a value. */
export type MakeParameter = (value: Scalar | TextRanges) => string;

/** Ranges of texts, from the first up to the second. */
type TextRanges = readonly (readonly [string, string])[];

/** Texts that have more of such characters in common with a bound are not told apart. */
const MOST_RANGES = 50;

/**
 * The texts that Neo4j finds on the other side of a bound than its own order has them: it sorts by code points, as its
 * indexes do, but compares a stored text with a parameter by UTF-16 units, where U+E000 to U+FFFF come after all beyond.
 */
function misplacedBy(bound: Scalar): TextRanges {
  if (typeof bound !== 'string') return [];
  return [...bound.matchAll(/[\u{E000}-\u{FFFF}\u{10000}-\u{10FFFF}]/gu)]
    .slice(0, MOST_RANGES)
    .map(({ index, 0: character }) => {
      const same = bound.slice(0, index);
      return character.length > 1 ? [`${same}\u{E000}`, `${same}\u{FFFF}`] : [`${same}\u{10000}`, `${same}\u{E000}`];
    });
}

/** Whether a value is on one side of a bound, in the order that lists have. */
function compared(
  value: string,
  comparison: '<' | '<=' | '>' | '>=',
  bound: Scalar,
  parameter: MakeParameter,
  named = parameter(bound),
): string {
  const plain = `${value} ${comparison} ${named}`;
  const ranges = misplacedBy(bound);
  if (ranges.length === 0) return plain;
  return `((${plain}) <> any(range IN ${parameter(ranges)} WHERE range[0] <= ${value} < range[1]))`;
}

/**
 * The entities of a segment on one side of a bound of the whole list that it can reach.
 *
 * @param values the expressions of the segment's keys
 * @param parameter makes a parameter of a value
 */
export function segmentPredicate(
  { order, leading }: IndexSegment,
  bound: readonly Scalar[],
  side: Side,
  values: readonly string[],
  parameter: MakeParameter,
): string {
  const boundHas = (bound[0] ?? null) !== null;
  if (leading && leading.has !== boundHas) return 'true';
  return keysetPredicate(order, leading?.has === false ? bound.slice(1) : bound, side, values, parameter);
}

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
  parameter: MakeParameter,
): string {
  const later = side === 'after' || side === 'atOrAfter';
  const inclusive = side === 'atOrAfter' || side === 'atOrBefore';

  const beyond = ({ descending, nullable }: OrderKey, key: string, at: Scalar): string | null => {
    if (at === null) return later ? null : `${key} IS NOT NULL`;
    const comparison = compared(key, later !== descending ? '>' : '<', at, parameter);
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
      return compared(value, later !== key.descending ? '>=' : '<=', at, parameter);
    }
    const further = beyond(key, value, at);
    const within = isLast ? (inclusive ? equal(value, at) : null) : `${equal(value, at)} AND ${from(index + 1)}`;
    const possible = [further, within].filter((part) => part !== null);
    return possible.length > 1 ? `(${possible.join(' OR ')})` : (possible[0] ?? 'false');
  };

  const [first] = order;
  const value = String(values[0]);
  const at = bound[0] ?? null;
  if (!first || first.nullable || order.length === 1) return from(0);
  // The range starts from the index of the leading key. The tie-break within the bound's own value is in a `CASE`,
  // because Neo4j may turn a disjunction into one range per side, read both to their ends, and sort.
  const leading = parameter(at);
  const range = compared(value, later !== first.descending ? '>=' : '<=', at, parameter, leading);
  return `${range} AND CASE WHEN ${value} <> ${leading} THEN true ELSE ${from(1)} END`;
}
