import { afterAll, describe, expect, it } from 'vitest';
import {
  counted,
  dateInWords,
  inWords,
  kindOf,
  numberInWords,
  qualified,
  sentence,
  speak,
  spell,
} from '../../../src/pages/drawing/words.ts';
import { know, settings } from '../../../src/pages/explorer/settings/known.ts';

// Files of one worker share the words of the page.
afterAll(() => know(settings()));

describe('words of the ontology', () => {
  spell({ bri: 'BRI', mou: 'MoU' });
  speak({ language: 'en', names: {}, nouns: {} });

  it.each([
    ['PARTNERS_WITH', 'partners with'],
    ['yearRecognised', 'year recognised'],
    ['nameZh', 'name (Chinese)'],
    ['briMouDate', 'BRI MoU date'],
    ['COUNTRY_GROUP', 'country group'],
  ])('%s reads as %s', (name, words) => {
    expect(inWords(name)).toBe(words);
  });

  it('begin a sentence with a capital', () => {
    expect(sentence('OTHER_JOINT_LABORATORY')).toBe('Other joint laboratory');
  });

  it('know a kind by the name of its type', () => {
    expect(['Lab', 'CountryGroup', 'COUNTRY_GROUP'].map(kindOf)).toEqual(['LAB', 'COUNTRY_GROUP', 'COUNTRY_GROUP']);
  });
});

describe('counts and figures', () => {
  it('agree with their nouns', () => {
    expect([counted(1, 'country'), counted(3, 'country'), counted(0, 'lab'), counted(1_640, 'entity')]).toEqual([
      '1 country',
      '3 countries',
      '0 labs',
      '1,640 entities',
    ]);
  });

  it('have all digits of a number, however small it is', () => {
    expect([0.000_12, 1_234.567_89, 45].map(numberInWords)).toEqual(['0.00012', '1,234.56789', '45']);
  });

  it('keep the exponent of a number that would read as zero, or as a row of zeros', () => {
    expect([3.5e-250, -5e-324, 1e-7, 1e300].map(numberInWords)).toEqual(['3.5e-250', '-5e-324', '1e-7', '1e+300']);
  });

  it('are put as their source puts them', () => {
    expect([qualified(70, 'OVER'), qualified(10, 'EXACT')]).toEqual(['over 70', '10']);
  });

  it('have dates no more exact than they are known', () => {
    expect(['2019', '2019-06', '2019-06-09'].map(dateInWords)).toEqual(['2019', 'Jun 2019', '9 Jun 2019']);
  });
});

describe('words in Chinese', () => {
  it('have labels for names, a measure word for counts, and dates in their order', () => {
    speak({ language: 'zh-Hans', names: { capital: '首都' }, nouns: { entity: '个实体' } });
    expect([inWords('capital'), counted(1_200, 'entity'), dateInWords('2019-06'), qualified(70, 'EXACT')]).toEqual([
      '首都',
      '1,200 个实体',
      '2019年6月',
      '70',
    ]);
    speak({ language: 'en', names: {}, nouns: {} });
  });
});
