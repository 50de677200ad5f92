import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readPage, root } from './setup/pages.ts';
import { questionPages } from './setup/question-pages.ts';

it('the examples stand in the guide by topic, from easy to hard, with their queries and answers', async () => {
  const folder = new URL('examples/', root);
  const names = readdirSync(folder).flatMap((name) => /^(.*)\.graphql$/.exec(name)?.[1] ?? []);
  const pages = questionPages(folder, names, readPage('docs/questions.md').text);
  for (const [name, text] of pages) await expect(text).toMatchFileSnapshot(new URL(`docs/${name}`, root).pathname);
  const others = readdirSync(new URL('docs/questions', root)).filter((name) => !pages.has(`questions/${name}`));
  expect(others).toEqual([]);
});
