import type { Provenance } from '../../ontology/provenance.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import type { RelationReading } from '../graph/pattern.ts';
import { isIndexed } from '../indexes/indexes.ts';
import { reversed } from '../reads/degrees.ts';
import {
  type Filter,
  type FilterCases,
  foldFilter,
  isEverything,
  isOfSlugs,
  leadsToNamed,
  operandsOf,
  type Related,
  requiredBy,
} from '../reads/filter.ts';
import { type MemberStart, memberStart } from '../reads/lists/closures.ts';
import { isReadInOrder } from '../reads/lists/keyset.ts';
import type { OrderKey } from '../reads/plan.ts';
import {
  averageFanOut,
  entityCount,
  expectedFanOut,
  expectedFollowed,
  isScanCheap,
  type Statistics,
} from '../reads/statistics.ts';
import { kindBeyond, leftBy } from './selectivity.ts';

/** Reading a property, as visiting an entity is one look-up. */
const PROPERTY = 1;

/** Following a hierarchy upwards, or trying the items of a list, for each entity that is tried. */
const HIERARCHY = 8;

/** Sorting an entity into a page, which reads nothing, but takes time. */
const SORTED = 0.5;

/** How a filter is tried: whether what leads to named entities is found ahead, once for all. */
interface Trying {
  readonly findsAhead?: boolean;
  /** Whether it is tried at the far end of a relation, rather than on the entities of the list. */
  readonly isNested?: boolean;
}

/** What a filter is tried on, and how. */
interface Tried extends Trying {
  readonly kind: Kind | 'Entity';
  readonly statistics: Statistics;
}

const costOfEach = (filters: readonly Filter[], tried: Tried): number =>
  filters.reduce((total, filter) => total + foldFilter(filter, costs, tried), 0);

const ofProperty = () => PROPERTY;

const ofHierarchy = () => HIERARCHY;

const costs: FilterCases<Tried, number> = {
  all: ({ all }, tried) => costOfEach(all, tried),
  any: ({ any }, tried) => costOfEach(any, tried),
  not: ({ not }, tried) => foldFilter(not, costs, tried),
  ahead: ({ ahead }, tried) => (tried.findsAhead ? PROPERTY : foldFilter(ahead, costs, tried)),
  some: (filter, tried) =>
    tried.findsAhead && tried.isNested && leadsToNamed(filter) ? PROPERTY : relatedCost(filter, tried),
  count: relatedCost,
  ofEdge: ({ ofEdge }, { kind, statistics }) => filterCost(ofEdge, kind, statistics),
  source: ({ source, provenance }, { statistics }) => sourceCost(source, provenance, statistics),
  reaches: ofHierarchy,
  items: ofHierarchy,
  kinds: ofProperty,
  around: ofProperty,
  exists: ofProperty,
  is: ofProperty,
  has: ofProperty,
  hasAny: ofProperty,
};

/** Trying a filter on one entity, or on one relation. */
export function filterCost(filter: Filter, kind: Kind | 'Entity', statistics: Statistics, trying: Trying = {}): number {
  return foldFilter(filter, costs, { ...trying, kind, statistics });
}

/** Reading the related entities of one entity. If all of them count, Neo4j stores the number with the entity. */
function relatedCost({ relation, filter, hops }: Related, { kind, statistics, ...trying }: Tried): number {
  if (!hops && isEverything(filter)) return 1;
  const far = kindBeyond(statistics.ontology, relation);
  const each = 1 + filterCost(filter, far, statistics, { ...trying, isNested: true });
  if (hops) return 1 + HIERARCHY * each;
  return 1 + expectedFollowed(statistics, relation, kind) + averageFanOut(statistics, relation, kind) * each;
}

/** Reading the sources of one relation. */
function sourceCost(filter: Filter, { relation, kind }: Provenance, statistics: Statistics): number {
  const each = 1 + filterCost(filter, kind, statistics);
  return 1 + averageFanOut(statistics, { relation, reading: 'FORWARD' }, 'Entity') * each;
}

/** What a page costs that orders by this, for each entity that may be on it. */
function orderCost(order: readonly OrderKey[], kind: Kind | 'Entity', statistics: Statistics): number {
  return order.reduce((total, { by }) => {
    if ('count' in by) return total + relatedCost(by.count, { kind, statistics });
    return (
      total +
      ('of' in by ? 1 + expectedFollowed(statistics, by.of, kind) + averageFanOut(statistics, by.of, kind) : PROPERTY)
    );
  }, SORTED);
}

