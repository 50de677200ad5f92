/** Converts names from the schema to words: `PARTNERS_WITH` to `partners with`, `yearRecognised` to `year recognised`. */
export const inWords = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
    .replace(/\bbri\b/g, 'BRI')
    .replace(/\bmou\b/g, 'MoU')
    .replace(/\bprogram(s?)\b/g, 'programme$1')
    .replace(/\bun\b/g, 'UN')
    .replace(/\bzh\b/g, '(Chinese)');

/** The same, with a capital first letter. */
export function sentence(name: string): string {
  const words = inWords(name);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The `EntityKind` of a type name: `COUNTRY_GROUP` for `CountryGroup`. */
export const kindOf = (typeName: string): string => typeName.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();

const plurals: readonly (readonly [RegExp, string])[] = [
  [/(s|x|ch|sh)$/, '$1es'],
  [/([^aeiou])y$/, '$1ies'],
  [/$/, 's'],
];

/** Singular or plural of a noun: `country`, `countries`. */
export function plural(count: number, noun: string): string {
  const [ending, replacement] = plurals.find(([pattern]) => pattern.test(noun)) ?? [/$/, 's'];
  return count === 1 ? noun : noun.replace(ending, replacement);
}

/** `1 country`, `3 countries`. */
export const counted = (count: number, noun: string): string => `${count.toLocaleString('en')} ${plural(count, noun)}`;

/** A published figure with its qualifier: `over 70`. */
export const qualified = (value: number, qualifier: string): string =>
  qualifier === 'EXACT' ? value.toLocaleString('en') : `${inWords(qualifier)} ${value.toLocaleString('en')}`;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Formats a partial date with its precision: `2019`, `Jun 2019`, `20 Jun 2019`. */
export function dateInWords(date: string): string {
  const [year = '', month, day] = date.split('-');
  return [day && String(Number(day)), month && months[Number(month) - 1], year].filter(Boolean).join(' ');
}
