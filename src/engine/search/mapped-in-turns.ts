import { setImmediate as giveWay } from 'node:timers/promises';

/** Milliseconds of work after which others have their turn. */
const TURN = 10;

/** Maps items one after the other. Long work is done in turns with that of others. */
export async function mappedInTurns<Item, Result>(
  items: readonly Item[],
  map: (item: Item) => Result,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let begun = performance.now();
  for (const item of items) {
    if (performance.now() - begun > TURN) {
      await giveWay();
      begun = performance.now();
    }
    results.push(map(item));
  }
  return results;
}
