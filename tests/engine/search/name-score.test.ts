import { describe, expect, it } from 'vitest';
import { foldText } from '../../../src/engine/search/folding.ts';
import { nameScore } from '../../../src/engine/search/name-score.ts';
import { spellingsOf } from '../../../src/engine/search/search.ts';
import { wordsLookedFor } from '../../../src/engine/search/words.ts';

interface Names {
  readonly slug?: string;
  readonly name: string;
  readonly nameZh?: string;
  readonly others?: readonly string[];
}

function score(text: string, { slug = 'one', name, nameZh = '', others = [] }: Names, standing = {}) {
  const whole = foldText(text);
  const compared = [name, nameZh].map(foldText);
  const names = { slug, compared: () => compared, names: compared, otherNames: others.map(foldText) };
  const query = { words: wordsLookedFor(whole), spellings: spellingsOf(whole) };
  return nameScore(query, names, { isIdentified: false, isEvidence: false, ...standing });
}

describe('the score of a name', () => {
  it.each([
    ['Tea House', 1],
    ['TH', 0.95],
    ['two', 0.95],
    ['Tea', 0.8 + (0.09 * 3) / 9],
    ['House', 0.7 + (0.09 * 5) / 9],
    ['the house tea', 0.79],
    ['hou', 0.6 + (0.09 * 3) / 9],
    ['pavilion', 0.5 + (0.09 * 8) / 9],
    ['house pavilion', 0.49],
    ['h', null],
    ['tea zzz', null],
    ['...', null],
  ])('for %s is that of the first class it belongs to, and of its share', (text, expected) => {
    const found = score(text, { slug: 'two', name: 'Tea House', others: ['TH', 'Green Pavilion'] });
    expect(found).toEqual(expected === null ? null : expect.closeTo(expected, 12));
  });

  it('has the share of the name that contains the query', () => {
    expect(score('室', { name: 'Laboratory', nameZh: '实验室' })).toBeCloseTo(0.7 + 0.09 / 3, 12);
  });

  it('has Chinese characters in their order alone, over punctuation too', () => {
    expect(score('国肯', { name: 'One', nameZh: '中国-肯尼亚' })).toBeGreaterThan(0.7);
    expect(score('国尼', { name: 'One', nameZh: '中国-肯尼亚' })).toBeNull();
    expect(score('国肯', { name: 'One', others: ['中国', '肯尼亚'] })).toBeNull();
  });

  it('meets abbreviations with dots and without', () => {
    expect(score('us', { name: 'The U.S. Embassy' })).toBeGreaterThan(0.7);
    expect(score('U.S.', { name: 'The US Embassy' })).toBeGreaterThan(0.7);
    expect(score('U.S.', { name: 'US' })).toBe(1);
  });

  it('meets words after an elided article', () => {
    expect(score('ivoire', { name: "Côte d'Ivoire" })).toBeCloseTo(0.6 + (0.09 * 6) / 13, 12);
  });

  it('counts the share of what others rest on by half', () => {
    expect(score('tea', { name: 'The Tea' }, { isEvidence: true })).toBeCloseTo(0.7 + (0.5 * 0.09 * 3) / 7, 12);
  });

  it('is that of the name where it has the identifier', () => {
    expect(score('Q7', { name: 'Tea' }, { isIdentified: true })).toBe(1);
  });
});
