import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { foldText } from '../../../src/engine/search/folding.ts';
import { looseWords } from '../../../src/engine/search/loose-words.ts';
import { attemptsFor, forgivingAttemptsFor, looseAttemptsFor, typedNames } from '../../../src/engine/search/lucene.ts';
import { wordsLookedFor, wordsOf } from '../../../src/engine/search/words.ts';
import { runs } from '../../setup/runs.ts';

const texts = (folded: string) => wordsOf(folded).map(({ text }) => text);

describe('words', () => {
  it.each([
    ["cote d'ivoire", ['cote', "d'ivoire"]],
    ['china-kenya 2019', ['china', 'kenya', '2019']],
    ['kenya 中国ab农', ['kenya', '中国', 'ab', '农']],
    ["'quoted' . !", ['quoted']],
    ['the u.s., e.o. paton and ph.d. no. 5.', ['the', 'us', 'eo', 'paton', 'and', 'ph', 'd', 'no', '5']],
    ['', []],
  ])('of %s', (folded, words) => expect(texts(folded)).toEqual(words));

  it('that are looked for leave out small ones, repeated ones and those after the tenth', () => {
    expect(wordsLookedFor('the belt and the road and belt').map(({ text }) => text)).toEqual(['belt', 'road']);
    expect(wordsLookedFor('of the').map(({ text }) => text)).toEqual(['of', 'the']);
    expect(wordsLookedFor('b c d f g h i j k l m n')).toHaveLength(10);
  });
});

describe('queries to the index', () => {
  const quoted = /"([^"]*)"/g;
  const unsafe = /[^\p{L}\p{M}\p{N}_':()~*?+. ]/u;
  const unsafeInQuotes = /[^\p{L}\p{M}\p{N}_'.,; ]/u;

  const expectSafe = (text: string) => {
    const folded = foldText(text);
    const attempts = [
      ...attemptsFor(cooperation, folded),
      ...forgivingAttemptsFor(cooperation, folded),
      ...looseAttemptsFor(cooperation, looseWords(folded, null)),
    ];
    const queries = attempts.map(({ query }) => query);
    for (const query of [...queries, typedNames(cooperation, folded) ?? '']) {
      expect(query.replace(quoted, '')).not.toMatch(unsafe);
      for (const [, phrase] of query.matchAll(quoted)) expect(phrase).not.toMatch(unsafeInQuotes);
    }
  };

  it('have of the text nothing but letters, digits, apostrophes and dots, and in quotes commas and semicolons', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => expectSafe(text)),
      { ...runs(1_000), examples: [['🄁'], ['2,000 "x" OR *:*; a']] },
    );
  });

  it('are weighed, the narrowest most', () => {
    const weights = attemptsFor(cooperation, 'artificial inteligence').map(({ weight }) => weight);
    expect(weights).toEqual(weights.toSorted((a, b) => b - a));
  });

  it('look for words that are alike only apart from all others, and only where a word is long enough', () => {
    const fuzzy = /~\d/;
    expect(
      attemptsFor(cooperation, 'artificial inteligence')
        .map(({ query }) => query)
        .join(),
    ).not.toMatch(fuzzy);
    expect(forgivingAttemptsFor(cooperation, 'artificial inteligence')).toEqual([
      { weight: 0.2, query: expect.stringMatching(fuzzy) },
    ]);
    expect(forgivingAttemptsFor(cooperation, 'iot 2019')).toEqual([]);
  });

  it('are none if there is no word', () => {
    expect(forgivingAttemptsFor(cooperation, '. *')).toEqual([]);
    expect(attemptsFor(cooperation, '. *')).toEqual([]);
    expect(looseAttemptsFor(cooperation, looseWords('. *', null))).toEqual([]);
    expect(typedNames(cooperation, '. *')).toBeNull();
  });
});
