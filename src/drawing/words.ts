/** `PARTNERS_WITH` and `yearRecognised` as a person would write them: `partners with`, `year recognised`. */
export const inWords = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
    .replace(/\bbri\b/g, 'BRI')
    .replace(/\bmou\b/g, 'MoU')
    .replace(/\bun\b/g, 'UN')
    .replace(/\bzh\b/g, '(Chinese)');

/** The same, as the beginning of a sentence. */
export function sentence(name: string): string {
  const words = inWords(name);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `CountryGroup` as the enumeration of kinds writes it: `COUNTRY_GROUP`. */
export const kindOf = (typeName: string): string => typeName.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();

const plurals: readonly (readonly [RegExp, string])[] = [
  [/(s|x|ch|sh)$/, '$1es'],
  [/([^aeiou])y$/, '$1ies'],
  [/$/, 's'],
];

/** A noun for so many: `country`, `countries`. */
export function plural(count: number, noun: string): string {
  const [ending, replacement] = plurals.find(([pattern]) => pattern.test(noun)) ?? [/$/, 's'];
  return count === 1 ? noun : noun.replace(ending, replacement);
}

/** `1 country`, `3 countries`. */
export const counted = (count: number, noun: string): string => `${count.toLocaleString('en')} ${plural(count, noun)}`;

/** A qualifier of a published figure in front of it: `over 70`. */
export const qualified = (value: number, qualifier: string): string =>
  qualifier === 'EXACT' ? value.toLocaleString('en') : `${inWords(qualifier)} ${value.toLocaleString('en')}`;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A partial date as a person would write it, no more exact than it is: `2019`, `Jun 2019`, `20 Jun 2019`. */
export function dateInWords(date: string): string {
  const [year = '', month, day] = date.split('-');
  return [day && String(Number(day)), month && months[Number(month) - 1], year].filter(Boolean).join(' ');
}
