import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Disc, dodged } from '../../../../src/pages/explorer/map/dodge.ts';
import { runs } from '../../../setup/runs.ts';

const disc: fc.Arbitrary<Disc> = fc.record({
  x: fc.integer({ min: 0, max: 380 }),
  y: fc.integer({ min: 0, max: 380 }),
  radius: fc.integer({ min: 12, max: 24 }),
});

describe('circles on the map', () => {
  it('do not cover one another, and are at the same places each time', () => {
    fc.assert(
      fc.property(fc.array(disc, { minLength: 1, maxLength: 30 }), (discs) => {
        const places = dodged(discs);
        expect(dodged(discs)).toEqual(places);
        for (const [index, one] of places.entries()) {
          for (const [offset, other] of places.slice(index + 1).entries()) {
            const least = (discs[index]?.radius ?? 0) + (discs[index + 1 + offset]?.radius ?? 0);
            expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(least - 1.5);
          }
        }
      }),
      runs(30),
    );
  });

  it('are whole in their room', () => {
    const crowd = Array.from({ length: 9 }, (_, index) => ({ x: 60 + index, y: 4, radius: 12 }));
    for (const { x, y } of dodged(crowd, { width: 200, height: 200 })) {
      expect(y).toBeGreaterThanOrEqual(12);
      expect(x).toBeGreaterThanOrEqual(12);
    }
  });

  it('stay where they are if none is in the way', () => {
    const [place] = dodged([{ x: 40, y: 50, radius: 12 }]);
    expect(place?.x).toBeCloseTo(40, 1);
    expect(place?.y).toBeCloseTo(50, 1);
  });
});
