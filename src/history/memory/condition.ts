import type { RelationReading } from '../../engine/graph/pattern.ts';
import {
  type Comparison,
  type Filter,
  type FilterCases,
  type FilterForms,
  foldFilter,
  type Hops,
  type Related,
  type TextMatch,
} from '../../engine/reads/filter.ts';
import { ConditionCache } from './condition-cache.ts';
import { compareValues, followed, valueIn } from './followed.ts';
import type { GraphSnapshot, SnapshotEntity, SnapshotForm, SnapshotRelation } from './graph-snapshot.ts';
import { sourcesOf } from './snapshot-sources.ts';

/** What a filter is about: an entity, or something that has properties alone. */
export interface FilterSubject {
  readonly form: SnapshotForm;
  readonly kind?: string;
  readonly slug?: string;
  /** The relation that leads to the entity. */
  readonly edge?: SnapshotRelation;
  /** The relation itself, where the filter is about one. */
  readonly relation?: SnapshotRelation;
}

/** Cypher's logic: `null` where nothing is known. */
type Truth = boolean | null;

const and = (parts: Iterable<Truth>): Truth => {
  let result: Truth = true;
  for (const part of parts) {
    if (part === false) return false;
    if (part === null) result = null;
  }
  return result;
};

const or = (parts: Iterable<Truth>): Truth => {
  let result: Truth = false;
  for (const part of parts) {
    if (part === true) return true;
    if (part === null) result = null;
  }
  return result;
};

const not = (truth: Truth): Truth => (truth === null ? null : !truth);

/** The entities that a relation reaches in a number of steps, each once. */
function reachedIn(
  graph: GraphSnapshot,
  slug: string,
  relation: RelationReading,
  { min, max }: Omit<Hops, 'kind'>,
  cache: ConditionCache,
): Iterable<SnapshotEntity> {
  const reached = new Map<string, SnapshotEntity>();
  let level = new Map<string, SnapshotEntity>();
  const start = graph.entity(slug);
  if (start) level.set(slug, start);
  const most = max ?? graph.count('Entity');
  for (let hop = 0; level.size > 0; hop += 1) {
    const before = reached.size;
    if (hop >= min) for (const [at, entity] of level) reached.set(at, entity);
    // Beyond the least number of steps, what adds nothing leads to nothing new.
    if (hop >= most || (hop > min && reached.size === before)) break;
    const next = new Map<string, SnapshotEntity>();
    for (const at of level.keys()) {
      for (const [, far] of followed(graph, at, relation)) {
        cache.step();
        next.set(far.slug, far);
      }
    }
    level = next;
  }
  return reached.values();
}

function* related(graph: GraphSnapshot, slug: string, { relation, filter, hops }: Related, cache: ConditionCache) {
  if (hops) {
    for (const far of reachedIn(graph, slug, relation, hops, cache))
      if (truth(filter, { graph, subject: far, negated: false, cache }) === true) yield far;
    return;
  }
  for (const [edge, far] of followed(graph, slug, relation)) {
    cache.step();
    if (truth(filter, { graph, subject: { ...far, edge }, negated: false, cache }) === true) yield far;
  }
}

/** How many related entities fit. */
export function countRelated(
  graph: GraphSnapshot,
  slug: string,
  wanted: Related,
  cache = new ConditionCache(),
): number {
  let count = 0;
  for (const _ of related(graph, slug, wanted, cache)) count += 1;
  return count;
}

/** Whether a filter holds, by the same logic as the predicate that Neo4j is given (`engine/reads/predicate`). */
export function fits(
  graph: GraphSnapshot,
  filter: Filter,
  subject: FilterSubject,
  edge: SnapshotRelation | null = null,
  cache = new ConditionCache(),
): boolean {
  cache.begin();
  return truth(filter, { graph, subject: edge ? { ...subject, edge } : subject, negated: false, cache }) === true;
}

/** What is asked of a filter: whether it holds of a subject, or its negation does. */
interface Asked {
  readonly graph: GraphSnapshot;
  readonly subject: FilterSubject;
  readonly negated: boolean;
  readonly cache: ConditionCache;
}

const truth = (filter: Filter, asked: Asked): Truth => foldFilter(filter, truths, asked);

function* truthOfEach(filters: readonly Filter[], asked: Asked): Generator<Truth> {
  for (const filter of filters) yield truth(filter, asked);
}

const turned = (holds: Truth, { negated }: Asked): Truth => (negated ? not(holds) : holds);

const slugOf = ({ subject }: Asked): string => subject.slug ?? '';

const once = (filter: Filter, asked: Asked, decide: () => boolean): Truth =>
  turned(asked.cache.once(filter, slugOf(asked), decide), asked);

/** Whether a list holds what is asked for. What is no list holds nothing. */
function ofList(list: unknown, holds: (list: readonly unknown[]) => boolean, asked: Asked): Truth {
  return turned(Array.isArray(list) && holds(list), asked);
}

