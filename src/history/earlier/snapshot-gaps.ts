import { everything } from '../../engine/reads/filter.ts';
import type { Gap, GapCount } from '../../engine/reads/gaps.ts';
import type { Pace } from '../memory/answer-plan.ts';
import { fits } from '../memory/condition.ts';
import { ConditionCache } from '../memory/condition-cache.ts';
import type { GraphSnapshot } from '../memory/graph-snapshot.ts';
import { stepsOf } from './in-turns.ts';

/** Counts gaps in a state of the graph, in the order of the gaps: each kind is visited once. @throws GraphError TIMEOUT, CANCELLED */
export async function snapshotGapCounts(
  graph: GraphSnapshot,
  gaps: readonly Gap[],
  pace: Pace,
): Promise<readonly GapCount[]> {
  const step = stepsOf(pace);
  const cache = new ConditionCache();
  const counts = gaps.map((gap) => ({ gap, count: 0, of: 0 }));
  for (const kind of new Set(gaps.map((gap) => gap.kind))) {
    const ofKind = counts.filter(({ gap }) => gap.kind === kind);
    for (const entity of graph.entities(kind)) {
      for (const counted of ofKind) {
        const { filter, among = everything } = counted.gap;
        if (!fits(graph, among, entity, null, cache)) continue;
        counted.of += 1;
        if (fits(graph, filter, entity, null, cache)) counted.count += 1;
      }
      await step();
    }
  }
  return counts.map(({ count, of }) => ({ count, of }));
}