/** How many entities slugs name. */
const namedBy = ({ value }: { readonly value: unknown }): number => (Array.isArray(value) ? value.length : 1);

/** How many entities lead to those that are named at the far end of a relation: the more lead to one, the more often it is named. */
function leadingToNamed({ relation, filter }: Related, statistics: Statistics): number {
  const far = kindBeyond(statistics.ontology, relation);
  const back = reversed(relation);
  const names = requiredBy(filter).flatMap((part) => (isOfSlugs(part) ? namedBy(part) : []));
  return Math.min(...names) * expectedFanOut(statistics, back, far, { via: back });
}

/** What it costs to find ahead what leads to named entities. */
function aheadCost(filter: Filter, statistics: Statistics, isNested = false): number {
  if ('ahead' in filter) {
    const { ahead, kind } = filter;
    const each = 1 + filterCost(ahead, kind, statistics, { findsAhead: true, isNested: true });
    return entityCount(statistics, kind) * each + aheadCost(ahead, statistics, true);
  }
  const parts = operandsOf(filter);
  if (parts) return parts.reduce((total, part) => total + aheadCost(part, statistics, isNested), 0);
  if (isNested && leadsToNamed(filter)) return 2 * leadingToNamed(filter, statistics);
  return 'relation' in filter ? aheadCost(filter.filter, statistics, true) : 0;
}

/** How many entities lead to members that are found ahead; `null` if it is not known how many members there are. */
function leadingToMembers({ relation, condition }: MemberStart, statistics: Statistics): number | null {
  if (isOfSlugs(condition)) return leadingToNamed({ relation, filter: condition }, statistics);
  if (!leadsToNamed(condition)) return null;
  const members = leadingToNamed(condition, statistics);
  const kind = kindBeyond(statistics.ontology, relation);
  return members * expectedFanOut(statistics, reversed(relation), kind, { via: reversed(condition.relation) });
}

/** How many of the entities of a kind are tested one by one, if an index excludes the others. */
function foundByIndex(filter: Filter, kind: Kind | 'Entity', all: number, statistics: Statistics): number {
  const isLong = !isScanCheap(statistics, kind, null);
  const found = (part: Filter): number => {
    if ('all' in part) return Math.min(all, ...part.all.map(found));
    if (isOfSlugs(part)) return Math.min(all, namedBy(part));
    const start = memberStart(part, isLong);
    if (start) return Math.min(all, leadingToMembers(start, statistics) ?? all);
    if (!('is' in part) || part.is === '<>') return all;
    return isIndexed(statistics.ontology, part.property, kind) ? all * leftBy(part, kind, statistics) : all;
  };
  return found(filter);
}

/** A condition is found ahead if it is tried this number of times as often as there are entities to try. */
const TRIED_AGAIN = 2;

/** A condition that costs less is not: looking an entity up among those that were found costs something, too. */
const LEAST_AHEAD = 4;

const distinct = (filters: readonly Filter[]): readonly Filter[] => [
  ...new Map(filters.map((filter) => [JSON.stringify(filter), filter])).values(),
];

/**
 * A filter that says the same, in which the conditions are marked that are found ahead, and none is repeated.
 *
 * @param visits how many entities of the kind are tried
 */
function withAhead(
  filter: Filter,
  kind: Kind | 'Entity',
  visits: number,
  statistics: Statistics,
  isNested = false,
): Filter {
  const within = (part: Filter) => withAhead(part, kind, visits, statistics, isNested);
  if ('all' in filter) return { all: distinct(filter.all.map(within)) };
  if ('any' in filter) return { any: distinct(filter.any.map(within)) };
  if ('not' in filter) return { not: within(filter.not) };
  if (!('relation' in filter) || filter.hops || (isNested && leadsToNamed(filter))) return filter;
  const { relation, filter: ofFar } = filter;
  const far = kindBeyond(statistics.ontology, relation);
  const leading = (tried: number): Filter => ({
    ...filter,
    filter: withAhead(ofFar, far, tried * averageFanOut(statistics, relation, kind), statistics, true),
  });
  const all = entityCount(statistics, kind);
  const pays = () => filterCost(filter, kind, statistics, { findsAhead: true, isNested }) >= LEAST_AHEAD;
  if (!isNested || kind === 'Entity' || visits < TRIED_AGAIN * all || !pays()) return leading(visits);
  return { ahead: leading(all), kind };
}

