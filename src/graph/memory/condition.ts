import type { RelationReading } from '../pattern.ts';
import type { Comparison, Filter, Related, TextMatch } from '../reads/filter.ts';
import { byCodePoints } from './code-points.ts';
import type { HeldEntity, HeldForm, HeldGraph, HeldRelation } from './held-graph.ts';

/** What a filter is about: an entity, or something that has properties alone. */
export interface Held {
  readonly form: HeldForm;
  readonly kind?: string;
  readonly slug?: string;
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

/** A property, `null` if it is absent. */
export const valueIn = ({ form }: Pick<Held, 'form'>, property: string): unknown =>
  Object.hasOwn(form, property) ? (form[property] ?? null) : null;

/** Order of two values of one type as Neo4j has it: texts by their code points. */
export function compareValues(left: unknown, right: unknown): number {
  if (typeof left === 'string' && typeof right === 'string') return byCodePoints(left, right);
  return Number(left) - Number(right);
}

/** The relations of an entity that a reading follows, each with its far end. */
export function* followed(
  graph: HeldGraph,
  slug: string,
  { relation, reading }: RelationReading,
): Generator<readonly [edge: HeldRelation, far: HeldEntity]> {
  if (reading !== 'BACKWARD') {
    for (const edge of graph.relationsAt(slug, relation, 'from')) {
      const far = graph.entity(edge.to);
      if (far) yield [edge, far];
    }
  }
  if (reading === 'FORWARD') return;
  for (const edge of graph.relationsAt(slug, relation, 'to')) {
    // A relation of an entity with itself is one, from whichever end it is read.
    if (reading === 'BOTH' && edge.from === edge.to) continue;
    const far = graph.entity(edge.from);
    if (far) yield [edge, far];
  }
}

function* related(graph: HeldGraph, slug: string, { relation, filter, edge }: Related) {
  for (const [by, far] of followed(graph, slug, relation)) {
    if (fits(graph, edge, { form: by.form }) && fits(graph, filter, far)) yield far;
  }
}

/** How many related entities fit. */
export function countRelated(graph: HeldGraph, slug: string, wanted: Related): number {
  let count = 0;
  for (const _ of related(graph, slug, wanted)) count += 1;
  return count;
}

/** Whether a filter holds, by the same logic as the predicate that Neo4j is given (`graph/reads/filter`). */
export const fits = (graph: HeldGraph, filter: Filter, held: Held): boolean =>
  truth(graph, filter, held, false) === true;

function* truths(graph: HeldGraph, filters: readonly Filter[], held: Held, negated: boolean): Generator<Truth> {
  for (const filter of filters) yield truth(graph, filter, held, negated);
}

function truth(graph: HeldGraph, filter: Filter, held: Held, negated: boolean): Truth {
  if ('all' in filter) {
    const parts = truths(graph, filter.all, held, negated);
    return negated ? or(parts) : and(parts);
  }
  if ('any' in filter) {
    const parts = truths(graph, filter.any, held, negated);
    return negated ? and(parts) : or(parts);
  }
  if ('not' in filter) return truth(graph, filter.not, held, !negated);
  const turned = (holds: Truth) => (negated ? not(holds) : holds);
  const slug = held.slug ?? '';
  if ('some' in filter) return turned(related(graph, slug, filter).next().done !== true);
  if ('count' in filter) return turned(compared(filter.count, countRelated(graph, slug, filter), filter.value));
  if ('kinds' in filter) return turned(filter.kinds.includes(held.kind ?? ''));
  if ('reaches' in filter) return turned(reaches(graph, slug, filter));
  if ('items' in filter)
    return turned(or(itemsOf(held, filter.items).map((item) => truth(graph, filter.fit, item, false))));
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

function compared(is: Comparison, value: unknown, wanted: unknown): boolean {
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
  { reaches: relation, slug: wanted }: Extract<Filter, { readonly reaches: string }>,
): boolean {
  const seen = new Set([slug]);
  for (const one of seen) {
    if (one === wanted) return true;
    for (const { to } of graph.relationsAt(one, relation, 'from')) seen.add(to);
  }
  return false;
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
