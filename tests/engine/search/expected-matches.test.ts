import { describe, expect, it } from 'vitest';
import type { SampledText } from '../../../src/engine/reads/sampled-texts.ts';
import { expectedMatches } from '../../../src/engine/search/expected-matches.ts';
import { wordsLookedFor } from '../../../src/engine/search/words.ts';
import { statisticsOf } from '../../setup/statistics-of.ts';

const text = (searched: string): SampledText => ({ name: searched, folded: searched, searched });

const statistics = {
  ...statisticsOf({ Lab: 4, Area: 100 }),
  samples: {
    Lab: [text('soil and water'), text('waterways'), text('土壤与水'), text('air')],
    Area: [text('water'), text('fire')],
  },
};
const matches = (words: string) => expectedMatches(statistics, wordsLookedFor(words));
/** What is expected beside what is expected of any word. */
const more = (words: string) => matches(words) - matches('nowhere');

describe('how many entities a search is expected to find', () => {
  it('is how many texts have one of its words, or a word that begins with it', () => {
    expect(more('soil')).toBeCloseTo(1);
    expect(more('air soil')).toBeCloseTo(2);
    expect(more('ways')).toBe(0);
  });

  it('is more where a sample stands for many entities', () => {
    expect(more('waterways')).toBeCloseTo(1);
    expect(more('fire')).toBeGreaterThan(30);
    expect(more('wat')).toBeCloseTo(2 + more('fire'));
  });

  it('is how many have all characters of a Chinese word', () => {
    expect(more('土壤')).toBeCloseTo(1);
    expect(more('土地')).toBe(0);
  });
});
