import type { OrderKey, Page, Scalar } from '../reads/plan.ts';
import { countRelated } from './condition.ts';
import type { Decided } from './decided.ts';
import { compareValues, followed, valueIn } from './followed.ts';
import type { HeldGraph, Listed } from './held-graph.ts';

/** An entity with the values that it is sorted by, and what leads to it. */
export interface Sorted<Item> {
  readonly item: Item;
  readonly keys: readonly Scalar[];
}

function keyOf(graph: HeldGraph, { entity, edge }: Listed, { by }: OrderKey, decided: Decided): Scalar {
  if ('ofEdge' in by) return edge && (valueIn(edge, by.ofEdge) as Scalar);
  if ('count' in by) return countRelated(graph, entity.slug, by.count, decided);
  if ('of' in by) {
    const [first] = followed(graph, entity.slug, by.of);
    return first ? (valueIn(first[1], by.property) as Scalar) : null;
  }
  return valueIn(entity, by.property) as Scalar;
}

/** The values of an entity in an order. */
export const keysOf = (
  graph: HeldGraph,
  listed: Listed,
  order: readonly OrderKey[],
  decided: Decided,
): readonly Scalar[] => order.map((key) => keyOf(graph, listed, key, decided));

/** Compares two entities in the order in which a list is read: what lacks a value comes last. */
export function compareKeys(order: readonly OrderKey[], left: readonly Scalar[], right: readonly Scalar[]): number {
  for (const [index, { descending }] of order.entries()) {
    const [one, other] = [left[index] ?? null, right[index] ?? null];
    if (one === null || other === null) {
      if (one !== other) return one === null ? 1 : -1;
      continue;
    }
    const compared = compareValues(one, other);
    if (compared !== 0) return descending ? -compared : compared;
  }
  return 0;
}

const isWithin = (order: readonly OrderKey[], { after, before }: Page, keys: readonly Scalar[]) =>
  (after === null || compareKeys(order, keys, after) > 0) && (before === null || compareKeys(order, keys, before) < 0);

/** The first of a page, from its end where it is read backwards, and one more where that is asked for. */
export function pageOf<Item>(
  found: readonly Sorted<Item>[],
  order: readonly OrderKey[],
  page: Page,
  peeks: boolean,
): readonly Sorted<Item>[] {
  const sorted = found
    .filter(({ keys }) => isWithin(order, page, keys))
    .sort((left, right) => compareKeys(order, left.keys, right.keys));
  const most = page.size + (peeks ? 1 : 0);
  return page.backward ? sorted.reverse().slice(0, most) : sorted.slice(0, most);
}
