type Link = readonly [from: string, to: string];

/** The nodes of a cycle among links, in order, with the first one again at the end; `undefined` if there is none. */
export async function findCycle(links: AsyncIterable<Link> | Iterable<Link>): Promise<readonly string[] | undefined> {
  const targets = new Map<string, string[]>();
  for await (const [from, to] of links) {
    const known = targets.get(from);
    if (known) known.push(to);
    else targets.set(from, [to]);
  }
  const done = new Set<string>();
  for (const start of targets.keys()) {
    const cycle = cycleFrom(start, targets, done);
    if (cycle) return cycle;
  }
  return undefined;
}

/** Follows links depth first, without recursion: chains may be long. */
function cycleFrom(
  start: string,
  targets: ReadonlyMap<string, readonly string[]>,
  done: Set<string>,
): readonly string[] | undefined {
  const path: { readonly node: string; next: number }[] = [{ node: start, next: 0 }];
  const onPath = new Set([start]);
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const target = done.has(top.node) ? undefined : targets.get(top.node)?.[top.next];
    if (target === undefined) {
      done.add(top.node);
      onPath.delete(top.node);
      path.pop();
      continue;
    }
    top.next += 1;
    if (onPath.has(target)) {
      const nodes = path.map(({ node }) => node);
      return [...nodes.slice(nodes.indexOf(target)), target];
    }
    if (done.has(target)) continue;
    onPath.add(target);
    path.push({ node: target, next: 0 });
  }
  return undefined;
}
