import DataLoader from 'dataloader';
import type { Gap, GapCount } from '../../engine/reads/gaps.ts';

/** Counts gaps for one request: those requested at the same time are counted together. */
export interface GapCounter {
  /** @throws GraphError */
  count(gaps: readonly Gap[]): Promise<readonly GapCount[]>;
}

/** A counter for one request. */
export function createGapCounter(countAll: GapCounter['count']): GapCounter {
  const counts = new DataLoader<Gap, GapCount>(countAll);
  return { count: (gaps) => Promise.all(gaps.map((gap) => counts.load(gap))) };
}
