import type { Language } from '../../ontology/language/labels.ts';
import { chineseTexts } from './chinese-texts.ts';
import type { ExplorerOption } from './option.ts';

/** Texts that every graph has, by language and English text. */
const shared: Readonly<Partial<Record<Language, Readonly<Record<string, string>>>>> = { 'zh-Hans': chineseTexts };

/** Returns a text in a language, with values in place of `{name}`. A text without translation stays English. */
export type Texts = (text: string, values?: Readonly<Record<string, string>>) => string;

/** The texts of a graph's explorer in a language. */
export function textsOf({ translations }: ExplorerOption, language: Language): Texts {
  const table = { ...shared[language], ...translations?.[language] };
  return (text, values = {}) =>
    (Object.hasOwn(table, text) ? (table[text] ?? text) : text).replace(/\{(\w+)\}/g, (whole, name: string) =>
      Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
    );
}
