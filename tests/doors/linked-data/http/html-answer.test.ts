import { expect, it } from 'vitest';
import { languageOf } from '../../../../src/doors/linked-data/http/html-answer.ts';

it.each([
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-Hans'],
  ['en;q=0.3, zh;q=0.9', 'zh-Hans'],
  ['zh;q=0, en;q=0.1', 'en'],
  ['zh;q=x', 'zh-Hans'],
  ['fr, zh-Hans;q=0.5, en;q=0.4', 'zh-Hans'],
  ['', 'en'],
])('a page is in the language that is liked best: of %j', (accepted, language) => {
  const headers = { 'accept-language': accepted };
  expect(languageOf(new Request('http://silkgraph/entity/ke', { headers }))).toBe(language);
});
