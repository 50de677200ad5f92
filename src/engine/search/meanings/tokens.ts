import { editDistance } from '../edit-distance.ts';
import { isFiller, typosAllowed, wordsOf } from '../words.ts';

/** The unit by which names and queries are compared: a word, or one Chinese character or kana. */
export interface Token {
  readonly text: string;
  /** The word in the singular, as far as its end tells. */
  readonly singular: string;
  readonly ideograph: boolean;
}

/** A run of tokens of a query that is one of a name. */
export interface Run {
  readonly start: number;
  readonly length: number;
  /** How much of the name it is, up to 1. */
  readonly share: number;
}

/** `laboratories` as `laboratory`; a word that does not look like an English plural stays as it is. */
export function singularOf(word: string): string {
  if (word.length < 4 || /(?:ss|us|is)$/.test(word) || !word.endsWith('s')) return word;
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  return /(?:ss|x|z|ch|sh)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}

/** The tokens of a folded text, without stop words. */
export const tokensOf = (folded: string): readonly Token[] =>
  wordsOf(folded).flatMap(({ text, ideographs }): readonly Token[] => {
    if (ideographs) return [...text].map((one) => ({ text: one, singular: one, ideograph: true }));
    return isFiller(text) ? [] : [{ text, singular: singularOf(text), ideograph: false }];
  });

type Sameness = (asked: Token, named: Token) => boolean;

const isSame: Sameness = (asked, named) => asked.text === named.text || asked.singular === named.singular;

/** Shorter beginnings of words say too little. */
const SHORTEST_BEGINNING = 4;

const begins: Sameness = (asked, named) =>
  isSame(asked, named) ||
  (!asked.ideograph && asked.singular.length >= SHORTEST_BEGINNING && named.text.startsWith(asked.singular));

const resembles: Sameness = (asked, named) => {
  const typos = typosAllowed({ text: asked.singular, ideographs: asked.ideograph });
  return typos > 0 && editDistance(asked.singular, named.singular, typos) <= typos;
};

/** Where a query has all of a name. */
export const wholeRuns = (query: readonly Token[], name: readonly Token[]): readonly Run[] =>
  name.length === 0
    ? []
    : query.flatMap((_, start) =>
        name.every((token, at) => {
          const asked = query[start + at];
          return asked !== undefined && isSame(asked, token);
        })
          ? [{ start, length: name.length, share: 1 }]
          : [],
      );

function runsBy(same: Sameness, query: readonly Token[], name: readonly Token[]): readonly Run[] {
  return query.flatMap((_, start) => {
    let longest = 0;
    for (const offset of name.keys()) {
      let length = 0;
      for (;;) {
        const [asked, named] = [query[start + length], name[offset + length]];
        if (!asked || !named || !same(asked, named)) break;
        length += 1;
      }
      longest = Math.max(longest, length);
    }
    // One character of many says nothing.
    const tooShort = longest === 0 || (longest === 1 && query[start]?.ideograph && name.length > 1);
    return tooShort ? [] : [{ start, length: longest, share: longest / name.length }];
  });
}

/** Where a query has a part of a name: words of it, or their beginnings. */
export const partRuns = (query: readonly Token[], name: readonly Token[]): readonly Run[] =>
  runsBy(begins, query, name);

/** Where a query has words that may be misspelt ones of a name. */
export const similarRuns = (query: readonly Token[], name: readonly Token[]): readonly Run[] =>
  runsBy((asked, named) => isSame(asked, named) || resembles(asked, named), query, name).filter(
    ({ share }) => share > 0.5,
  );
