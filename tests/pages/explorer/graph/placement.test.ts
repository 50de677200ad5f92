import { describe, expect, it } from 'vitest';
import { MOST_PLACED, placesOfText, textOfPlaces } from '../../../../src/pages/explorer/graph/placement.ts';

const places = new Map([
  ['b', { x: -120.4, y: 7 }],
  ['a', { x: 0, y: 35.6 }],
]);

describe('places in an address', () => {
  it('come back in whole pixels, in whatever order the entities arrive', () => {
    const text = textOfPlaces(places);
    const back = new Map([
      ['a', { x: 0, y: 36 }],
      ['b', { x: -120, y: 7 }],
    ]);
    expect(placesOfText(text, ['b', 'a'])).toEqual(back);
    expect(placesOfText(text, ['a', 'b'])).toEqual(back);
  });

  it('are left alone where they belong to another graph, or are none', () => {
    for (const text of [undefined, '', '1.2.3', 'x y', '1.2.3.4.5.6', '1..2.3', '1.2.3.{}'])
      expect(placesOfText(text, ['a', 'b'])).toBeUndefined();
  });

  it('are none for a large graph', () => {
    const many = new Map(Array.from({ length: MOST_PLACED + 1 }, (_, x) => [`${x}`, { x, y: 0 }]));
    expect(textOfPlaces(many)).toBeUndefined();
    expect(textOfPlaces(new Map())).toBeUndefined();
  });
});
