import type { Scalar } from '../../engine/reads/plan.ts';
import { compareValues } from './followed.ts';

/** The percentile of numbers, interpolated between the two nearest as Cypher's `percentileCont` does; `null` of none. */
export function percentileOf(values: readonly number[], at: number): number | null {
  const sorted = values.toSorted((left, right) => left - right);
  const place = at * (sorted.length - 1);
  const [floor, ceiling] = [Math.floor(place), Math.ceil(place)];
  const [below, above] = [sorted[floor], sorted[ceiling]];
  if (below === undefined || above === undefined) return null;
  return floor === ceiling ? below : below * (ceiling - place) + above * (place - floor);
}

const sumOf = (values: readonly Scalar[]): number => values.reduce<number>((sum, value) => sum + Number(value), 0);

/** An aggregate of values as Cypher computes it: absent ones do not count, and of none all but the sum are absent. */
export function aggregateOf(aggregate: 'MIN' | 'MAX' | 'SUM' | 'AVG' | 'MEDIAN', values: readonly Scalar[]): Scalar {
  const present = values.filter((value) => value !== null);
  if (aggregate === 'SUM') return sumOf(present);
  const [first, ...others] = present;
  if (first === undefined) return null;
  if (aggregate === 'AVG') return sumOf(present) / present.length;
  if (aggregate === 'MEDIAN') return percentileOf(present.map(Number), 0.5);
  return others.reduce((best, value) => {
    const compared = compareValues(value, best);
    return (aggregate === 'MIN' ? compared < 0 : compared > 0) ? value : best;
  }, first);
}
