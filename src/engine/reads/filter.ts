import type { Kind, Provenance, RelationType } from '../../ontology/vocabulary.ts';
import { pattern, type RelationReading } from '../graph/pattern.ts';
import type { Scope } from '../graph/scope.ts';

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
  /** Some related entity fits. */
  | (Related & { readonly some: true })
  | (Related & { readonly count: Comparison; readonly value: number })
  /** The relation that leads to the entity fits. */
  | { readonly ofEdge: Filter }
  /** The entity fits. Those of its kind that do are found once, before any is tried: it is tried more often than there are of them. */
  | Ahead
  /** Some source of the relation fits, or a number of them: its own or, if it has none, those that its start cites. */
  | { readonly source: Filter; readonly provenance: Provenance; readonly number?: readonly [Comparison, number] }
  | { readonly kinds: readonly string[] }
  /** Some item of a list fits: the names of the properties with one field of all items each, by field. */
  | { readonly items: Readonly<Record<string, string>>; readonly fit: Filter }
  /** It lies within some metres of a point, in WGS 84. */
  | { readonly around: { readonly latitude: number; readonly longitude: number }; readonly metres: number }
  /** The entity itself, or one that the relation reaches from it in up to `depth` steps, has the slug. */
  | { readonly reaches: RelationType; readonly slug: string; readonly depth?: number };

interface Ahead {
  readonly ahead: Filter;
  readonly kind: Kind;
}

/** Entities at the far end of a relation that fit a filter. */
export interface Related {
  readonly relation: RelationReading;
  readonly filter: Filter;
  /** How often the relation is followed; `max` is `null` for any number. @default once */
  readonly hops?: Hops;
}

export interface Hops {
  readonly min: number;
  readonly max: number | null;
  /** The kind of the entities at the far end. */
  readonly kind: Kind | 'Entity';
}

/** A condition on what a hierarchy reaches in several steps. */
export type Closure =
  | Extract<Filter, { readonly reaches: RelationType }>
  | (Related & { readonly some: true; readonly hops: Hops });

type Some = Related & { readonly some: true };

type Compared = Extract<Filter, { readonly property: string; readonly is: unknown }>;

type OfSlugs = Compared & { readonly property: 'id'; readonly is: '=' | 'IN' };

/** A condition whose entities can be found without testing any of a list. */
export type FoundAhead = Ahead | Closure | OfSlugs | Some;

export const isClosure = (filter: Filter): filter is Closure =>
  'reaches' in filter || ('some' in filter && filter.hops !== undefined);

export const everything: Filter = { all: [] };
export const nothing: Filter = { any: [] };

/** Whether the filter trivially matches every entity. */
export const isEverything = (filter: Filter): boolean => 'all' in filter && filter.all.every(isEverything);

/** Whether it names by their slugs the entities that fit. */
export const isOfSlugs = (filter: Filter): filter is OfSlugs =>
  'is' in filter && filter.property === 'id' && (filter.is === '=' || filter.is === 'IN');

/** Whether it requires a relation to an entity that is named by its slug. */
export const leadsToNamed = (filter: Filter): filter is Some =>
  'some' in filter && !filter.hops && !isOfEdge(filter.filter) && requiredBy(filter.filter).some(isOfSlugs);

/** The conditions of which a filter requires each. */
export const requiredBy = (filter: Filter): readonly Filter[] =>
  'all' in filter ? filter.all.flatMap(requiredBy) : [filter];

/** The property whose text has to have some part, if a filter requires nothing else; otherwise `null`. */
export function partlyMatched(filter: Filter): string | null {
  if ('all' in filter) return filter.all.length === 1 && filter.all[0] ? partlyMatched(filter.all[0]) : null;
  return 'is' in filter && (filter.is === 'CONTAINS' || filter.is === 'ENDS WITH') ? filter.property : null;
}

/** The filters that a filter joins or negates; `undefined` if it is a single condition. */
export function operandsOf(filter: Filter): readonly Filter[] | undefined {
  if ('all' in filter) return filter.all;
  if ('any' in filter) return filter.any;
  if ('ahead' in filter) return [filter.ahead];
  return 'not' in filter ? [filter.not] : undefined;
}

/** Whether it says anything of the relation that leads to the entity. */
export const isOfEdge = (filter: Filter): boolean => operandsOf(filter)?.some(isOfEdge) ?? 'ofEdge' in filter;

/** Whether it says anything of other entities. */
export const isOfRelated = (filter: Filter): boolean =>
  operandsOf(filter)?.some(isOfRelated) ?? ('relation' in filter || 'reaches' in filter);

