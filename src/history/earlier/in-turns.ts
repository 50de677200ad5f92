import type { Pace } from '../memory/answer-plan.ts';

/** Steps between two turns of others. */
const BETWEEN_TURNS = 50;

/** Counts the steps of one question, and lets others have their turn after some. @throws GraphError TIMEOUT, CANCELLED */
export function stepsOf(pace: Pace): () => Promise<void> | undefined {
  let steps = 0;
  return () => {
    steps += 1;
    return steps % BETWEEN_TURNS === 0 ? pace() : undefined;
  };
}

/** The first of many items by a total order, in that order. No more are in memory at once. */
export class FirstInOrder<Item> {
  readonly #compare: (left: Item, right: Item) => number;
  readonly #size: number;
  readonly items: Item[] = [];

  constructor(compare: (left: Item, right: Item) => number, size: number) {
    this.#compare = compare;
    this.#size = size;
  }

  add(item: Item): void {
    const { items } = this;
    const last = items[this.#size - 1];
    if (this.#size === 0 || (last !== undefined && this.#compare(item, last) >= 0)) return;
    let [from, to] = [0, items.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.#compare(item, items[middle] as Item) < 0) to = middle;
      else from = middle + 1;
    }
    items.splice(from, 0, item);
    if (items.length > this.#size) items.pop();
  }
}

/** The first of many items, while others have their turns. @throws GraphError TIMEOUT, CANCELLED */
export async function firstInOrder<Item>(
  items: Iterable<Item>,
  compare: (left: Item, right: Item) => number,
  size: number,
  pace: Pace,
): Promise<readonly Item[]> {
  const step = stepsOf(pace);
  const first = new FirstInOrder(compare, size);
  for (const item of items) {
    await step();
    first.add(item);
  }
  return first.items;
}
