export interface Word {
  /** An abbreviation is without its dots. */
  readonly text: string;
  /** A run of Chinese characters or kana; search treats each character as a word. */
  readonly ideographs: boolean;
}

/** A word of a folded text, with its place there. */
export interface PlacedWord extends Word {
  /** Start position. */
  readonly index: number;
  /** Length in the text. */
  readonly length: number;
}

const ideograph = String.raw`(?=[\p{L}\p{N}])[\p{Script=Han}\p{Script=Hiragana}]`;
const letter = String.raw`(?![\p{Script=Han}\p{Script=Hiragana}])[\p{L}\p{M}\p{N}_]`;
const abbreviation = String.raw`(?<!${letter})(?!${ideograph})\p{L}(?:\.(?!${ideograph})\p{L})+(?!${letter})`;
const word = new RegExp(`(?<ideographs>(?:${ideograph})+)|${abbreviation}|(?:${letter})+(?:'(?:${letter})+)*`, 'gu');

/**
 * The words of a folded text, as Neo4j's index has them: `d'ivoire` is one, `china-kenya` are two. An abbreviation is the
 * same with dots and without.
 */
export const wordsOf = (folded: string): readonly PlacedWord[] =>
  [...folded.matchAll(word)].map((match) => ({
    text: match[0].replaceAll('.', ''),
    index: match.index,
    length: match[0].length,
    ideographs: match.groups?.ideographs !== undefined,
  }));

/** A word as the index has it: a run of ideographs is several. */
export const singly = ({ text, ideographs }: Word): readonly string[] => (ideographs ? [...text] : [text]);

/** `ivoire` of `d'ivoire`. */
const withoutElision = (text: string) => (text.includes("'") ? text.replace(/^.'/u, '') : text);

/** Whether a word of a text begins with a word of a query, or is it, if that is a single letter. */
export const begins = (text: string, word: Word): boolean =>
  word.text.length < 2 ? text === word.text : text.startsWith(word.text) || withoutElision(text).startsWith(word.text);

const dots = new RegExp(`${abbreviation}\\.?`, 'gu');

/** A folded text with its abbreviations as they are without dots: `us` for `u.s.`. */
export const withoutDots = (folded: string): string => folded.replace(dots, (found) => found.replaceAll('.', ''));

/** Stop words. */
const fillers: ReadonlySet<string> = new Set([
  ...['a', 'an', 'and', 'are', 'as', 'at', 'by', 'for', 'from', 'in', 'is', 'of', 'on', 'or', 'the', 'to', 'with'],
  ...['about', 'be', 'been', 'between', 'did', 'does', 'had', 'has', 'have', 'how', 'that', 'there', 'these', 'those'],
  ...['no', 'was', 'were', 'what', 'when', 'where', 'which', 'whose', 'why'],
  ...['da', 'de', 'del', 'des', 'di', 'do', 'du', 'el', 'en', 'et', 'la', 'le', 'les', 'los', 'und', 'y'],
]);

export const isFiller = (word: string): boolean => fillers.has(word);

/** Maximum number of words of a query used. */
export const MOST_WORDS = 10;

/**
 * The words of a folded query that entities must contain, without duplicates; stop words only if there are no others.
 */
export function wordsLookedFor(folded: string): readonly Word[] {
  const words = [...new Map(wordsOf(folded).map((found) => [found.text, found])).values()];
  const telling = words.filter(({ text }) => !isFiller(text));
  return (telling.length > 0 ? telling : words).slice(0, MOST_WORDS);
}

/** The pairs of neighbouring characters of a text. */
export function pairsOf(text: string): readonly string[] {
  const characters = [...text];
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

/** How many letters may be wrong in a word: none in a short one or a number. */
export function typosAllowed({ text, ideographs }: Word): number {
  if (ideographs || /\p{N}/u.test(text)) return 0;
  return text.length >= 8 ? 2 : text.length >= 5 ? 1 : 0;
}