/** The comparison that holds where another one does not. */
export const opposite: Readonly<Record<Comparison, Comparison>> = {
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

/** The clause that requires all of the predicates; empty if they always hold. */
export function where(predicates: readonly string[]): string {
  const all = conjunction(predicates);
  return all === 'true' ? '' : ` WHERE ${all}`;
}

/** Related entities as the inside of `EXISTS { … }` or `COUNT { … }`. */
export function relatedTo(
  { relation, filter, hops }: Related,
  node: string,
  scope: Scope,
  about: Pick<About, 'membersOf'> = {},
): string {
  const within = { ...about, isNested: true };
  if (hops) {
    const far = scope.variable('n');
    const reached = pattern(relation, node, '', far, `*${hops.min}..${hops.max ?? ''}`);
    return `MATCH ${reached}${where([predicate(filter, far, scope, within)])} RETURN DISTINCT ${far}`;
  }
  if (isEverything(filter)) return scope.pattern(relation, node, '', '');
  const far = scope.variable('n');
  const edge = isOfEdge(filter) ? scope.variable('r') : '';
  return `MATCH ${scope.pattern(relation, node, edge, far)} WHERE ${predicate(filter, far, scope, { edge, ...within })}`;
}

/** What a predicate is about, beside its node. */
interface About {
  readonly negated?: boolean;
  /** Name of the relation that leads to the node. */
  readonly edge?: string;
  /** The name of a list of the entities that meet a condition. Without it, the graph is followed from each node. */
  readonly membersOf?: (condition: FoundAhead) => string;
  /** Whether the node is met often: at the far end of a relation of those that are tested, for example. */
  readonly isNested?: boolean;
}

/**
 * A filter as a Cypher predicate. Negations are pushed down to single conditions, because Cypher's `NOT` maps unknown
 * to unknown, so absent values would match neither a filter nor its negation.
 *
 * @param node name of the node or relation that the filter is about
 * @returns `true` or `false` if it does not depend on the graph
 */
export function predicate(filter: Filter, node: string, scope: Scope, about: About = {}): string {
  const { negated = false, edge = '', ...within } = about;
  if ('all' in filter) {
    const parts = filter.all.map((part) => predicate(part, node, scope, about));
    return joined(parts, negated ? 'OR' : 'AND');
  }
  if ('any' in filter) {
    const parts = filter.any.map((part) => predicate(part, node, scope, about));
    return joined(parts, negated ? 'AND' : 'OR');
  }
  if ('not' in filter) return predicate(filter.not, node, scope, { ...about, negated: !negated });
  if ('ofEdge' in filter) {
    if (edge === '') throw new Error('A condition on a relation stands where none leads.');
    return predicate(filter.ofEdge, edge, scope, { negated });
  }
  const no = negated ? 'NOT ' : '';
  if ('ahead' in filter) {
    if (!within.membersOf) return predicate(filter.ahead, node, scope, about);
    return `${no}${node} IN ${within.membersOf(filter)}`;
  }
  if (within.membersOf && (isClosure(filter) || (within.isNested && leadsToNamed(filter))))
    return `${no}${node} IN ${within.membersOf(filter)}`;
  if ('some' in filter) return `${no}EXISTS { ${relatedTo(filter, node, scope, within)} }`;
  if ('count' in filter) {
    const comparison = negated ? opposite[filter.count] : filter.count;
    return `COUNT { ${relatedTo(filter, node, scope, within)} } ${comparison} ${scope.value(filter.value)}`;
  }
  if ('source' in filter) return `${no}${stated(filter, node, scope)}`;
  if ('kinds' in filter) {
    if (filter.kinds.length === 0) return String(negated);
    return `${no}${node}:${filter.kinds.join('|')}`;
  }
  if ('reaches' in filter) {
    const slug = scope.value(filter.slug);
    return `${no}EXISTS { (${node})-[:${filter.reaches}*0..${filter.depth ?? ''}]->({id: ${slug}}) }`;
  }
  if ('items' in filter) return itemPredicate(filter.items, filter.fit, node, scope, negated);
  if ('around' in filter) {
    const { latitude, longitude } = filter.around;
    const point = `point({latitude: ${scope.value(latitude)}, longitude: ${scope.value(longitude)}})`;
    const own = `point({latitude: ${node}.latitude, longitude: ${node}.longitude})`;
    return `${no}point.distance(${own}, ${point}) <= ${scope.value(filter.metres)}`;
  }
  const property = scope.property(node, filter.property);
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

/** Sources of a relation: its own or, if it has none, those of its start. */
function stated(
  { source, provenance, number }: Extract<Filter, { readonly source: Filter }>,
  edge: string,
  scope: Scope,
): string {
  const [own, slug, cited, start] = [
    scope.variable('n'),
    scope.variable('s'),
    scope.variable('n'),
    scope.variable('n'),
  ];
  const found = (match: string, node: string) =>
    `${number ? 'COUNT' : 'EXISTS'} { ${match} WHERE ${predicate(source, node, scope)} RETURN ${node} }`;
  const slugs = `${edge}.${provenance.property}`;
  const among = found(`UNWIND ${slugs} AS ${slug} MATCH (${own}:${provenance.kind} {id: ${slug}})`, own);
  const ofStart = found(
    `UNWIND [startNode(${edge})] AS ${start} MATCH (${start})-[:${provenance.relation}]->(${cited})`,
    cited,
  );
  const either = `CASE WHEN ${slugs} IS NULL THEN ${ofStart} ELSE ${among} END`;
  return number ? `(${either} ${number[0]} ${scope.value(number[1])})` : either;
}

/** Whether some item fits, or none. Items are put together from their fields, of which an empty text stands for nothing. */
function itemPredicate(
  items: Readonly<Record<string, string>>,
  fit: Filter,
  node: string,
  scope: Scope,
  negated: boolean,
): string {
  const [at, item] = [scope.variable('k'), scope.variable('i')];
  const [first = ''] = Object.values(items);
  const fields = Object.entries(items).map(
    ([field, list]) => `${field}: nullIf(${scope.property(node, list)}[${at}], '')`,
  );
  const all = `[${at} IN range(0, coalesce(size(${scope.property(node, first)}), 0) - 1) | {${fields.join(', ')}}]`;
  return `${negated ? 'all' : 'any'}(${item} IN ${all} WHERE ${predicate(fit, item, scope, { negated })})`;
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
