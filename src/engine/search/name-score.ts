import { nameWeights } from './lucene.ts';
import { begins, singly, type Word, wordsOf } from './words.ts';

/** The folded names of an entity. */
export interface FoldedNames {
  readonly slug: string;
  /** The name, then the others of which an entity has one each. */
  readonly compared: () => readonly string[];
  readonly names: readonly string[];
  readonly otherNames: readonly string[];
}

/** What names are scored by. */
export interface ScoredQuery {
  readonly words: readonly Word[];
  /** The whole query, in each form in which a name may have it. */
  readonly spellings: readonly string[];
}

/** How much of the range of its class a score takes at most: none reaches the class above. */
const WITHIN_CLASS = 0.09;

/** What a match weighs that is none by its words, as one by an identifier. */
const IDENTIFIED = 1;

type Meets = (text: string, word: Word) => boolean;

const equals: Meets = (text, word) => text === word.text;

/** The words of the names of one sort. */
class NameWords {
  readonly #texts: readonly (readonly string[])[];

  constructor(texts: readonly string[]) {
    this.#texts = texts.map((text) => wordsOf(text).flatMap(singly));
  }

  has(word: Word, meets: Meets): boolean {
    if (!word.ideographs) return this.#texts.some((words) => words.some((text) => meets(text, word)));
    const run = singly(word);
    return this.#texts.some((words) => words.some((_, at) => run.every((one, offset) => words[at + offset] === one)));
  }
}

/** Whether a text may have a word: what is certain without its division. An abbreviation may have dots there. */
function mayHave(text: string, { text: word, ideographs }: Word): boolean {
  const [first = ''] = word;
  return text.includes(ideographs ? first : word) || (!ideographs && text.includes('.'));
}

/** The weight of the words of a query in names, `null` if these lack one: as the queries of `attemptsFor` have it. */
function weightOf({ words }: ScoredQuery, { slug, names, otherNames }: FoldedNames): number | null {
  const others = [slug, ...otherNames];
  const isPossible = words.every(
    (word) => names.some((text) => mayHave(text, word)) || others.some((text) => mayHave(text, word)),
  );
  if (!isPossible || words.length === 0) return null;
  const inNames = new NameWords(names);
  const inOthers = new NameWords(others);
  if (words.every((word) => inNames.has(word, equals))) return nameWeights.words;
  if (words.every((word) => inNames.has(word, begins))) return nameWeights.beginnings;
  if (words.every((word) => inOthers.has(word, begins))) return nameWeights.otherNames;
  const isInEither = words.every((word) => inNames.has(word, begins) || inOthers.has(word, begins));
  return isInEither ? nameWeights.allNames : null;
}

const lengthOf = (text: string) => [...text].length;

/**
 * The score of an entity by its names, as `cypher/search` computes it; `null` if these do not have all words of the query.
 *
 * @param standing whether it has the identifier that the query is, and whether it is what others rest on
 */
export function nameScore(
  query: ScoredQuery,
  all: FoldedNames,
  standing: { readonly isIdentified: boolean; readonly isEvidence: boolean },
): number | null {
  const ofWords = standing.isIdentified ? IDENTIFIED : weightOf(query, all);
  if (ofWords === null) return null;
  const { slug, names, otherNames } = all;
  const compared = all.compared();
  const [name = ''] = compared;
  const scores = query.spellings.map((whole) => {
    if (names.includes(whole)) return 1;
    if (slug === whole.replaceAll(' ', '-') || otherNames.includes(whole)) return 0.95;
    const weight = names.some((text) => text.startsWith(whole)) ? 0.8 : ofWords;
    if (weight === IDENTIFIED) return weight;
    const share = lengthOf(whole) / lengthOf(compared.findLast((text) => text.includes(whole)) ?? name);
    return weight + WITHIN_CLASS * Math.min(share, 1) * (standing.isEvidence ? 0.5 : 1);
  });
  return Math.max(...scores);
}
