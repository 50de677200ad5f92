import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { messages, nouns } from '../../../src/web/settings/chinese.ts';

const root = new URL('../../../src/web/', import.meta.url);

const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('chinese.ts'))
  .map((name) => readFileSync(new URL(name, root), 'utf8'));

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

/** Texts that the page says: literals in the first argument of `say`, and those of `Said`. */
const said = new Set(
  sources.flatMap((source) => [
    ...[...source.matchAll(/\bsay\(/g)].flatMap(({ index }) =>
      [...firstArgument(source.slice(index + 4)).matchAll(/'([^']+)'/g)].map(([, text = '']) => text),
    ),
    ...[...source.matchAll(/<Said\s+text="([^"]+)"/g)].map(([, text = '']) => text),
  ]),
);

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

describe('the texts of the explorer in Chinese', () => {
  it('are as complete as the English ones', () => {
    expect(said.size).toBeGreaterThan(150);
    expect([...said].filter((text) => !Object.hasOwn(messages, text))).toEqual([]);
  });

  it('have the same values in them', () => {
    for (const [english, chinese] of Object.entries(messages)) {
      expect(placeholders(chinese), english).toEqual(placeholders(english));
    }
  });

  it('have a name for everything that is counted', () => {
    const counted = new Set(
      sources.flatMap((text) => [...text.matchAll(/\bcounted\([^;]*?, '(\w+)'\)/g)].map(([, noun]) => noun)),
    );
    expect([...counted].filter((noun) => noun === undefined || !Object.hasOwn(nouns, noun))).toEqual([]);
  });
});
