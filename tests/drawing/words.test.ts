import { describe, expect, it } from 'vitest';
import { counted, dateInWords, inWords, kindOf, qualified, sentence, spell } from '../../src/drawing/words.ts';

describe('words of the ontology', () => {
  spell({ bri: 'BRI', mou: 'MoU' });

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

  it('are put as their source puts them', () => {
    expect([qualified(70, 'OVER'), qualified(10, 'EXACT')]).toEqual(['over 70', '10']);
  });

  it('have dates no more exact than they are known', () => {
    expect(['2019', '2019-06', '2019-06-09'].map(dateInWords)).toEqual(['2019', 'Jun 2019', '9 Jun 2019']);
  });
});
