import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { memoize } from '../../ontology/memoize.ts';
import { type SampledText, shareOfSample } from '../reads/sampled-texts.ts';
import { entityCount, type Statistics } from '../reads/statistics.ts';
import { singly, type Word, wordsOf } from './words.ts';

/** The words of sampled texts in their order, an ideograph as a word, and which texts have each. */
interface WordIndex {
  readonly words: readonly string[];
  readonly texts: ReadonlyMap<string, readonly number[]>;
}

/** Texts are read once, since a request may look for many words. */
const wordIndexOf = memoize((sample: readonly SampledText[]): WordIndex => {
  const texts = new Map<string, number[]>();
  for (const [place, { searched }] of sample.entries()) {
    for (const word of new Set(wordsOf(searched).flatMap(singly))) {
      getOrInsert(texts, word, () => []).push(place);
    }
  }
  return { words: [...texts.keys()].sort(), texts };
});

/** Where words from this one on begin. */
function placeOf(words: readonly string[], word: string): number {
  let [start, end] = [0, words.length];
  while (start < end) {
    const middle = (start + end) >> 1;
    if ((words[middle] ?? '') < word) start = middle + 1;
    else end = middle;
  }
  return start;
}

/** Where the texts are that have all ideographs of a run. */
function withAll({ texts }: WordIndex, run: Word): readonly number[] {
  const [first = [], ...others] = singly(run).map((ideograph) => texts.get(ideograph) ?? []);
  return others.reduce((left, places) => left.filter((place) => places.includes(place)), first);
}

/** How many of some texts have one of some words, complete or as a beginning. */
function countTextsWith(index: WordIndex, words: readonly Word[], most: number): number {
  const found = new Set<number>();
  for (const word of words) {
    if (word.ideographs) for (const place of withAll(index, word)) found.add(place);
    else {
      for (let at = placeOf(index.words, word.text); index.words[at]?.startsWith(word.text); at += 1) {
        for (const place of index.texts.get(index.words[at] ?? '') ?? []) found.add(place);
        if (found.size === most) return most;
      }
    }
  }
  return found.size;
}

/** How many entities of any kind are expected to have one of some words in the texts that search covers. */
export const expectedMatches = (statistics: Statistics, words: readonly Word[]): number =>
  statistics.ontology.kindNames.reduce((sum, kind) => {
    const sample = statistics.samples[kind] ?? [];
    const entities = entityCount(statistics, kind);
    const fitting = countTextsWith(wordIndexOf(sample), words, sample.length);
    return sum + entities * shareOfSample(fitting, sample.length, entities);
  }, 0);
