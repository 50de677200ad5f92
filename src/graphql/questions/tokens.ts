import { foldText } from '../../engine/search/folding.ts';
import { singularOf } from '../../engine/search/meanings/tokens.ts';
import { wordsOf } from '../../engine/search/words.ts';

/** The unit by which questions and names are compared: a word or number, or one Chinese sign. */
export interface QuestionToken {
  /** As it is compared: without case and accents. */
  readonly text: string;
  readonly singular: string;
  readonly ideograph: boolean;
  /** As it was written. */
  readonly written: string;
}

/** Words inside names that a question may leave out. */
const glue: ReadonlySet<string> = new Set(['of', 'the', 'and', 'for', 'in', 'on', 'de', 'a', 'an', 'la', 'le', 'und']);

const isGlue = ({ text }: QuestionToken): boolean => glue.has(text);

export const questionTokens = (question: string): readonly QuestionToken[] =>
  wordsOf(question.normalize('NFC')).flatMap(({ text: written, ideographs }): readonly QuestionToken[] => {
    const text = foldText(written);
    if (ideographs) {
      return [...text].map((sign) => ({ text: sign, singular: sign, ideograph: true, written: sign }));
    }
    return [{ text, singular: singularOf(text), ideograph: false, written }];
  });

/** The tokens of a name, without the words that a question may leave out; all of them if there are no others. */
export function nameTokens(name: string): readonly QuestionToken[] {
  const tokens = questionTokens(name);
  const telling = tokens.filter((token) => !isGlue(token));
  return telling.length > 0 ? telling : tokens;
}

const isSame = (asked: QuestionToken, named: QuestionToken): boolean =>
  asked.text === named.text || (!asked.ideograph && asked.singular === named.singular);

/** Where a run that is all of a name ends, if one begins at a place; else `undefined`. */
export function endOfName(
  question: readonly QuestionToken[],
  start: number,
  name: readonly QuestionToken[],
): number | undefined {
  let at = start;
  for (const [index, token] of name.entries()) {
    let asked = question[at];
    while (index > 0 && asked && isGlue(asked) && !isSame(asked, token)) {
      at += 1;
      asked = question[at];
    }
    if (!asked || !isSame(asked, token)) return undefined;
    at += 1;
  }
  return at;
}

/** Words as they were written. */
export const writtenOf = (tokens: readonly QuestionToken[]): string =>
  tokens.reduce(
    (text, { written, ideograph }, at) =>
      text + (at === 0 || (ideograph && tokens[at - 1]?.ideograph) ? '' : ' ') + written,
    '',
  );
