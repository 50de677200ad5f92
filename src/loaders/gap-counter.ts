import DataLoader from 'dataloader';
import type { Graph } from '../graph/graph.ts';
import { countGaps, type Gap, type GapCount } from '../graph/reads/gaps.ts';

/** Counts gaps for one request: those requested at the same time share a statement. */
export interface GapCounter {
  /** @throws GraphError */
  count(gaps: readonly Gap[]): Promise<readonly GapCount[]>;
}

/** A counter for one request. */
export function createGapCounter(graph: Graph): GapCounter {
  const counts = new DataLoader<Gap, GapCount>((gaps) => countGaps(graph, gaps));
  return { count: (gaps) => Promise.all(gaps.map((gap) => counts.load(gap))) };
}
