import type { OrderKey, Page, Scalar } from '../../engine/reads/plan.ts';
import { countRelated } from './condition.ts';
import type { ConditionCache } from './condition-cache.ts';
import { compareValues, followed, valueIn } from './followed.ts';
import type { GraphSnapshot, Listed } from './graph-snapshot.ts';

/** An entity with the values that it is sorted by, and what leads to it. */
export interface Sorted<Item> {
  readonly item: Item;
  readonly keys: readonly Scalar[];
}

function keyOf(graph: GraphSnapshot, { entity, edge }: Listed, { by }: OrderKey, cache: ConditionCache): Scalar {
  if ('ofEdge' in by) return edge && (valueIn(edge, by.ofEdge) as Scalar);
  if ('count' in by) return countRelated(graph, entity.slug, by.count, cache);
  if ('of' in by) {
    const [first] = followed(graph, entity.slug, by.of);
    return first ? (valueIn(first[1], by.property) as Scalar) : null;
  }
  return valueIn(entity, by.property) as Scalar;
}

/** The values of an entity in an order. */
export const keysOf = (
  graph: GraphSnapshot,
  listed: Listed,
  order: readonly OrderKey[],
  cache: ConditionCache,
): readonly Scalar[] => order.map((key) => keyOf(graph, listed, key, cache));

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

/** The entities of a page, chosen while all that fit come by: no more of them are in memory than the page has. */
export class PageFound<Item> {
  readonly #order: readonly OrderKey[];
  readonly #page: Page;
  readonly #most: number;
  /** In their order, or against it where the page is read backwards. */
  readonly #sorted: Sorted<Item>[] = [];
  /** Whether one came by that lies before the page, as `after` has it, or behind it, as `before` has it. */
  hasEarlier = false;
  hasLater = false;

  /** @param peeks whether it has one more than the size of the page, which tells that there are more */
  constructor(order: readonly OrderKey[], page: Page, peeks: boolean) {
    this.#order = order;
    this.#page = page;
    this.#most = page.size + (peeks ? 1 : 0);
  }

  add(item: Item, keys: readonly Scalar[]): void {
    const { after, before } = this.#page;
    const isEarlier = after !== null && compareKeys(this.#order, keys, after) <= 0;
    const isLater = before !== null && compareKeys(this.#order, keys, before) >= 0;
    this.hasEarlier ||= isEarlier;
    this.hasLater ||= isLater;
    if (isEarlier || isLater) return;
    const place = this.#placeOf(keys);
    if (place >= this.#most) return;
    this.#sorted.splice(place, 0, { item, keys });
    if (this.#sorted.length > this.#most) this.#sorted.pop();
  }

  get items(): readonly Sorted<Item>[] {
    return this.#sorted;
  }

  /** After those that come before it, or that are equal to it. */
  #placeOf(keys: readonly Scalar[]): number {
    const turned = this.#page.backward ? -1 : 1;
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#sorted[middle]?.keys ?? [];
      if (turned * compareKeys(this.#order, other, keys) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
