import { capitalized, kebabCase } from '../../ontology/letter-case.ts';

const irregular = new Map(
  Object.entries({
    person: 'people',
    child: 'children',
    man: 'men',
    woman: 'women',
    mouse: 'mice',
    foot: 'feet',
    tooth: 'teeth',
    analysis: 'analyses',
    thesis: 'theses',
    criterion: 'criteria',
    series: 'series',
    species: 'species',
    // Their plural is regular, but looks like that of a word in -y.
    movie: 'movies',
    cookie: 'cookies',
    calorie: 'calories',
    zombie: 'zombies',
  }),
);

const backToOne = new Map([...irregular].map(([one, many]) => [many, one]));

/** Applies a change to the last word of a camelCase or PascalCase name, and keeps its capital. */
function lastWord(name: string, change: (word: string) => string): string {
  const start = name.search(/[A-Z]?[a-z0-9]*$/);
  const [before, word] = [name.slice(0, start), name.slice(start)];
  const changed = change(word.toLowerCase());
  return before + (/^[A-Z]/.test(word) ? capitalized(changed) : changed);
}

/** `country` → `countries`, `CountryGroup` → `CountryGroups`. */
export const pluralOf = (name: string): string =>
  lastWord(name, (word) => {
    const many = irregular.get(word);
    if (many) return many;
    if (/(?:s|x|z|ch|sh)$/.test(word)) return `${word}es`;
    return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
  });

/** `countries` → `country`; a name that is no plural stays as it is. */
export const singularOf = (name: string): string =>
  lastWord(name, (word) => {
    const one = backToOne.get(word);
    if (one) return one;
    if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
    if (/(?:ss|us|is)$/.test(word)) return word;
    if (/(?:ss|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
    return word.endsWith('s') ? word.slice(0, -1) : word;
  });

/** The words of a name in prose: `CountryGroup` → `country group`, `ACTED_IN` → `acted in`. */
export const wordsOf = (name: string): string =>
  kebabCase(/^[A-Z0-9_]+$/.test(name) ? name.toLowerCase() : name)
    .replaceAll(/[-_]+/g, ' ')
    .trim();

export const withArticle = (words: string): string => `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;

/** A sentence that begins with a capital. */
export const sentence = (text: string): string => `${capitalized(text)}.`;

/** A number as people read it. */
export const counted = (number: number, one: string, many = `${one}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
