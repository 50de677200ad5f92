import type { Held } from './held.ts';
import { roundStep } from './round-step.ts';
import { startOf, yearsOfBar } from './years.ts';

/** Room beside the bands of the chart, in pixels. */
export const LEFT = 34;
export const RIGHT = 14;

/** The time axis of the chart. */
export interface Axis {
  readonly since: number;
  readonly until: number;
  readonly width: number;
  /** Horizontal position of a point in time, in pixels. */
  readonly x: (year: number) => number;
  readonly yearWidth: number;
  /** Number of years that one bar counts. */
  readonly barYears: number;
}

/** Number of years from one label of an axis to the next. */
function yearsApart({ yearWidth }: Axis): number {
  if (yearWidth >= 34) return 1;
  return [2, 4].find((step) => step * yearWidth >= 36) ?? Math.max(10, roundStep(36 / yearWidth));
}

/** The years that are labels of an axis: up to the last, and round ones where there are many. */
export function labelsOf(axis: Axis): readonly number[] {
  const { since, until } = axis;
  const each = yearsApart(axis);
  const first = each < 10 ? until - Math.floor((until - since) / each) * each : Math.ceil(since / each) * each;
  return Array.from({ length: Math.floor((until - first) / each) + 1 }, (_, index) => first + index * each);
}

/** An axis with room for all entities of the chart. */
export function axisOf({ bars, dots, figures }: Held, width: number): Axis {
  const years = [
    ...bars.flatMap(({ entities }) => entities.flatMap((entity) => startOf(entity)?.year ?? [])),
    ...[...dots, ...figures].flatMap(({ date }) => (date ? [Number(date.slice(0, 4))] : [])),
  ];
  const now = new Date().getFullYear();
  const [first, last] = years.length > 0 ? [Math.min(...years), Math.max(...years)] : [now - 12, now];
  // Bars of several years begin with round years.
  const barYears = yearsOfBar(first, last, width - LEFT - RIGHT);
  const since = Math.floor(first / barYears) * barYears;
  const until = since + Math.ceil((last + 1 - since) / barYears) * barYears - 1;
  const yearWidth = (width - LEFT - RIGHT) / (until + 1 - since);
  return { since, until, width, yearWidth, barYears, x: (year) => LEFT + (year - since) * yearWidth };
}