/** Entities of a kind that fit a filter: some of them, in an order, or all. */
export type Searched = Pick<AskedList, 'kind' | 'filter'> & {
  /** The first of a list; absent where all are wanted. */
  readonly page?: Pick<AskedList, 'order' | 'size'> | undefined;
};

/** The filter of a list, prepared for a statement that finds the entities of a kind: see `withAhead`. */
export function preparedFilter({ kind, filter, page }: Searched, statistics: Statistics): Filter {
  const all = foundByIndex(filter, kind, entityCount(statistics, kind), statistics);
  const isInOrder = page && kind !== 'Entity' && isReadInOrder(statistics.ontology, page.order, kind);
  const tried = isInOrder ? (page.size + 1) / leftBy(filter, kind, statistics, { differ: true }) : all;
  return withAhead(filter, kind, Math.min(all, tried), statistics);
}

/** What it takes to find the entities of a kind that fit a filter. */
export interface Search {
  /** How many are tried, and what it costs for each. */
  readonly candidates: number;
  readonly each: number;
  /** What is found once, before any is tried. */
  readonly ahead: number;
}

/** About what it takes to find the entities of a kind that fit a filter, without reading anything of them. */
export function searchCost(filter: Filter, kind: Kind | 'Entity', statistics: Statistics): Search {
  return {
    candidates: foundByIndex(filter, kind, entityCount(statistics, kind), statistics),
    each: 1 + filterCost(filter, kind, statistics, { findsAhead: true }),
    ahead: aheadCost(filter, statistics),
  };
}

/** The parameters of a list that determine its cost. */
export interface AskedList {
  readonly kind: Kind | 'Entity';
  /** The relation and kind of the entity that it belongs to; `null` for a list of all entities of its kind. */
  readonly of: {
    readonly relation: RelationReading;
    readonly kind: Kind | 'Entity';
    /** The relation that leads to the entity, as it reads it. */
    readonly via?: RelationReading | undefined;
  } | null;
  readonly filter: Filter;
  readonly order: readonly OrderKey[];
  readonly size: number;
  readonly rows: boolean;
  readonly totalCount: boolean;
  /** Whether it is read in memory, where no index leads to some of the entities: all are tried. */
  readonly inMemory?: boolean;
  /** Whether anything is computed of all that fit, beside their number. */
  readonly facets?: boolean;
}

/** What one list costs, and how many of its entities there are. */
export interface ListCost {
  /** Entities and relations that are visited for its page and its count. */
  readonly visits: number;
  /** Entities that fit: facets look at them all. */
  readonly fitting: number;
  /** Those of them on the page. */
  readonly length: number;
  /** What it costs to find these. */
  readonly tried: number;
}

/** About how many entities and relations Neo4j visits for one list, from counts of kinds and relations. */
export function listCost(asked: AskedList, statistics: Statistics): ListCost {
  const { kind, of, order, size, rows, totalCount, inMemory = false, facets = false } = asked;
  const isAhead = !of && !inMemory;
  const page = totalCount || facets ? undefined : { order, size };
  const filter = isAhead ? preparedFilter({ kind, filter: asked.filter, page }, statistics) : asked.filter;
  const all = of ? expectedFanOut(statistics, of.relation, of.kind, { via: of.via }) : entityCount(statistics, kind);
  const { candidates, each, ahead } = isAhead
    ? searchCost(filter, kind, statistics)
    : { candidates: all, each: 1 + filterCost(filter, kind, statistics), ahead: 0 };
  const followed = of ? expectedFollowed(statistics, of.relation, of.kind, { via: of.via }) : 0;
  const tried = followed + candidates * each;
  const left = leftBy(filter, kind, statistics, { via: of ? reversed(of.relation) : undefined });
  const fitting = all * left;
  const counted = isEverything(filter) ? 1 : 1 + tried;
  return { visits: ahead + (rows ? pageCost() : 0) + (totalCount ? counted : 0), fitting, length: pageLength(), tried };

  function pageLength(): number {
    if (!of || left === 0) return Math.min(fitting, size);
    return left * expectedFanOut(statistics, of.relation, of.kind, { via: of.via, most: size / left });
  }

  /** An index in the order of the list gives its first page without the rest. */
  function pageCost(): number {
    const isInOrder = isAhead && kind !== 'Entity' && isReadInOrder(statistics.ontology, order, kind);
    const rare = leftBy(filter, kind, statistics, { differ: true });
    if (isInOrder) return Math.min(candidates, (size + 1) / rare) * (each + PROPERTY);
    return 1 + tried + fitting * orderCost(order, kind, statistics);
  }
}
