import { simplify } from './simplified.ts';

/** Letters that have no decomposition, and quotation marks and dashes that are typed in one of many forms. */
const replacements: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ı: 'i',
  ȷ: 'j',
  ə: 'e',
  ς: 'σ',
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '«': '"',
  '»': '"',
};

const replaced = new RegExp(`[${Object.keys(replacements).join('')}]`, 'g');
const apostrophes = /[‘’‚‛′ʹʻʼʽ`´]/g;
const dashes = /[‐‑‒–—―−]/g;

/** Marks of the Latin, Greek, Cyrillic and Arabic scripts; elsewhere a mark makes another letter (か, が). */
const marks = /[\u0300-\u036f]|[\u064b-\u065f]|\u0670|[\u1ab0-\u1aff]|[\u1dc0-\u1dff]|[\u20d0-\u20ff]|[\ufe20-\ufe2f]/g;

/**
 * The folded form of a text, which ignores case, accents, and whether Chinese is traditional or simplified: `Łódź`, `LODZ`
 * and `lodz` are equal, and so are `實驗室` and `实验室`. Folding is idempotent.
 */
export function foldText(text: string): string {
  const folded = text
    .replace(apostrophes, "'")
    .normalize('NFKD')
    .replace(marks, '')
    .toLowerCase()
    .replace(marks, '')
    .replace(replaced, (letter) => replacements[letter] ?? letter)
    .replace(apostrophes, "'")
    .replace(dashes, '-')
    .normalize('NFC');
  return simplify(folded);
}
