/** Words that names write otherwise than sentences, whatever the graph is about. */
const usual: Readonly<Record<string, string>> = {
  un: 'UN',
  zh: '(Chinese)',
  program: 'programme',
  programs: 'programmes',
};

let spelling = usual;

/** How a page speaks: English, unless it says otherwise. */
export interface Speech {
  /** Language of dates and numbers, as a BCP 47 tag. */
  readonly language: string;
  /** Language of the graph, as a BCP 47 tag. @default English */
  readonly graph?: string | undefined;
  /** What names from the schema are called, by name. */
  readonly names: Readonly<Record<string, string>>;
  /** Nouns with their measure words, by their English singular. */
  readonly nouns: Readonly<Record<string, string>>;
}

let speech: Speech = { language: 'en', names: {}, nouns: {} };

/** Sets how words of names are spelled, by the word in lower case. */
export function spell(words: Readonly<Record<string, string>>): void {
  spelling = { ...usual, ...words };
}

/** Sets the language of all texts. */
export function speak(given: Speech): void {
  speech = given;
}

/** The language of the graph, as a BCP 47 tag. */
export const languageOfGraph = (): string => speech.graph ?? 'en';

const isChinese = () => speech.language.startsWith('zh');

/** A number with separators; one with an exponent, which would read as zero or as a row of zeros, keeps it: `3.5e-250`. */
export function numberInWords(value: number): string {
  const digits = String(value);
  return digits.includes('e') ? digits : value.toLocaleString(speech.language, { maximumFractionDigits: 20 });
}

/** Converts names from the schema to words: `WRITTEN_BY` to `written by`, `yearFounded` to `year founded`. */
export const inWords = (name: string): string =>
  Object.hasOwn(speech.names, name) ? (speech.names[name] ?? name) : spelled(name);

/** What a field of a kind is called, in words: fields of one name may be called otherwise in other kinds. */
export function fieldInWords(field: string, kind: string): string {
  const name = `${kind}.${field}`;
  return inWords(Object.hasOwn(speech.names, name) ? name : field);
}

const spelled = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
    .replace(/\w+/g, (word) => (Object.hasOwn(spelling, word) ? (spelling[word] ?? word) : word));

/** With a capital first letter. */
export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A name from the schema in words, with a capital first letter. */
export const sentence = (name: string): string => capitalized(inWords(name));

/** The `EntityKind` of a type name: `PAPER_MILL` for `PaperMill`. */
export const kindOf = (typeName: string): string => typeName.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();

const plurals: readonly (readonly [RegExp, string])[] = [
  [/(s|x|ch|sh)$/, '$1es'],
  [/([^aeiou])y$/, '$1ies'],
  [/$/, 's'],
];

/** Singular or plural of a noun: `city`, `cities`. */
export function plural(count: number, noun: string): string {
  const [ending, replacement] = plurals.find(([pattern]) => pattern.test(noun)) ?? [/$/, 's'];
  return count === 1 ? noun : noun.replace(ending, replacement);
}

/** A noun as it stands after a number: `city`, `cities`. */
export const nounAfter = (count: number, noun: string): string =>
  isChinese() ? (speech.nouns[noun] ?? noun) : plural(count, noun);

/** `1 city`, `3 cities`. */
export const counted = (count: number, noun: string): string => `${numberInWords(count)} ${nounAfter(count, noun)}`;

/** What stands between a label and what it labels. */
export const colon = (): string => (isChinese() ? '：' : ': ');

/** A text with its label: `Region: Africa`. */
export const labelled = (label: string, text: string): string => `${label}${colon()}${text}`;

/** What stands between texts. */
export const comma = (): string => (isChinese() ? '，' : ', ');

/** Texts one after another: `Kenya, 2020`. */
export const inLine = (texts: readonly string[]): string => texts.join(comma());

/** What stands between texts that have commas of their own. */
export const semicolon = (): string => (isChinese() ? '；' : '; ');

/** Texts that have commas of their own, one after another. */
export const inClauses = (texts: readonly string[]): string => texts.join(semicolon());

/** A text after what it adds to: `Nairobi (capital)`. */
export const bracketed = (text: string): string => (isChinese() ? `（${text}）` : ` (${text})`);

/** A published figure with its qualifier: `over 70`. */
export const qualified = (value: number, qualifier: string): string =>
  qualifier === 'EXACT'
    ? numberInWords(value)
    : `${inWords(qualifier)}${isChinese() ? '' : ' '}${numberInWords(value)}`;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Formats a partial date with its precision: `2019`, `Jun 2019`, `20 Jun 2019`. */
export function dateInWords(date: string): string {
  const [year = '', month, day] = date.split('-');
  if (isChinese()) {
    return [`${year}年`, month && `${Number(month)}月`, day && `${Number(day)}日`].filter(Boolean).join('');
  }
  return [day && String(Number(day)), month && months[Number(month) - 1], year].filter(Boolean).join(' ');
}
