import { pattern } from '../graph/pattern.ts';
import type { Scope } from '../graph/scope.ts';
import {
  type Comparison,
  type Filter,
  type FilterCases,
  type FilterForms,
  type FoundAhead,
  foldFilter,
  isClosure,
  isEverything,
  isOfEdge,
  leadsToNamed,
  opposite,
  type Related,
  type TextMatch,
} from './filter.ts';

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
  { membersOf }: Pick<About, 'membersOf'> = {},
): string {
  const within = { membersOf, isNested: true };
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
  readonly negated?: boolean | undefined;
  /** Name of the relation that leads to the node. */
  readonly edge?: string | undefined;
  /** The name of a list of the entities that meet a condition. Without it, the graph is followed from each node. */
  readonly membersOf?: ((condition: FoundAhead) => string) | undefined;
  /** Whether the node is met often: at the far end of a relation of those that are tested, for example. */
  readonly isNested?: boolean | undefined;
}

/** All that a predicate is about, with the name of its node or relation. */
interface Place extends About {
  readonly node: string;
  readonly scope: Scope;
}

const no = ({ negated }: Place): string => (negated ? 'NOT ' : '');

const ownProperty = ({ property }: { readonly property: string }, { node, scope }: Place): string =>
  scope.property(node, property);

const joinedFrom = (filters: readonly Filter[], word: 'AND' | 'OR', place: Place): string =>
  joined(
    filters.map((filter) => foldFilter(filter, predicates, place)),
    word,
  );

/** That a node is in the list of those that meet a condition; `undefined` where there is no such list. */
function member(condition: FoundAhead, place: Place): string | undefined {
  const { node, membersOf, isNested = false } = place;
  const isListed = 'ahead' in condition || isClosure(condition) || (isNested && leadsToNamed(condition));
  return membersOf && isListed ? `${no(place)}${node} IN ${membersOf(condition)}` : undefined;
}

const predicates: FilterCases<Place, string> = {
  all: ({ all }, place) => joinedFrom(all, place.negated ? 'OR' : 'AND', place),
  any: ({ any }, place) => joinedFrom(any, place.negated ? 'AND' : 'OR', place),
  not: ({ not }, place) => foldFilter(not, predicates, { ...place, negated: !place.negated }),
  ofEdge({ ofEdge }, { scope, edge, negated }) {
    if (!edge) throw new Error('A condition on a relation stands where none leads.');
    return foldFilter(ofEdge, predicates, { node: edge, scope, negated });
  },
  ahead: (filter, place) => member(filter, place) ?? foldFilter(filter.ahead, predicates, place),
  some: (filter, place) =>
    member(filter, place) ?? `${no(place)}EXISTS { ${relatedTo(filter, place.node, place.scope, place)} }`,
  count(filter, place) {
    const { node, scope, negated } = place;
    const comparison = negated ? opposite[filter.count] : filter.count;
    return `COUNT { ${relatedTo(filter, node, scope, place)} } ${comparison} ${scope.value(filter.value)}`;
  },
  source: (filter, place) => `${no(place)}${stated(filter, place.node, place.scope)}`,
  kinds: ({ kinds }, place) =>
    kinds.length === 0 ? String(place.negated ?? false) : `${no(place)}${place.node}:${kinds.join('|')}`,
  reaches(filter, place) {
    const listed = member(filter, place);
    if (listed !== undefined) return listed;
    const steps = `[:${filter.reaches}*0..${filter.depth ?? ''}]`;
    return `${no(place)}EXISTS { (${place.node})-${steps}->({id: ${place.scope.value(filter.slug)}}) }`;
  },
  items: someItem,
  around({ around: { latitude, longitude }, metres }, place) {
    const { node, scope } = place;
    const point = `point({latitude: ${scope.value(latitude)}, longitude: ${scope.value(longitude)}})`;
    const own = `point({latitude: ${node}.latitude, longitude: ${node}.longitude})`;
    return `${no(place)}point.distance(${own}, ${point}) <= ${scope.value(metres)}`;
  },
  exists: (filter, place) =>
    `${ownProperty(filter, place)} IS ${filter.exists === (place.negated ?? false) ? '' : 'NOT '}NULL`,
  has(filter, place) {
    const property = ownProperty(filter, place);
    return ofList(`${place.scope.value(filter.has)} IN ${property}`, property, place);
  },
  hasAny(filter, place) {
    const property = ownProperty(filter, place);
    const item = place.scope.variable('i');
    const held = `any(${item} IN ${property} WHERE ${item} IN ${place.scope.value(filter.hasAny)})`;
    return ofList(held, property, place);
  },
  is(filter, place) {
    const property = ownProperty(filter, place);
    return compared(filter.is, property, place.scope.value(filter.value), place.negated ?? false);
  },
};

/**
 * A filter as a Cypher predicate. Negations are pushed down to single conditions, because Cypher's `NOT` maps unknown
 * to unknown, so absent values would match neither a filter nor its negation.
 *
 * @param node name of the node or relation that the filter is about
 * @returns `true` or `false` if it does not depend on the graph
 */
export const predicate = (filter: Filter, node: string, scope: Scope, about: About = {}): string =>
  foldFilter(filter, predicates, { ...about, node, scope });

/** Sources of a relation: its own or, if it has none, those of its start. */
function stated({ source, provenance, number }: FilterForms['source'], edge: string, scope: Scope): string {
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
function someItem({ items, fit }: FilterForms['items'], { node, scope, negated }: Place): string {
  const [at, item] = [scope.variable('k'), scope.variable('i')];
  const [first = ''] = Object.values(items);
  const fields = Object.entries(items).map(
    ([field, list]) => `${field}: nullIf(${scope.property(node, list)}[${at}], '')`,
  );
  const all = `[${at} IN range(0, coalesce(size(${scope.property(node, first)}), 0) - 1) | {${fields.join(', ')}}]`;
  return `${negated ? 'all' : 'any'}(${item} IN ${all} WHERE ${predicate(fit, item, scope, { negated })})`;
}

const ofList = (holds: string, list: string, { negated }: Place): string =>
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
