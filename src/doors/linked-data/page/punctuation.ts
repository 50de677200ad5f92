import type { Language } from '../../../ontology/language/labels.ts';

/** What stands between the parts of a line. */
export interface Punctuation {
  readonly colon: string;
  /** Between what is listed. */
  readonly comma: string;
  readonly semicolon: string;
  /** After a word, with the space that it takes. */
  bracketed(text: string): string;
}

/** Chinese marks are as wide as characters, so that no space stands beside them. */
export const punctuation: Readonly<Record<Language, Punctuation>> = {
  en: { colon: ': ', comma: ', ', semicolon: '; ', bracketed: (text) => ` (${text})` },
  'zh-Hans': { colon: '：', comma: '、', semicolon: '；', bracketed: (text) => `（${text}）` },
};
