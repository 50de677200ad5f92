import { getOrInsert } from '../../ontology/get-or-insert.ts';

type Link = readonly [from: string, to: string];

/**
 * The nodes of a cycle among links, from the first in the order of their names, with that one again at the end; `undefined`
 * if there is none.
 */
export async function findCycle(links: AsyncIterable<Link> | Iterable<Link>): Promise<readonly string[] | undefined> {
  const targets = new Map<string, string[]>();
  for await (const [from, to] of links) {
    getOrInsert(targets, from, () => []).push(to);
  }
  const done = new Set<string>();
  for (const start of targets.keys()) {
    const cycle = cycleFrom(start, targets, done);
    if (cycle) return fromFirst(cycle);
  }
  return undefined;
}

/** Links come in any order, and the same cycle is always told in the same way. */
function fromFirst(nodes: readonly string[]): readonly string[] {
  const [first = ''] = nodes.toSorted();
  const at = nodes.indexOf(first);
  return [...nodes.slice(at), ...nodes.slice(0, at), first];
}

/** The nodes of a cycle that a node leads to. Follows links depth first, without recursion: chains may be long. */
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
      return nodes.slice(nodes.indexOf(target));
    }
    if (done.has(target)) continue;
    onPath.add(target);
    path.push({ node: target, next: 0 });
  }
  return undefined;
}
