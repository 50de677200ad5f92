import type { RelationReading } from '../../engine/graph/pattern.ts';
import type { Comparison, Filter, Hops, Related, TextMatch } from '../../engine/reads/filter.ts';
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
      if (truth(graph, filter, far, false, cache) === true) yield far;
    return;
  }
  for (const [edge, far] of followed(graph, slug, relation)) {
    cache.step();
    if (truth(graph, filter, { ...far, edge }, false, cache) === true) yield far;
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

/** Whether a filter holds, by the same logic as the predicate that Neo4j is given (`engine/reads/filter`). */
export function fits(
  graph: GraphSnapshot,
  filter: Filter,
  subject: FilterSubject,
  edge: SnapshotRelation | null = null,
  cache = new ConditionCache(),
): boolean {
  cache.begin();
  return truth(graph, filter, edge ? { ...subject, edge } : subject, false, cache) === true;
}

function* truths(
  graph: GraphSnapshot,
  filters: readonly Filter[],
  subject: FilterSubject,
  negated: boolean,
  cache: ConditionCache,
): Generator<Truth> {
  for (const filter of filters) yield truth(graph, filter, subject, negated, cache);
}

function truth(
  graph: GraphSnapshot,
  filter: Filter,
  subject: FilterSubject,
  negated: boolean,
  cache: ConditionCache,
): Truth {
  if ('all' in filter) {
    const parts = truths(graph, filter.all, subject, negated, cache);
    return negated ? or(parts) : and(parts);
  }
  if ('any' in filter) {
    const parts = truths(graph, filter.any, subject, negated, cache);
    return negated ? and(parts) : or(parts);
  }
  if ('not' in filter) return truth(graph, filter.not, subject, !negated, cache);
  if ('ahead' in filter) return truth(graph, filter.ahead, subject, negated, cache);
  if ('ofEdge' in filter) {
    if (!subject.edge) throw new Error('A condition on a relation stands where none leads.');
    return truth(graph, filter.ofEdge, { form: subject.edge.form, relation: subject.edge }, negated, cache);
  }
  const turned = (holds: Truth) => (negated ? not(holds) : holds);
  const slug = subject.slug ?? '';
  const once = (decide: () => boolean) => turned(cache.once(filter, slug, decide));
  if ('some' in filter) return once(() => related(graph, slug, filter, cache).next().done !== true);
  if ('count' in filter)
    return once(() => compared(filter.count, countRelated(graph, slug, filter, cache), filter.value));
  if ('source' in filter) return turned(isStated(graph, filter, subject, cache));
  if ('kinds' in filter) return turned(filter.kinds.includes(subject.kind ?? ''));
  if ('reaches' in filter) return once(() => reaches(graph, slug, filter, cache));
  if ('items' in filter) {
    const parts = itemsOf(subject, filter.items).map((item) => truth(graph, filter.fit, item, negated, cache));
    return negated ? and(parts) : or(parts);
  }
  if ('around' in filter) return turned(isNear(subject, filter.around, filter.metres));
  const value = valueIn(subject, filter.property);
  if ('exists' in filter) return turned((value !== null) === filter.exists);
  if ('has' in filter) return Array.isArray(value) ? turned(value.includes(filter.has)) : negated;
  if ('hasAny' in filter) {
    return Array.isArray(value) ? turned(filter.hasAny.some((one) => value.includes(one))) : negated;
  }
  // Absent values match `<>` and the negation of everything else.
  if (filter.is === '<>') return value === null ? !negated : turned(value !== filter.value);
  if (value === null) return negated ? true : null;
  return turned(
    filter.is === 'IN' ? (filter.value as readonly unknown[]).includes(value) : matches(filter.is, value, filter.value),
  );
}

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
  { reaches: relation, slug: wanted, depth }: Extract<Filter, { readonly reaches: string }>,
  cache: ConditionCache,
): boolean {
  const reading = { relation, reading: 'FORWARD' } satisfies RelationReading;
  for (const one of reachedIn(graph, slug, reading, { min: 0, max: depth ?? null }, cache))
    if (one.slug === wanted) return true;
  return false;
}

/** Whether some source of a relation fits, or a number of them. */
function isStated(
  graph: GraphSnapshot,
  { source, number }: Extract<Filter, { readonly source: Filter }>,
  { relation }: FilterSubject,
  cache: ConditionCache,
): boolean {
  if (!relation) throw new Error('A condition on sources stands where there is no relation.');
  const count = sourcesOf(graph, relation).filter((one) => truth(graph, source, one, false, cache) === true).length;
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