const truths: FilterCases<Asked, Truth> = {
  all: ({ all }, asked) => (asked.negated ? or : and)(truthOfEach(all, asked)),
  any: ({ any }, asked) => (asked.negated ? and : or)(truthOfEach(any, asked)),
  not: (filter, asked) => truth(filter.not, { ...asked, negated: !asked.negated }),
  ahead: ({ ahead }, asked) => truth(ahead, asked),
  ofEdge({ ofEdge }, asked) {
    const { edge } = asked.subject;
    if (!edge) throw new Error('A condition on a relation stands where none leads.');
    return truth(ofEdge, { ...asked, subject: { form: edge.form, relation: edge } });
  },
  some: (filter, asked) =>
    once(filter, asked, () => related(asked.graph, slugOf(asked), filter, asked.cache).next().done !== true),
  count: (filter, asked) =>
    once(filter, asked, () =>
      compared(filter.count, countRelated(asked.graph, slugOf(asked), filter, asked.cache), filter.value),
    ),
  source: (filter, asked) => turned(isStated(filter, asked), asked),
  kinds: ({ kinds }, asked) => turned(kinds.includes(asked.subject.kind ?? ''), asked),
  reaches: (filter, asked) => once(filter, asked, () => reaches(asked.graph, slugOf(asked), filter, asked.cache)),
  items({ items, fit }, asked) {
    const parts = itemsOf(asked.subject, items).map((subject) => truth(fit, { ...asked, subject }));
    return (asked.negated ? and : or)(parts);
  },
  around: ({ around, metres }, asked) => turned(isNear(asked.subject, around, metres), asked),
  exists: ({ property, exists }, asked) => turned((valueIn(asked.subject, property) !== null) === exists, asked),
  has: ({ property, has }, asked) => ofList(valueIn(asked.subject, property), (list) => list.includes(has), asked),
  hasAny: ({ property, hasAny }, asked) =>
    ofList(valueIn(asked.subject, property), (list) => hasAny.some((one) => list.includes(one)), asked),
  // Absent values match `<>` and the negation of everything else.
  is({ property, is, value: wanted }, asked) {
    const value = valueIn(asked.subject, property);
    if (is === '<>') return value === null ? !asked.negated : turned(value !== wanted, asked);
    if (value === null) return asked.negated ? true : null;
    const holds = is === 'IN' ? (wanted as readonly unknown[]).includes(value) : matches(is, value, wanted);
    return turned(holds, asked);
  },
};

function matches(is: Comparison | TextMatch, value: unknown, wanted: unknown): boolean {
  if (is === 'CONTAINS') return String(value).includes(String(wanted));
  if (is === 'STARTS WITH') return String(value).startsWith(String(wanted));
  if (is === 'ENDS WITH') return String(value).endsWith(String(wanted));
  return compared(is, value, wanted);
}

/** Whether two values that are there compare so. */
export function compared(is: Comparison, value: unknown, wanted: unknown): boolean {
  if (is === '=') return value === wanted;
  if (is === '<>') return value !== wanted;
  const order = compareValues(value, wanted);
  if (is === '<') return order < 0;
  if (is === '<=') return order <= 0;
  return is === '>' ? order > 0 : order >= 0;
}

function reaches(
  graph: GraphSnapshot,
  slug: string,
  { reaches: relation, slug: wanted, depth }: FilterForms['reaches'],
  cache: ConditionCache,
): boolean {
  const reading = { relation, reading: 'FORWARD' } satisfies RelationReading;
  for (const one of reachedIn(graph, slug, reading, { min: 0, max: depth ?? null }, cache))
    if (one.slug === wanted) return true;
  return false;
}

/** Whether some source of a relation fits, or a number of them. */
function isStated({ source, number }: FilterForms['source'], { graph, subject, cache }: Asked): boolean {
  const { relation } = subject;
  if (!relation) throw new Error('A condition on sources stands where there is no relation.');
  const count = sourcesOf(graph, relation).filter(
    (one) => truth(source, { graph, subject: one, negated: false, cache }) === true,
  ).length;
  return number ? compared(number[0], count, number[1]) : count > 0;
}

/** The items of a list, put together from their fields, of which an empty text stands for nothing. */
function itemsOf(subject: FilterSubject, items: Readonly<Record<string, string>>): readonly FilterSubject[] {
  const lists = Object.entries(items).map(([field, list]) => [field, valueIn(subject, list)] as const);
  const [, first] = lists[0] ?? [];
  if (!Array.isArray(first)) return [];
  return first.map((_, index) => ({
    form: Object.fromEntries(
      lists.map(([field, list]) => {
        const value: unknown = Array.isArray(list) ? list[index] : null;
        return [field, value === '' ? null : value];
      }),
    ),
  }));
}

/** The radius of the Earth in metres with which Neo4j reckons. */
const EARTH = 6_378_140;

function isNear(
  subject: FilterSubject,
  { latitude, longitude }: { latitude: number; longitude: number },
  metres: number,
): Truth {
  const [own, across] = [valueIn(subject, 'latitude'), valueIn(subject, 'longitude')];
  if (typeof own !== 'number' || typeof across !== 'number') return null;
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (degrees: number) => Math.sin(radians(degrees) / 2) ** 2;
  const angle = half(latitude - own) + Math.cos(radians(own)) * Math.cos(radians(latitude)) * half(longitude - across);
  return 2 * EARTH * Math.atan2(Math.sqrt(angle), Math.sqrt(1 - angle)) <= metres;
}
