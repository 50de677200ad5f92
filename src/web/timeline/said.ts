import { capitalized } from '../../drawing/words.ts';
import { isHighlighted } from '../settings/standing.ts';
import type { Bars } from './held.ts';
import { startOf } from './years.ts';

/** Whether all entities are counted, or those that stand out. */
export function choiceOf({ names, field }: Bars, measure: string | undefined) {
  const { highlight } = names;
  return { highlight, isAll: highlight === null || measure === field };
}

/** The entities that are counted, in words: `signed books`. */
export function wordsOf(bars: Bars, measure: string | undefined): string {
  const { highlight, isAll } = choiceOf(bars, measure);
  return highlight && !isAll ? `${highlight.word} ${bars.names.full}` : bars.names.full;
}

/** Title of a band. */
export function titleOfBars(bars: Bars, measure: string | undefined): string {
  const { highlight, isAll } = choiceOf(bars, measure);
  return capitalized(highlight && isAll ? `all ${bars.names.full}` : wordsOf(bars, measure));
}

/** What the bars of a band stand for: `by year`, `by decade (year of birth)`. */
export function measuredBy({ names: { dates } }: Bars, years: number): string {
  const by = years === 1 ? 'by year' : years === 10 ? 'by decade' : `in steps of ${years} years`;
  const [only] = dates;
  return dates.length === 1 && only && only.words !== 'year' ? `${by} (${only.words})` : by;
}

/** `3 signed books`. */
export function countedIn({ names }: Bars, count: number): string {
  const noun = count === 1 ? names.fullOne : names.full;
  return `${count.toLocaleString('en')} ${names.highlight ? `${names.highlight.word} ` : ''}${noun}`;
}

/** What the dates of the counted entities are, and how many have none. */
export function saidOf(bars: Bars, measure: string): string {
  const { highlight, isAll } = choiceOf(bars, measure);
  const counted = highlight && !isAll ? bars.entities.filter(isHighlighted) : bars.entities;
  const starts = counted.map(startOf);
  const undated = starts.filter((start) => start === undefined).length;
  const what = `${counted.length} ${wordsOf(bars, measure)}`;
  const { dates } = bars.names;
  if (dates.length === 1)
    return undated === 0 ? `${what}.` : `${what}, ${undated} of them without a year and so not shown.`;
  const each = dates.map(
    (date) => `${starts.filter((start) => start?.property === date.property).length} ${date.counted}`,
  );
  return `${what}: ${each.join(', ')}, ${undated} without a year, not shown.`;
}
