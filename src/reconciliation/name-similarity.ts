import { editDistance } from '../graph/search/edit-distance.ts';
import { foldText } from '../graph/search/folding.ts';
import { typosAllowed, type Word, withoutDots, wordsLookedFor, wordsOf } from '../graph/search/words.ts';

/** Letters of a name that are compared: the distance takes time in proportion to the product of both lengths. */
const LONGEST = 200;

/** Letters from which the beginning of a word may abbreviate it. */
const SHORTEST_ABBREVIATION = 3;

const ABBREVIATION = 0.9;

/** How alike two words are, from 0 to 1: typing errors and abbreviations are allowed, in a number none. */
function wordSimilarity(asked: Word, named: Word): number {
  if (asked.text === named.text) return 1;
  if (asked.ideographs !== named.ideographs) return 0;
  const distance = editDistance(asked.text, named.text);
  const longer = Math.max(asked.text.length, named.text.length);
  const close = distance <= Math.max(typosAllowed(asked), typosAllowed(named)) ? 1 - distance / longer : 0;
  const isAbbreviation = asked.text.length >= SHORTEST_ABBREVIATION && named.text.startsWith(asked.text);
  return Math.max(close, isAbbreviation ? ABBREVIATION : 0);
}

/** Runs of Chinese characters are compared as a whole elsewhere; here each character is a word. */
const inCharacters = (words: readonly Word[]): readonly Word[] =>
  words.flatMap((word) => (word.ideographs ? [...word.text].map((text) => ({ ...word, text })) : [word]));

const lengthOf = (words: readonly Word[]) => words.reduce((sum, { text }) => sum + text.length, 0);

/** The share of letters in words that both have, whatever their order (Dice 1945). */
function sharedWords(asked: string, named: string): number {
  const wanted = inCharacters(wordsLookedFor(asked));
  const left = [...inCharacters(wordsLookedFor(named))];
  let shared = 0;
  for (const word of wanted) {
    const [best] = left
      .map((other, index) => ({ index, other, alike: wordSimilarity(word, other) }))
      .sort((one, two) => two.alike - one.alike);
    if (!best || best.alike === 0) continue;
    left.splice(best.index, 1);
    shared += best.alike * (word.text.length + best.other.text.length);
  }
  const all = lengthOf(wanted) + lengthOf([...inCharacters(wordsLookedFor(named))]);
  return all === 0 ? 0 : shared / all;
}

/** The first letters of the words of a name, as acronyms have them: `cas` of the Chinese Academy of Sciences. */
const initialsOf = (named: string): string =>
  wordsOf(named)
    .filter(({ ideographs }) => !ideographs)
    .map(({ text }) => text.charAt(0))
    .join('');

const initialsWithoutFillers = (named: string): string =>
  wordsLookedFor(named)
    .map(({ text }) => text.charAt(0))
    .join('');

const ACRONYM = 0.8;

/** A name or a query in the form in which they are compared. */
export const comparable = (text: string): string =>
  withoutDots(foldText(text)).replace(/\s+/g, ' ').trim().slice(0, LONGEST);

/**
 * How alike a query and a name are, from 0 to 1. 1: equal, ignoring case and accents; otherwise the share of equal letters, or
 * of it and the words in common, which may have typing errors or be abbreviated, whichever is more.
 */
export function nameSimilarity(query: string, name: string): number {
  const asked = comparable(query);
  const named = comparable(name);
  if (asked === '' || named === '') return 0;
  if (asked === named) return 1;
  const letters = 1 - editDistance(asked, named) / Math.max(asked.length, named.length);
  const acronym = asked.replace(/[.\s]/g, '');
  const isAcronym =
    acronym.length >= SHORTEST_ABBREVIATION && [initialsOf(named), initialsWithoutFillers(named)].includes(acronym);
  // The same words in another order may be another name: Jinan University is not the University of Jinan.
  const words = (2 * sharedWords(asked, named) + letters) / 3;
  return Math.min(0.99, Math.max(letters, words, isAcronym ? ACRONYM : 0));
}
