import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Statistics } from '../graph/statistics.ts';

/** Plans are pure: the same selection with the same variables, under the same statistics, gives the same one. */
const KEPT_PLANS = 2_000;

interface Kept {
  readonly statistics: Statistics;
  readonly plan: object;
}

const kept = new LRUCache<string, Kept>({ max: KEPT_PLANS });

/** Documents are parsed once per text, so a node stands for its place in one text. */
const numbers = new WeakMap<FieldNode, number>();
let nodes = 0;

function numberOf(node: FieldNode): number {
  const known = numbers.get(node);
  if (known !== undefined) return known;
  nodes += 1;
  numbers.set(node, nodes);
  return nodes;
}

/**
 * The plan of a field's selection, made anew only where it was not made before. With it the compiled statement is found
 * again, which is kept beside the plan. It spares 0.1 to 0.2 ms of a request of about 2.
 *
 * @param purpose tells plans of one selection apart
 */
export function planOnce<Plan extends object>(
  { fieldNodes, variableValues }: GraphQLResolveInfo,
  statistics: Statistics,
  purpose: string,
  make: () => Plan,
): Plan {
  const [node] = fieldNodes;
  if (!node) return make();
  const key = `${numberOf(node)} ${purpose} ${JSON.stringify(variableValues)}`;
  const found = kept.get(key);
  if (found?.statistics === statistics) return found.plan as Plan;
  const plan = make();
  kept.set(key, { statistics, plan });
  return plan;
}
