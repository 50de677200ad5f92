import { readdirSync, readFileSync } from 'node:fs';

/** The root of the project. */
export const root = new URL('../../', import.meta.url);

/** What stands between fences in a page: its language, the words beside it, its text. */
export interface Block {
  readonly language: string;
  readonly info: string;
  readonly text: string;
}

/** A page of the documentation, by its path from the root. */
export interface Page {
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

export function readPage(path: string): Page {
  const text = readFileSync(new URL(path, root), 'utf8');
  const blocks = [...text.matchAll(/^```(\w+) *(.*)\n([\s\S]*?)^```$/gm)];
  return {
    path,
    text,
    blocks: blocks.map(([, language = '', info = '', content = '']) => ({ language, info, text: content })),
  };
}

/** The README and all of `docs/`. */
export const pages: readonly Page[] = [
  'README.md',
  ...readdirSync(new URL('docs', root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `docs/${name}`),
].map(readPage);

/** The lines of a page's commands that begin with a word, without the remarks behind them. */
export const commandsOf = ({ blocks }: Page, word: string): readonly string[] =>
  blocks
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.replaceAll('\\\n', ' ').split('\n'))
    .filter((line) => line.startsWith(`${word} `))
    .map((line) => line.replace(/ +#.*$/, ''));
