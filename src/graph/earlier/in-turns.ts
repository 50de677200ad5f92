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

/** The first of many items by a total order, in that order. No more are in memory at once, and others have their turns. */
export async function firstInOrder<Item>(
  items: Iterable<Item>,
  compare: (left: Item, right: Item) => number,
  size: number,
  pace: Pace,
): Promise<readonly Item[]> {
  const step = stepsOf(pace);
  const first: Item[] = [];
  for (const item of items) {
    await step();
    const last = first[size - 1];
    if (size === 0 || (last !== undefined && compare(item, last) >= 0)) continue;
    let [from, to] = [0, first.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (compare(item, first[middle] as Item) < 0) to = middle;
      else from = middle + 1;
    }
    first.splice(from, 0, item);
    if (first.length > size) first.pop();
  }
  return first;
}
