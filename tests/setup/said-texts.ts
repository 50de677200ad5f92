import { readdirSync, readFileSync } from 'node:fs';

/** The sources of a page, but for its texts in other languages. */
export function sourcesOf(folder: string): readonly string[] {
  const root = new URL(`../../src/${folder}/`, import.meta.url);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('chinese.ts'))
    .map((name) => readFileSync(new URL(name, root), 'utf8'));
}

/** The text from an opening bracket to the comma or bracket that ends the first argument. */
function firstArgument(text: string): string {
  let depth = 0;
  let quote = '';
  for (const [index, sign] of [...text].entries()) {
    if (quote !== '') {
      if (sign === quote) quote = '';
    } else if (sign === "'") quote = sign;
    else if (sign === '(') depth += 1;
    else if (sign === ')' && depth > 0) depth -= 1;
    else if ((sign === ',' || sign === ')') && depth === 0) return text.slice(0, index);
  }
  return text;
}

/** Texts that a page says: literals in the first argument of `say`, and those of `Said`. */
export const saidIn = (sources: readonly string[]): ReadonlySet<string> =>
  new Set(
    sources.flatMap((source) => [
      ...[...source.matchAll(/\bsay\(/g)].flatMap(({ index }) =>
        [...firstArgument(source.slice(index + 4)).matchAll(/'([^']+)'/g)].map(([, text = '']) => text),
      ),
      ...[...source.matchAll(/<Said\s+text="([^"]+)"/g)].map(([, text = '']) => text),
    ]),
  );

/** Nouns that a page counts. */
export const countedIn = (sources: readonly string[]): ReadonlySet<string> =>
  new Set(sources.flatMap((text) => [...text.matchAll(/\bcounted\([^;]*?, '(\w+)'\)/g)].map(([, noun = '']) => noun)));

/** The values in a text. */
export const placeholdersOf = (text: string): readonly string[] =>
  [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
