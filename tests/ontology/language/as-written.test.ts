import { describe, expect, it } from 'vitest';
import { asWritten } from '../../../src/ontology/language/as-written.ts';

describe('what an element says of a text of the graph', () => {
  it.each([
    ['Egerton University', 'en', {}],
    ['Egerton University', 'zh-Hans', { lang: 'en' }],
    ['埃格顿大学', 'en', { lang: 'zh-Hans' }],
    ['埃格顿大学', 'zh-Hans', {}],
    ['Name sourced from text, whose term is 一带一路联合实验室 in every record of it.', 'en', {}],
    ['BRI 联合实验室', 'zh-Hans', {}],
    ['Côte d’Ivoire', 'zh-Hans', { lang: 'en' }],
    ['Чайка', 'en', {}],
    ['2019', 'zh-Hans', {}],
  ] as const)('is the language of %s, if that is not %s', (text, page, expected) => {
    expect(asWritten(text, page, 'en')).toEqual(expected);
  });

  it.each([
    ['fr', 'Côte d’Ivoire', { lang: 'fr' }],
    ['fr', '埃格顿大学', { lang: 'zh-Hans' }],
    ['fr', '1910', {}],
    ['ja', '水の研究', { lang: 'ja' }],
    ['ja', 'Egerton University', {}],
    ['ru', 'Чайка', { lang: 'ru' }],
    ['ru', 'Egerton University', {}],
    ['ar', 'طائر النار', { lang: 'ar', dir: 'auto' }],
  ])('is that of a graph in %s, if its letters are of that script: %s', (graph, text, expected) => {
    expect(asWritten(text, 'en', graph)).toEqual(expected);
  });

  it.each(['جامعة القاهرة', '\u05d0\u05d1', 'Cairo (القاهرة)'])('is that it finds its direction: %s', (text) => {
    expect(asWritten(text, 'en', 'en')).toEqual({ dir: 'auto' });
  });
});
