/** Takes one of each list in turn, until all are empty. */
export function* interleave<Item>(lists: readonly Iterable<Item>[]): Generator<Item, void, undefined> {
  let running: readonly Iterator<Item>[] = lists.map((list) => list[Symbol.iterator]());
  while (running.length > 0) {
    const next: Iterator<Item>[] = [];
    for (const list of running) {
      const step = list.next();
      if (step.done) continue;
      yield step.value;
      next.push(list);
    }
    running = next;
  }
}
