import { editDistance } from './edit-distance.ts';
import { foldText } from './folding.ts';
import { begins, pairsOf, typosAllowed, type Word, wordsOf } from './words.ts';

/** A property that contains words of a query, with the matches marked. */
export interface Highlight {
  readonly field: string;
  readonly text: string;
}

/** A word of a text that is not folded. */
interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Place extends Span {
  readonly word: Word;
}

/** Number of characters around the marks of an excerpt, and before the first one. */
const LONGEST_FRAGMENT = 240;
const BEFORE_FIRST_MARK = 60;

/** Maximum number of places per entity. */
const MOST_HIGHLIGHTS = 5;

/** A run of characters without marks, which takes far less time at once, or a letter with its marks. */
const parts = /(?<run>[ -~\u4e00-\u9fff]+(?!\p{M}))|\P{M}\p{M}*|\p{M}+/gu;

/** The words of a text in folded form, with their positions in the text. */
function tokensOf(text: string): readonly Token[] {
  const starts: number[] = [];
  const ends: number[] = [];
  let folded = '';
  const add = (part: string, start: number, isRun: boolean) => {
    const form = foldText(part);
    // The simplified forms of a few characters take two places.
    if (isRun && form.length !== part.length) {
      for (let at = 0; at < part.length; at += 1) add(part.charAt(at), start + at, false);
      return;
    }
    folded += form;
    for (let at = 0; at < form.length; at += 1) {
      starts.push(isRun ? start + at : start);
      ends.push(isRun ? start + at + 1 : start + part.length);
    }
  };
  for (const { 0: part, groups, index } of text.matchAll(parts)) add(part, index, groups?.run !== undefined);
  const token = (word: string, at: number, length = word.length) => ({
    text: word,
    start: starts[at] ?? text.length,
    end: ends[at + length - 1] ?? text.length,
  });
  return wordsOf(folded).flatMap(({ text: found, index, length, ideographs }) =>
    ideographs
      ? [...found.matchAll(/./gsu)].map((one) => token(one[0], index + one.index))
      : [token(found, index, length)],
  );
}

const resembles = (text: string, word: Word) => {
  const typos = typosAllowed(word);
  return typos > 0 && editDistance(text, word.text, typos) <= typos;
};

const standsAt = (tokens: readonly Token[], index: number, letters: readonly string[]) =>
  letters.every((letter, at) => tokens[index + at]?.text === letter);

/** Positions of words in a text, with the words. */
function placesOf(tokens: readonly Token[], words: readonly Word[]): readonly Place[] {
  return tokens.flatMap((token, index) =>
    words.flatMap((word): Place[] => {
      if (!word.ideographs) return begins(token.text, word) ? [{ ...token, word }] : [];
      const letters = [...word.text];
      const last = tokens[index + letters.length - 1];
      return last && standsAt(tokens, index, letters) ? [{ start: token.start, end: last.end, word }] : [];
    }),
  );
}

/** Positions of the characters of a run, if a text has them all, and otherwise of pairs of them. */
function partsOf(tokens: readonly Token[], word: Word): readonly Place[] {
  const letters = new Set(word.text);
  const found = tokens.filter(({ text }) => letters.has(text));
  if (new Set(found.map(({ text }) => text)).size === letters.size) return found.map((token) => ({ ...token, word }));
  const pairs = new Set(pairsOf(word.text));
  return tokens.flatMap(({ text, start }, index) => {
    const next = tokens[index + 1];
    return next && pairs.has(`${text}${next.text}`) ? [{ start, end: next.end, word }] : [];
  });
}

/** Positions of similar words. */
const resemblances = (tokens: readonly Token[], words: readonly Word[]): readonly Place[] =>
  words.flatMap((word) =>
    word.ideographs
      ? partsOf(tokens, word)
      : tokens.flatMap((token) => (resembles(token.text, word) ? [{ ...token, word }] : [])),
  );

/** A text that is divided once, whatever is looked for in it. */
export class DividedText {
  readonly #tokens: readonly Token[];
  readonly #words: readonly string[];

