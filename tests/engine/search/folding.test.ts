import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '../../../src/engine/search/folding.ts';
import { runs } from '../../setup/runs.ts';

describe('folded text', () => {
  it.each([
    ['Łódź', 'lodz'],
    ['Côte d’Ivoire', "cote d'ivoire"],
    ['Oʻzbekiston', "o'zbekiston"],
    ['Türkiye İstanbul ısı', 'turkiye istanbul isi'],
    ['Ærø, Straße, Đà Nẵng', 'aero, strasse, da nang'],
    ['ΟΔΟΣ Йод', 'οδοσ иод'],
    ['São Tomé and Príncipe', 'sao tome and principe'],
    ['“Belt–Road”', '"belt-road"'],
    ['中國－塞爾維亞聯合實驗室', '中国-塞尔维亚联合实验室'],
    ['薴烯', '苎烯'],
  ])('makes %s equal to %s', (text, folded) => expect(foldText(text)).toBe(folded));

  it.each(['一带一路联合实验室', 'がぎぐ', '한국', 'หนึ่งแถบ', 'हिन्दी'])('leaves %s as it is', (text) =>
    expect(foldText(text)).toBe(text.normalize('NFC')),
  );

  it('does not change what is folded', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(text, (any) => {
        const folded = foldText(any);
        expect(foldText(folded)).toBe(folded);
      }),
      runs(2_000),
    );
  });

  it('finds the beginning of a text in the text, ignoring case', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...'AÉßøŁ中 -d’x'), { maxLength: 20 }), fc.nat(20), (letters, end) => {
        const text = letters.join('');
        expect(foldText(text).startsWith(foldText(letters.slice(0, end).join('').toUpperCase()))).toBe(true);
      }),
    );
  });
});
