import { bracketed, capitalized, inLine, numberInWords } from '../../drawing/words.ts';
import { yearOfStanding } from '../settings/dates.ts';
import { isChinese } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { isHighlighted } from '../settings/standing.ts';
import type { Bars } from './held.ts';
import { type DatedEntity, startOf } from './years.ts';

/** Whether all entities are counted, or those that stand out. */
export function choiceOf({ names, field }: Bars, measure: string | undefined) {
  const { highlight } = names;
  return { highlight, isAll: highlight === null || measure === field };
}

/** The entities that are counted, in words: `signed books`. */
export function wordsOf(bars: Bars, measure: string | undefined, count?: number): string {
  const { highlight, isAll } = choiceOf(bars, measure);
  const kinds = count === 1 ? bars.names.fullOne : bars.names.full;
  return highlight && !isAll ? say('{word} {kinds}', { word: highlight.word, kinds }) : kinds;
}

/** Title of a band. */
export function titleOfBars(bars: Bars, measure: string | undefined): string {
  const { highlight, isAll } = choiceOf(bars, measure);
  return capitalized(highlight && isAll ? say('all {kinds}', { kinds: bars.names.full }) : wordsOf(bars, measure));
}

/** What the bars of a band stand for: `by year`, `by decade (year of birth)`. */
export function measuredBy({ names: { dates } }: Bars, years: number): string {
  const by =
    years === 1 ? say('by year') : years === 10 ? say('by decade') : say('in steps of {years} years', { years });
  const [only] = dates;
  return dates.length === 1 && only && only.words !== 'year' ? by + bracketed(only.words) : by;
}

/** `3 signed books`. */
export function countedIn({ names }: Bars, count: number): string {
  const noun = count === 1 ? names.fullOne : names.full;
  const unit = isChinese() ? '个' : '';
  return `${numberInWords(count)} ${unit}${names.highlight ? say('{word} {kinds}', { word: names.highlight.word, kinds: noun }) : noun}`;
}

/**
 * The entities of bars that have a year. Those that stand out do so by their first date: another one is not the year in which
 * they became what makes them stand out.
 */
export function datedEntities(bars: Bars, measure: string | undefined): readonly DatedEntity[] {
  const { isAll, highlight } = choiceOf(bars, measure);
  if (!highlight || isAll) return bars.entities;
  return bars.entities.filter((entity) => isHighlighted(entity) && yearOfStanding(entity) !== undefined);
}

/** How many of the entities that stand out have no year, and so are in no line or bar. */
export function undatedIn(bars: Bars): number {
  const { highlight } = choiceOf(bars, undefined);
  const counted = highlight ? bars.entities.filter(isHighlighted) : bars.entities;
  return counted.length - datedEntities(bars, undefined).filter((entity) => startOf(entity) !== undefined).length;
}

/** What the dates of the counted entities are, and how many have none. */
export function saidOf(bars: Bars, measure: string): string {
  const { highlight, isAll } = choiceOf(bars, measure);
  const counted = highlight && !isAll ? bars.entities.filter(isHighlighted) : bars.entities;
  const shown = new Set(datedEntities(bars, measure));
  const starts = counted.map((entity) => (shown.has(entity) ? startOf(entity) : undefined));
  const undated = starts.filter((start) => start === undefined).length;
  const what = `${numberInWords(counted.length)} ${isChinese() ? '个' : ''}${wordsOf(bars, measure, counted.length)}`;
  const { dates } = bars.names;
  if (dates.length === 1)
    return undated === 0
      ? say('{what}.', { what })
      : say('{what}, {count} of them without a year and so not shown.', { what, count: numberInWords(undated) });
  const each = dates
    .map((date) => ({ date, count: starts.filter((start) => start?.property === date.property).length }))
    .filter(({ count }) => count > 0)
    .map(({ date, count }) => `${numberInWords(count)} ${date.counted}`);
  return say('{what}: {each}, {count} without a year, not shown.', {
    what,
    each: inLine(each),
    count: numberInWords(undated),
  });
}
