import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '../../../src/engine/search/folding.ts';
import { highlightsOf } from '../../../src/engine/search/highlight.ts';
import { wordsLookedFor } from '../../../src/engine/search/words.ts';
import { runs } from '../../setup/runs.ts';

const textsOf = (query: string, value: unknown) =>
  highlightsOf([['field', value]], '', wordsLookedFor(foldText(query))).map(({ text }) => text);

describe('highlights', () => {
  it.each([
    ['kenya', 'China–Kenya lab', 'China–<em>Kenya</em> lab'],
    ['ken', 'Kenyatta', '<em>Kenyatta</em>'],
    ['STRASSE', 'Die Straße', 'Die <em>Straße</em>'],
    ['ivoire', 'Côte d’Ivoire', 'Côte <em>d’Ivoire</em>'],
    ['lodz', 'W Łodzi: Łódź', 'W <em>Łodzi</em>: <em>Łódź</em>'],
    ['联合实验室', '中国—“一带一路”联合实验室。', '中国—“一带一路”<em>联合实验室</em>。'],
    ['联合实验室', '澳大與葡建聯合實驗室', '澳大與葡建<em>聯合實驗室</em>'],
    ['中葡医学', '中葡传统医药学', '<em>中葡</em>传统<em>医</em>药<em>学</em>'],
    ['量子通信网络', '中国的卫星通信与网', '中国的卫星<em>通信</em>与网'],
    ['晛 实验', '晛と曥の實驗室', '<em>晛</em>と曥の<em>實驗</em>室'],
    ['cafe', 'a cafe\u0301 in Łódź', 'a <em>cafe\u0301</em> in Łódź'],
    ['x<b', '<script> x&b', '&lt;script&gt; <em>x</em>&amp;<em>b</em>'],
    ['<em>', '<em>not ours</em>', '&lt;<em>em</em>&gt;not ours&lt;/<em>em</em>&gt;'],
  ])('of %s in %s', (query, text, marked) => expect(textsOf(query, text)).toEqual([marked]));

  it('mark similar words only if the word itself occurs nowhere', () => {
    expect(textsOf('kenia', ['Kenya', 'Kenia'])).toEqual(['<em>Kenia</em>']);
    expect(textsOf('kenia', ['Kenya'])).toEqual(['<em>Kenya</em>']);
  });

  it('cut a long text around its first mark, between words', () => {
    const long = `${'before '.repeat(60)}needle${' after'.repeat(60)}`;
    const [text = ''] = textsOf('needle', long);
    expect(text).toMatch(/^… (before )+<em>needle<\/em>( after)+ …$/);
    expect(text.length).toBeLessThan(270);
  });

  it('are at most five, and none without a match', () => {
    expect(textsOf('needle', Array(9).fill('a needle'))).toHaveLength(5);
    expect(textsOf('needle', [null, 'hay', 7, undefined])).toEqual([]);
  });

  it('contain only a part of the text, for any text', () => {
    const letters = fc.string({
      unit: fc.constantFrom(..."ab<>&; '’é中国😀ß\u0301", 'needle', '<em>', '</em>'),
      maxLength: 400,
    });
    fc.assert(
      fc.property(letters, letters, (text, query) => {
        for (const marked of textsOf(query, text)) {
          const plain = marked
            .replace(/<\/?em>/g, '')
            .replace(/^… | …$/g, '')
            .replace(/&lt;/g, '<')
            .replace(/&gt;/g, '>')
            .replace(/&amp;/g, '&');
          expect(text).toContain(plain);
          expect(marked.replace(/<em>[^<>]+<\/em>/g, '')).not.toMatch(/[<>]/);
          expect(plain).not.toMatch(/^[\udc00-\udfff]|[\ud800-\udbff]$/);
        }
      }),
      runs(500),
    );
  });
});
