import { editDistance } from '../../engine/search/edit-distance.ts';
import { foldText } from '../../engine/search/folding.ts';
import { typosAllowed, type Word, withoutDots, wordsLookedFor, wordsOf } from '../../engine/search/words.ts';

/** Letters of a name that are compared: the distance takes time in proportion to the product of both lengths. */
const LONGEST = 200;

/** Letters from which the beginning of a word may abbreviate it. */
const SHORTEST_ABBREVIATION = 3;

const ABBREVIATION = 0.9;

/** A name or a query as it is compared. It is made once for all comparisons. */
export interface ComparedName {
  readonly text: string;
  /** Its words, each Chinese character being one, and the number of letters in them. */
  readonly words: readonly Word[];
  readonly length: number;
  /** The first letters of its words, as acronyms have them: `cas` of the Chinese Academy of Sciences. */
  readonly initials: readonly string[];
}

/** A name or a query in the form in which they are compared. */
export const comparable = (text: string): string =>
  withoutDots(foldText(text)).replace(/\s+/g, ' ').trim().slice(0, LONGEST);

/** Runs of Chinese characters are compared as a whole elsewhere; here each character is a word. */
const inCharacters = (words: readonly Word[]): readonly Word[] =>
  words.flatMap((word) => (word.ideographs ? [...word.text].map((text) => ({ ...word, text })) : [word]));

const initialsOf = (words: readonly Word[]): string => words.map(({ text }) => text.charAt(0)).join('');

export function comparedName(name: string): ComparedName {
  const text = comparable(name);
  const telling = wordsLookedFor(text);
  const words = inCharacters(telling);
  return {
    text,
    words,
    length: words.reduce((sum, word) => sum + word.text.length, 0),
    initials: [initialsOf(wordsOf(text).filter(({ ideographs }) => !ideographs)), initialsOf(telling)],
  };
}

/** How alike two words are, from 0 to 1: typing errors and abbreviations are allowed, in a number none. */
function wordSimilarity(asked: Word, named: Word): number {
  if (asked.text === named.text) return 1;
  if (asked.ideographs !== named.ideographs) return 0;
  const allowed = Math.max(typosAllowed(asked), typosAllowed(named));
  const distance = editDistance(asked.text, named.text, allowed);
  const longer = Math.max(asked.text.length, named.text.length);
  const close = distance <= allowed ? 1 - distance / longer : 0;
  const isAbbreviation = asked.text.length >= SHORTEST_ABBREVIATION && named.text.startsWith(asked.text);
  return Math.max(close, isAbbreviation ? ABBREVIATION : 0);
}

/** The share of letters in words that both have, whatever their order (Dice 1945). */
function sharedWords(asked: ComparedName, named: ComparedName): number {
  const left = [...named.words];
  let shared = 0;
  for (const word of asked.words) {
    const [best] = left
      .map((other, index) => ({ index, other, alike: wordSimilarity(word, other) }))
      .sort((one, two) => two.alike - one.alike);
    if (!best || best.alike === 0) continue;
    left.splice(best.index, 1);
    shared += best.alike * (word.text.length + best.other.text.length);
  }
  const all = asked.length + named.length;
  return all === 0 ? 0 : shared / all;
}

const ACRONYM = 0.8;

/**
 * How alike a query and a name are, from 0 to 1. 1: equal, ignoring case and accents; otherwise the share of equal letters, or
 * of it and the words in common, which may have typing errors or be abbreviated, whichever is more.
 *
 * @param least with no word in common, less than this is 0: that takes less time to find out
 */
export function nameSimilarity(asked: ComparedName, named: ComparedName, least = 0): number {
  if (asked.text === '' || named.text === '') return 0;
  if (asked.text === named.text) return 1;
  const shared = sharedWords(asked, named);
  const longer = Math.max(asked.text.length, named.text.length);
  const most = shared === 0 ? longer * (1 - least) : longer;
  const distance = editDistance(asked.text, named.text, most);
  const letters = distance > most ? 0 : 1 - distance / longer;
  const acronym = asked.text.replace(/[.\s]/g, '');
  const isAcronym = acronym.length >= SHORTEST_ABBREVIATION && named.initials.includes(acronym);
  // The same words in another order may be another name: Jinan University is not the University of Jinan.
  const words = (2 * shared + letters) / 3;
  return Math.min(0.99, Math.max(letters, words, isAcronym ? ACRONYM : 0));
}