  constructor(text: string) {
    this.#tokens = tokensOf(text);
    this.#words = [...new Set(this.#tokens.map((token) => token.text))];
  }

  /** Whether it contains a word, exactly or, failing that, in a similar form. */
  has(word: Word): boolean {
    if (word.ideographs) return placesOf(this.#tokens, [word]).length > 0;
    return this.#words.some((text) => begins(text, word)) || this.#words.some((text) => resembles(text, word));
  }
}

/** Places in the order of the text, those that touch or overlap made one. */
function merged(places: readonly Span[]): readonly Span[] {
  const spans: Span[] = [];
  for (const { start, end } of places.toSorted((left, right) => left.start - right.start)) {
    const last = spans.at(-1);
    if (last && start <= last.end) spans[spans.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    else spans.push({ start, end });
  }
  return spans;
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** The part of a text around its first mark, cut between words. */
function fragmentOf(text: string, { start, end }: Span): Span {
  if (text.length <= LONGEST_FRAGMENT) return { start: 0, end: text.length };
  const from = Math.max(0, Math.min(start - BEFORE_FIRST_MARK, text.length - LONGEST_FRAGMENT));
  const to = Math.max(end, Math.min(text.length, from + LONGEST_FRAGMENT));
  const gapAfter = text.slice(from, start).search(/\s/);
  const gapBefore = text.slice(end, to).search(/\s\S*$/);
  // Between ideographs there are no gaps; a surrogate pair stays whole.
  const whole = (at: number) => (/[\udc00-\udfff]/.test(text.charAt(at)) ? at + 1 : at);
  return {
    start: from === 0 ? 0 : whole(gapAfter === -1 ? from : from + gapAfter + 1),
    end: to === text.length ? to : whole(gapBefore === -1 ? to : end + gapBefore),
  };
}

function marked(text: string, spans: readonly Span[]): string {
  const [first] = spans;
  if (!first) return escaped(text);
  const fragment = fragmentOf(text, first);
  let at = fragment.start;
  let result = fragment.start > 0 ? '… ' : '';
  for (const { start, end } of spans.filter((span) => span.end <= fragment.end)) {
    result += `${escaped(text.slice(at, start))}<em>${escaped(text.slice(start, end))}</em>`;
    at = end;
  }
  return `${result}${escaped(text.slice(at, fragment.end))}${fragment.end < text.length ? ' …' : ''}`;
}

/**
 * The places where an entity contains words of a query, as HTML: matches are marked with `<em>` and `</em>`, and `&`,
 * `<` and `>` of the text are escaped. For words that the entity lacks, similar ones are marked. The slug repeats the
 * name, so it is returned only if it has a word that nothing else has.
 *
 * @param values texts or lists of texts, under their names
 */
export function highlightsOf(
  values: readonly (readonly [field: string, value: unknown])[],
  slug: string,
  words: readonly Word[],
): readonly Highlight[] {
  const textsOf = ([field, value]: readonly [string, unknown]) =>
    [value].flat().flatMap((text) => {
      if (typeof text !== 'string') return [];
      const tokens = tokensOf(text);
      return [{ field, text, tokens, places: placesOf(tokens, words) }];
    });
  const lacking = (texts: ReturnType<typeof textsOf>) => {
    const found = new Set(texts.flatMap(({ places }) => places.map(({ word }) => word)));
    return words.filter((word) => !found.has(word));
  };
  const texts = values.flatMap(textsOf);
  const slugs = textsOf(['slug', slug]).filter(({ places }) =>
    places.some(({ word }) => lacking(texts).includes(word)),
  );
  const misspelt = lacking([...texts, ...slugs]);
  return [...texts, ...slugs]
    .map(({ field, text, tokens, places }) => {
      return { field, text, spans: merged([...places, ...resemblances(tokens, misspelt)]) };
    })
    .filter(({ spans }) => spans.length > 0)
    .slice(0, MOST_HIGHLIGHTS)
    .map(({ field, text, spans }) => ({ field, text: marked(text, spans) }));
}
