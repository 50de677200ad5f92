import { memoize } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import {
  inField,
  kindProperty,
  type SearchedField,
  searchedField,
  searchedIn,
  slugField,
} from '../indexes/searched.ts';
import { MOST_WORDS, typosAllowed, type Word, wordsLookedFor, wordsOf } from './words.ts';

/** A full-text query, with the weight of its matches. */
export interface Attempt {
  readonly query: string;
  readonly weight: number;
}

/** The fields of the index by what they are searched as. */
const fieldsIn = memoize((ontology: Ontology) => {
  const searched = searchedIn(ontology);
  const fieldOf = (name: string) => searchedField(ontology, name);
  const names = searched.names.map(fieldOf);
  const otherNames = [slugField, ...searched.otherNames.map(fieldOf)];
  const allNames = [...names, ...otherNames];
  const everything = [...allNames, ...searched.texts.map(fieldOf)];
  const everyKindHas = Object.entries(ontology.sharedProperties).filter(([, { searched: as }]) => as === 'otherName');
  /** Each of these grows by up to fifty words for each that is misspelt, and a query may have 1,024 in all. */
  const forgiving = [slugField, fieldOf('name'), ...everyKindHas.map(([name]) => fieldOf(name))];
  return { names, otherNames, allNames, everything, forgiving };
});

/** The weights of all words of a query in names, of beginnings of words there, in other names, and in names of either sort. */
export const nameWeights = { words: 0.7, beginnings: 0.6, otherNames: 0.5, allNames: 0.4 };

/** The weight of all words anywhere. */
export const textsWeight = 0.3;

const MOST_FORGIVEN_WORDS = 5;

/** Number of characters allowed between those of a loosely matched run of ideographs. */
const LOOSENESS = 20;

/** Letters of a word that may be an abbreviation, which the index has with its dots: `u.s` for `U.S.`. */
const abbreviation = /^\p{L}{2,4}$/u;

const withDots = ({ text }: Word) => (abbreviation.test(text) ? ` OR ${[...text].join('.')}` : '');

// A word contains only lower-case letters, digits, marks, apostrophes and dots, so none of it has a meaning for Lucene's
// parser: operators are in upper case, and the rest is punctuation.
const exactly = (word: Word) => {
  if (word.ideographs) return `"${word.text}"`;
  const dotted = withDots(word);
  return dotted ? `(${word.text}${dotted})` : word.text;
};

/** The words that begin so, those after an elided article too, as in `d'Ivoire`. */
const typed = (word: Word) => (word.ideographs ? exactly(word) : `(${word.text}* OR ?'${word.text}*${withDots(word)})`);

/** The words that begin so, but for a single letter, with which too many do. */
const beginning = (word: Word) => (word.text.length < 2 ? exactly(word) : typed(word));

const misspelt = (word: Word): string | null => {
  const typos = typosAllowed(word);
  if (typos > 0) return `${word.text}~${typos}`;
  return word.ideographs && word.text.length > 2 ? `"${word.text}"~${LOOSENESS}` : null;
};

export const inAny = (fields: readonly SearchedField[], term: string) =>
  fields.map((field) => inField(field, term)).join(' OR ');

export const all = (clauses: readonly string[]) => clauses.map((clause) => `+(${clause})`).join(' ');

/** Limits a query to entities of some kinds; `null` means all that the ontology has. With `OR`, since not every index splits at spaces. */
export function ofKinds({ partOf, kindNames }: Ontology, query: string, kinds: readonly Kind[] | null): string {
  const wanted = kinds ?? (partOf && partOf.kindNames.length > kindNames.length ? kindNames : null);
  return wanted === null ? query : `+(${query}) +${kindProperty}:(${wanted.join(' OR ')})`;
}

/** The query as a phrase, for text that the index splits into fewer words than we do, such as `U.S.` and `2,000`. */
const phraseOf = (folded: string) => `"${folded.replace(/[^\p{L}\p{M}\p{N}'._,;]+/gu, ' ').trim()}"`;

/**
 * The Lucene queries for a folded query, highest weight first; empty if it has no word. An entity must contain all
 * words in its names, its other names or anywhere, complete or as a prefix.
 */
export function attemptsFor(ontology: Ontology, folded: string): readonly Attempt[] {
  const { names, otherNames, allNames, everything } = fieldsIn(ontology);
  const words = wordsLookedFor(folded);
  if (words.length === 0) return [];
  const phrase = /[.,;]/.test(folded) ? ` OR ${inAny(names, phraseOf(folded))}` : '';
  return [
    { weight: nameWeights.words, query: `(${all(words.map((word) => inAny(names, exactly(word))))})${phrase}` },
    { weight: nameWeights.beginnings, query: all(words.map((word) => inAny(names, beginning(word)))) },
    { weight: nameWeights.otherNames, query: all(words.map((word) => inAny(otherNames, beginning(word)))) },
    // One word is in names of either sort, which are looked through already.
    ...(words.length > 1
      ? [{ weight: nameWeights.allNames, query: all(words.map((word) => inAny(allNames, beginning(word)))) }]
      : []),
    { weight: textsWeight, query: all(words.map((word) => inAny(everything, beginning(word)))) },
  ];
}

/**
 * The Lucene query for all words, some of them misspelt, in names, for when no entity has them as they are; none if no word
 * may be. It looks for many words that are alike, so it takes longer than all others.
 */
export function forgivingAttemptsFor(ontology: Ontology, folded: string): readonly Attempt[] {
  const { allNames, forgiving } = fieldsIn(ontology);
  const forgiven = wordsLookedFor(folded).map((word, index) => {
    const term = index < MOST_FORGIVEN_WORDS ? misspelt(word) : null;
    const begun = inAny(allNames, beginning(word));
    return { begun, misspelt: term && inAny(word.ideographs ? allNames : forgiving, term) };
  });
  if (forgiven.every(({ misspelt }) => misspelt === null)) return [];
  const clauses = forgiven.map(({ begun, misspelt }) => (misspelt === null ? begun : `${begun} OR ${misspelt}`));
  return [{ weight: 0.2, query: all(clauses) }];
}

/**
 * The Lucene queries for any of some words, for when no entity has all of them. Their weights are added up: a complete word in
 * a name weighs twice what the beginning of another word does.
 */
export function looseAttemptsFor(ontology: Ontology, words: readonly Word[]): readonly Attempt[] {
  const { allNames, everything, forgiving } = fieldsIn(ontology);
  const weight = 0.05 / words.length;
  return words.flatMap((word) => {
    const term = misspelt(word);
    const begun = inAny(everything, beginning(word));
    return [
      { weight, query: inAny(allNames, exactly(word)) },
      { weight, query: term === null ? begun : `${begun} OR ${inAny(word.ideographs ? allNames : forgiving, term)}` },
    ];
  });
}

/**
 * The Lucene query for names that contain all words of a folded text, the last of which may be incomplete; `null` if it
 * has none.
 */
export function typedNames(ontology: Ontology, folded: string): string | null {
  const { allNames } = fieldsIn(ontology);
  const words = wordsOf(folded).slice(0, MOST_WORDS);
  const last = words.length - 1;
  const unfinished = !/\s$/.test(folded);
  const terms = words.map((word, index) => inAny(allNames, index === last && unfinished ? typed(word) : exactly(word)));
  return terms.length === 0 ? null : all(terms);
}
