import { describe, expect, it } from 'vitest';
import { dividedWords, looseWords } from '../../../src/engine/search/loose-words.ts';
import { tokensOf } from '../../../src/engine/search/meanings/tokens.ts';

const unit = (text: string, isMeant: boolean) => ({
  tokens: tokensOf(text),
  entities: isMeant ? [{ slug: 'x', text, weight: 1 }] : [],
  synonyms: [],
});

const textsOf = (...given: Parameters<typeof looseWords>) => looseWords(...given).map(({ text }) => text);

describe('the words of a search, any of which may be found', () => {
  it('are its words without stop words', () => {
    expect(textsOf('which labs have sensors', null)).toEqual(['labs', 'sensors']);
  });

  it('are what a run of Chinese means, then what means nothing, and its pairs of characters', () => {
    const units = [unit('有什么', false), unit('塞尔维亚', true), unit('quantum', true)];
    const found = textsOf('quantum 塞尔维亚有什么', { units, kinds: null, kindWords: [] });
    expect(found).toEqual(['quantum', '塞尔维亚', '有什么', '有什', '什么']);
  });

  it('are pairs of characters where nothing is meant, and no more than a search may have', () => {
    expect(textsOf('量子通信', null)).toEqual(['量子通信', '量子', '子通', '通信']);
    expect(textsOf('量子', null)).toEqual(['量子']);
    expect(textsOf('一二三四五六七八九十甲乙丙丁', null)).toHaveLength(10);
  });
});

describe('the words of a search', () => {
  it('are in Chinese what its characters mean, and the kinds that they name', () => {
    const meanings = {
      units: [unit('农业', true)],
      kinds: null,
      kindWords: [{ words: ['实', '验', '室'], kind: 'Lab' }],
    };
    expect(dividedWords('哪些国家有农业实验室', meanings).map(({ text }) => text)).toEqual(['农业', '实验室']);
    expect(dividedWords('农业实验室', null).map(({ text }) => text)).toEqual(['农业实验室']);
  });

  it('are for a time its years, not the words that say which', () => {
    const time = { positions: new Set([1, 2]), from: 2020, until: 2021, properties: new Set<string>(), dated: [] };
    const dated = { ...unit('between 2020 2021', false), time };
    const found = dividedWords('kenya between 2020 and 2021', {
      units: [unit('kenya', true), dated],
      kinds: null,
      kindWords: [],
    });
    expect(found.map(({ text }) => text)).toEqual(['kenya', '2020', '2021']);
    const after = { ...unit('after 2019', false), time };
    const since = dividedWords('kenya after 2019', { units: [unit('kenya', true), after], kinds: null, kindWords: [] });
    expect(since.map(({ text }) => text)).toEqual(['kenya', '2020', '2021']);
  });

  it('are in English all of them', () => {
    const meanings = { units: [unit('sensors', true)], kinds: null, kindWords: [{ words: ['labs'], kind: 'Lab' }] };
    expect(dividedWords('labs of sensors', meanings).map(({ text }) => text)).toEqual(['labs', 'sensors']);
  });
});
