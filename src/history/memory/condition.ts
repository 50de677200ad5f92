import type { RelationReading } from '../../engine/graph/pattern.ts';
import type { Comparison, Filter, Hops, Related, TextMatch } from '../../engine/reads/filter.ts';
import { Decided } from './decided.ts';
import { compareValues, followed, valueIn } from './followed.ts';
import type { HeldEntity, HeldForm, HeldGraph, HeldRelation } from './held-graph.ts';
import { sourcesOf } from './held-sources.ts';

/** What a filter is about: an entity, or something that has properties alone. */
export interface Held {
  readonly form: HeldForm;
  readonly kind?: string;
  readonly slug?: string;
  /** The relation that leads to the entity. */
  readonly edge?: HeldRelation;
  /** The relation itself, where the filter is about one. */
  readonly relation?: HeldRelation;
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
  graph: HeldGraph,
  slug: string,
  relation: RelationReading,
  { min, max }: Omit<Hops, 'kind'>,
  decided: Decided,
): Iterable<HeldEntity> {
  const reached = new Map<string, HeldEntity>();
  let level = new Map<string, HeldEntity>();
  const start = graph.entity(slug);
  if (start) level.set(slug, start);
  const most = max ?? graph.count('Entity');
  for (let hop = 0; level.size > 0; hop += 1) {
    const before = reached.size;
    if (hop >= min) for (const [at, entity] of level) reached.set(at, entity);
    // Beyond the least number of steps, what adds nothing leads to nothing new.
    if (hop >= most || (hop > min && reached.size === before)) break;
    const next = new Map<string, HeldEntity>();
    for (const at of level.keys()) {
      for (const [, far] of followed(graph, at, relation)) {
        decided.step();
        next.set(far.slug, far);
      }
    }
    level = next;
  }
  return reached.values();
}

function* related(graph: HeldGraph, slug: string, { relation, filter, hops }: Related, decided: Decided) {
  if (hops) {
    for (const far of reachedIn(graph, slug, relation, hops, decided))
      if (truth(graph, filter, far, false, decided) === true) yield far;
    return;
  }
  for (const [edge, far] of followed(graph, slug, relation)) {
    decided.step();
    if (truth(graph, filter, { ...far, edge }, false, decided) === true) yield far;
  }
}

/** How many related entities fit. */
export function countRelated(graph: HeldGraph, slug: string, wanted: Related, decided = new Decided()): number {
  let count = 0;
  for (const _ of related(graph, slug, wanted, decided)) count += 1;
  return count;
}

/** Whether a filter holds, by the same logic as the predicate that Neo4j is given (`engine/reads/filter`). */
export function fits(
  graph: HeldGraph,
  filter: Filter,
  held: Held,
  edge: HeldRelation | null = null,
  decided = new Decided(),
): boolean {
  decided.begin();
  return truth(graph, filter, edge ? { ...held, edge } : held, false, decided) === true;
}

function* truths(
  graph: HeldGraph,
  filters: readonly Filter[],
  held: Held,
  negated: boolean,
  decided: Decided,
): Generator<Truth> {
  for (const filter of filters) yield truth(graph, filter, held, negated, decided);
}

function truth(graph: HeldGraph, filter: Filter, held: Held, negated: boolean, decided: Decided): Truth {
  if ('all' in filter) {
    const parts = truths(graph, filter.all, held, negated, decided);
    return negated ? or(parts) : and(parts);
  }
  if ('any' in filter) {
    const parts = truths(graph, filter.any, held, negated, decided);
    return negated ? and(parts) : or(parts);
  }
  if ('not' in filter) return truth(graph, filter.not, held, !negated, decided);
  if ('ahead' in filter) return truth(graph, filter.ahead, held, negated, decided);
  if ('ofEdge' in filter) {
    if (!held.edge) throw new Error('A condition on a relation stands where none leads.');
    return truth(graph, filter.ofEdge, { form: held.edge.form, relation: held.edge }, negated, decided);
  }
  const turned = (holds: Truth) => (negated ? not(holds) : holds);
  const slug = held.slug ?? '';
  const once = (decide: () => boolean) => turned(decided.once(filter, slug, decide));
  if ('some' in filter) return once(() => related(graph, slug, filter, decided).next().done !== true);
  if ('count' in filter)
    return once(() => compared(filter.count, countRelated(graph, slug, filter, decided), filter.value));
  if ('source' in filter) return turned(isStated(graph, filter, held, decided));
  if ('kinds' in filter) return turned(filter.kinds.includes(held.kind ?? ''));
  if ('reaches' in filter) return once(() => reaches(graph, slug, filter, decided));
  if ('items' in filter) {
    const parts = itemsOf(held, filter.items).map((item) => truth(graph, filter.fit, item, negated, decided));
    return negated ? and(parts) : or(parts);
  }
  if ('around' in filter) return turned(isNear(held, filter.around, filter.metres));
  const value = valueIn(held, filter.property);
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
  graph: HeldGraph,
  slug: string,
  { reaches: relation, slug: wanted, depth }: Extract<Filter, { readonly reaches: string }>,
  decided: Decided,
): boolean {
  const reading = { relation, reading: 'FORWARD' } satisfies RelationReading;
  for (const one of reachedIn(graph, slug, reading, { min: 0, max: depth ?? null }, decided))
    if (one.slug === wanted) return true;
  return false;
}

/** Whether some source of a relation fits, or a number of them. */
function isStated(
  graph: HeldGraph,
  { source, number }: Extract<Filter, { readonly source: Filter }>,
  { relation }: Held,
  decided: Decided,
): boolean {
  if (!relation) throw new Error('A condition on sources stands where there is no relation.');
  const count = sourcesOf(graph, relation).filter((one) => truth(graph, source, one, false, decided) === true).length;
  return number ? compared(number[0], count, number[1]) : count > 0;
}

/** The items of a list, put together from their fields, of which an empty text stands for nothing. */
function itemsOf(held: Held, items: Readonly<Record<string, string>>): readonly Held[] {
  const lists = Object.entries(items).map(([field, list]) => [field, valueIn(held, list)] as const);
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

function isNear(held: Held, { latitude, longitude }: { latitude: number; longitude: number }, metres: number): Truth {
  const [own, across] = [valueIn(held, 'latitude'), valueIn(held, 'longitude')];
  if (typeof own !== 'number' || typeof across !== 'number') return null;
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (degrees: number) => Math.sin(radians(degrees) / 2) ** 2;
  const angle = half(latitude - own) + Math.cos(radians(own)) * Math.cos(radians(latitude)) * half(longitude - across);
  return 2 * EARTH * Math.atan2(Math.sqrt(angle), Math.sqrt(1 - angle)) <= metres;
}
