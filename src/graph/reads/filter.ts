import type { RelationType } from '../../ontology/vocabulary.ts';
import { pattern, type RelationReading } from '../pattern.ts';
import type { Scope } from '../scope.ts';

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';
export type TextMatch = 'CONTAINS' | 'STARTS WITH' | 'ENDS WITH';

/** A condition on an entity or on a relation. Logic is two-valued: a value that is absent equals nothing. */
export type Filter =
  | { readonly all: readonly Filter[] }
  | { readonly any: readonly Filter[] }
  | { readonly not: Filter }
  | { readonly property: string; readonly exists: boolean }
  | { readonly property: string; readonly is: Comparison | TextMatch | 'IN'; readonly value: unknown }
  /** The property is a list that holds the value. */
  | { readonly property: string; readonly has: unknown }
  /** The property is a list that holds any of the values. */
  | { readonly property: string; readonly hasAny: readonly unknown[] }
  /** Some related entity fits both filters. */
  | (Related & { readonly some: true })
  | (Related & { readonly count: Comparison; readonly value: number })
  | { readonly kinds: readonly string[] }
  /** Some item of a list fits: the names of the properties with one field of all items each, by field. */
  | { readonly items: Readonly<Record<string, string>>; readonly fit: Filter }
  /** It lies within some metres of a point, in WGS 84. */
  | { readonly around: { readonly latitude: number; readonly longitude: number }; readonly metres: number }
  /** The entity itself, or one that the relation reaches from it in any number of steps, has the slug. */
  | { readonly reaches: RelationType; readonly slug: string };

/** Entities at the far end of a relation that fit a filter, by relations that fit another. */
export interface Related {
  readonly relation: RelationReading;
  readonly filter: Filter;
  readonly edge: Filter;
}

export const everything: Filter = { all: [] };
export const nothing: Filter = { any: [] };

/** Whether the filter trivially matches every entity. */
export const isEverything = (filter: Filter): boolean => 'all' in filter && filter.all.every(isEverything);

const opposite: Readonly<Record<Comparison, Comparison>> = {
  '=': '<>',
  '<>': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};

const joined = (parts: readonly string[], word: 'AND' | 'OR') => {
  const decisive = word === 'AND' ? 'false' : 'true';
  if (parts.includes(decisive)) return decisive;
  const open = [...new Set(parts)].filter((part) => part !== 'true' && part !== 'false');
  if (open.length === 0) return word === 'AND' ? 'true' : 'false';
  return open.length === 1 ? String(open[0]) : `(${open.join(` ${word} `)})`;
};

/** The conjunction of the predicates; `true` if there are none. */
export const conjunction = (parts: readonly string[]): string => joined(parts, 'AND');

/** Related entities as the inside of `EXISTS { … }` or `COUNT { … }`. */
export function relatedTo({ relation, filter, edge }: Related, node: string, scope: Scope): string {
  if (isEverything(filter) && isEverything(edge)) return pattern(relation, node, '', '');
  const far = scope.variable('n');
  const by = isEverything(edge) ? '' : scope.variable('r');
  const where = joined([by === '' ? 'true' : predicate(edge, by, scope), predicate(filter, far, scope)], 'AND');
  return `MATCH ${pattern(relation, node, by, far)} WHERE ${where}`;
}

/**
 * A filter as a Cypher predicate. Negations are pushed down to single conditions, because Cypher's `NOT` maps unknown
 * to unknown, so absent values would match neither a filter nor its negation.
 *
 * @param node name of the node or relation that the filter is about
 * @returns `true` or `false` if it does not depend on the graph
 */
export function predicate(filter: Filter, node: string, scope: Scope, negated = false): string {
  if ('all' in filter) {
    const parts = filter.all.map((part) => predicate(part, node, scope, negated));
    return joined(parts, negated ? 'OR' : 'AND');
  }
  if ('any' in filter) {
    const parts = filter.any.map((part) => predicate(part, node, scope, negated));
    return joined(parts, negated ? 'AND' : 'OR');
  }
  if ('not' in filter) return predicate(filter.not, node, scope, !negated);
  const no = negated ? 'NOT ' : '';
  if ('some' in filter) return `${no}EXISTS { ${relatedTo(filter, node, scope)} }`;
  if ('count' in filter) {
    const comparison = negated ? opposite[filter.count] : filter.count;
    return `COUNT { ${relatedTo(filter, node, scope)} } ${comparison} ${scope.value(filter.value)}`;
  }
  if ('kinds' in filter) {
    if (filter.kinds.length === 0) return String(negated);
    return `${no}${node}:${filter.kinds.join('|')}`;
  }
  if ('reaches' in filter) {
    const slug = scope.value(filter.slug);
    return `${no}EXISTS { (${node})-[:${filter.reaches}*0..]->({id: ${slug}}) }`;
  }
  if ('items' in filter) {
    return `${no}${someItem(filter.items, filter.fit, node, scope)}`;
  }
  if ('around' in filter) {
    const { latitude, longitude } = filter.around;
    const point = `point({latitude: ${scope.value(latitude)}, longitude: ${scope.value(longitude)}})`;
    const own = `point({latitude: ${node}.latitude, longitude: ${node}.longitude})`;
    return `${no}point.distance(${own}, ${point}) <= ${scope.value(filter.metres)}`;
  }
  const property = `${node}.${filter.property}`;
  if ('exists' in filter) return `${property} IS ${filter.exists === negated ? '' : 'NOT '}NULL`;
  if ('has' in filter) return listPredicate(`${scope.value(filter.has)} IN ${property}`, property, negated);
  if ('hasAny' in filter) {
    const item = scope.variable('i');
    return listPredicate(
      `any(${item} IN ${property} WHERE ${item} IN ${scope.value(filter.hasAny)})`,
      property,
      negated,
    );
  }
  return compared(filter.is, property, scope.value(filter.value), negated);
}

/** Items are put together from their fields, of which an empty text stands for nothing. */
function someItem(items: Readonly<Record<string, string>>, fit: Filter, node: string, scope: Scope): string {
  const [at, item] = [scope.variable('k'), scope.variable('i')];
  const [first = ''] = Object.values(items);
  const fields = Object.entries(items).map(([field, list]) => `${field}: nullIf(${node}.${list}[${at}], '')`);
  const all = `[${at} IN range(0, coalesce(size(${node}.${first}), 0) - 1) | {${fields.join(', ')}}]`;
  return `any(${item} IN ${all} WHERE ${predicate(fit, item, scope)})`;
}

const listPredicate = (holds: string, list: string, negated: boolean) =>
  negated ? `(${list} IS NULL OR NOT ${holds})` : holds;

/** Absent values match `<>` and the negation of everything else. */
function compared(is: Comparison | TextMatch | 'IN', property: string, value: string, negated: boolean): string {
  if (is === '<>' || is === '=') {
    return (is === '=') === negated ? `(${property} <> ${value} OR ${property} IS NULL)` : `${property} = ${value}`;
  }
  if (!negated) return `${property} ${is} ${value}`;
  const otherwise =
    is === 'IN' || is.includes(' ') || is === 'CONTAINS'
      ? `NOT ${property} ${is} ${value}`
      : `${property} ${opposite[is as Comparison]} ${value}`;
  return `(${otherwise} OR ${property} IS NULL)`;
}
