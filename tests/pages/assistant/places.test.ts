import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placesAsked, placesIn, spotsOf } from '../../../src/pages/assistant/places.ts';
import { leave, speak } from './cooperation-language.ts';

const card = (slug: string, __typename = 'Country') => ({ __typename, slug, name: slug });
const at = (latitude: number, longitude: number) => ({ latitude, longitude });

beforeAll(() => speak('en'));
afterAll(leave);

describe('the places of an answer', () => {
  it('are those that stand in it, the first of each entity', () => {
    const labs = {
      nodes: [
        { slug: 'lab', locations: [at(1, 2), at(3, 4)] },
        { slug: 'none', locations: [] },
      ],
    };
    expect([...placesIn({ data: { labs } })]).toEqual([['lab', at(1, 2)]]);
  });

  it('are asked for by kind, for as many as a list may have', () => {
    const many = Array.from({ length: 120 }, (_, index) => card(`lab${index}`, 'Lab'));
    const asked = placesAsked([card('ke'), ...many]);
    expect(() => parse(asked?.query ?? '')).not.toThrow();
    expect(asked?.variables).toMatchObject({ countries: ['ke'] });
    expect(asked?.variables.labs).toHaveLength(100);
    expect(placesAsked([card('x', 'Nothing')])).toBeUndefined();
  });

  it('are circles, one for all entities at one place, the largest number first', () => {
    const places = new Map([
      ['a', at(1, 2)],
      ['b', at(5, 6)],
      ['c', at(5.01, 6.01)],
    ]);
    const cards = [card('a'), card('b'), card('c'), card('nowhere')];
    expect(spotsOf(cards, [], places).map(({ count }) => count)).toEqual([2, 1]);
    const groups = [{ card: card('a'), keys: ['a'], count: 7 }];
    expect(spotsOf(cards, groups, places)).toMatchObject([{ latitude: 1, count: 7 }]);
  });
});
