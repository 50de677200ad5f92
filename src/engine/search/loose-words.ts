import type { QueryInterpretation } from './meanings/meanings.ts';
import { yearsIn } from './meanings/times.ts';
import type { Token } from './meanings/tokens.ts';
import { MOST_WORDS, pairsOf, type Word, wordsLookedFor, wordsOf } from './words.ts';

const isIdeographic = (tokens: readonly Token[]) => tokens.every(({ ideograph }) => ideograph);
const textOf = (tokens: readonly Token[]) => tokens.map(({ text }) => text).join('');

function withIdeographs(words: readonly Word[], texts: readonly string[]): readonly Word[] {
  const ideographs = [...new Set(texts)].map((text): Word => ({ text, ideographs: true }));
  return [...words.filter((word) => !word.ideographs), ...ideographs];
}

/** The words of a folded query, and the years that it means. Chinese has no spaces between words: a run of its characters falls into what they mean. */
export function dividedWords(folded: string, meanings: QueryInterpretation | null): readonly Word[] {
  const words = wordsLookedFor(folded);
  if (!meanings) return words;
  const units = meanings.units.flatMap(({ tokens }) => (isIdeographic(tokens) ? [textOf(tokens)] : []));
  const kinds = meanings.kindWords.map((named) => named.words.join(''));
  const times = meanings.units.filter(({ time }) => time !== undefined);
  const ofTimes = new Set(times.flatMap(({ tokens }) => tokens.map(({ text }) => text)));
  const years = times.flatMap(({ time }) => (time ? yearsIn(time) : []));
  const marked = [
    ...words.filter(({ text }) => !ofTimes.has(text)),
    ...years.map((text): Word => ({ text, ideographs: false })),
  ];
  return withIdeographs(marked, [...units, ...kinds.filter((text) => wordsOf(text)[0]?.ideographs)]);
}

/** The words of a folded query, any of which is looked for; Chinese that means nothing falls into pairs of characters. */
export function looseWords(folded: string, meanings: QueryInterpretation | null): readonly Word[] {
  const words = wordsLookedFor(folded);
  const runs = meanings
    ? meanings.units
        .filter(({ tokens }) => isIdeographic(tokens))
        .map(({ tokens, entities }) => ({ text: textOf(tokens), isMeant: entities.length > 0 }))
    : words.filter(({ ideographs }) => ideographs).map(({ text }) => ({ text, isMeant: false }));
  const parts = runs
    .toSorted((left, right) => Number(right.isMeant) - Number(left.isMeant))
    .flatMap(({ text, isMeant }) => (isMeant ? [text] : [text, ...pairsOf(text)]));
  return withIdeographs(words, parts).slice(0, MOST_WORDS);
}
