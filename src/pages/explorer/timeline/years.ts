import { inWords } from '../../drawing/words.ts';
import type { Dated } from '../settings/dates.ts';
import { datedBy } from '../settings/dates.ts';
import { propertyOf } from '../settings/known.ts';
import { isHighlighted } from '../settings/standing.ts';
import { roundStep } from './round-step.ts';

/** An entity with its known dates. */
export type DatedEntity = {
  readonly __typename: string;
  readonly slug: string;
  readonly name: string;
  readonly nameZh?: string | null;
} & Readonly<Record<string, unknown>>;

/** Year of an entity, and the basis of that year. */
export function startOf(entity: DatedEntity): (Dated & { readonly basisInWords: string }) | undefined {
  const date = datedBy(entity);
  if (!date) return undefined;
  const basis = date.basis === null ? undefined : propertyOf(entity, date.basis);
  const more = typeof basis === 'string' ? `, ${inWords(basis)}` : '';
  return { ...date, basisInWords: `${date.words}${more}` };
}

export interface YearCount {
  readonly year: number;
  /** The last year that is counted with it. */
  readonly until: number;
  readonly highlighted: number;
  readonly others: number;
}

/** Maximum number of bars side by side. */
const BARS = 80;

/** Minimum width of a bar that a finger hits, in pixels. */
const NARROWEST = 24;

/** Number of years that one bar counts, so that the bars of a long time, or in little room, are not too narrow. */
export function yearsOfBar(since: number, until: number, room = Number.POSITIVE_INFINITY): number {
  const most = Math.min(BARS, room / NARROWEST);
  return roundStep((until - since + 1) / most);
}

/**
 * Number of entities by year, or by several years, those that stand out and all others separately. Those without a year are
 * left out.
 */
export function countByYear(
  entities: readonly DatedEntity[],
  since: number,
  until: number,
  size = 1,
): readonly YearCount[] {
  return Array.from({ length: Math.max(0, Math.ceil((until - since + 1) / size)) }, (_, index) => {
    const year = since + index * size;
    const those = entities.filter((entity) => {
      const start = startOf(entity)?.year;
      return start !== undefined && start >= year && start < year + size;
    });
    const highlighted = those.filter(isHighlighted).length;
    return { year, until: Math.min(until, year + size - 1), highlighted, others: those.length - highlighted };
  });
}

/** Cumulative number of entities by the end of each year in which there are more. Those without a year are left out. */
export function heldByYear(
  entities: readonly DatedEntity[],
): readonly { readonly year: number; readonly count: number }[] {
  const years = entities.flatMap((entity) => startOf(entity)?.year ?? []).sort((one, other) => one - other);
  return years.flatMap((year, index) => (years[index + 1] === year ? [] : [{ year, count: index + 1 }]));
}

/** A partial date as a fractional year; a date without month is in the middle of its year. */
export function yearAt(date: string): number {
  const [year = '0', month, day] = date.split('-');
  if (month === undefined) return Number(year) + 0.5;
  const days = day === undefined ? 15 : Number(day);
  return Number(year) + (Number(month) - 1) / 12 + (days - 1) / 372;
}
