import { describe, expect, it } from 'vitest';
import { KindDegrees } from '../../../src/graph/reads/degrees.ts';
import { expectedDistinct, expectedFanOut } from '../../../src/graph/reads/statistics.ts';
import { statisticsOf } from '../../setup/statistics-of.ts';

const labs = { relation: 'RESEARCHES', reading: 'BACKWARD' } as const;
const programs = { relation: 'COVERS', reading: 'BACKWARD' } as const;

/** Areas: a hub with 90 laboratories and 8 programs, and nine others with one of each or none. */
const areas = new KindDegrees(
  [labs, programs],
  [[90, 8], ...Array.from({ length: 9 }, (_, index) => [1, index === 0 ? 1 : 0])],
);

describe('how many relations entities have', () => {
  it('is more as relations lead to them than on average, since these lead to hubs', () => {
    expect(areas.mean(programs)).toBeCloseTo(0.9);
    expect(areas.mean(programs, { via: labs })).toBeCloseTo((90 * 8 + 1) / 99);
  });

  it('counts no more of one entity than a page has', () => {
    expect(areas.mean(labs, { most: 10 })).toBeCloseTo(1.9);
    expect(areas.mean(labs)).toBeCloseTo(9.9);
  });

  it('is zero for a kind of which nothing was sampled', () => {
    expect(new KindDegrees([labs], []).mean(labs)).toBe(0);
  });
});

describe('how many different entities are met', () => {
  const statistics = { ...statisticsOf({ Area: 10 }), degrees: { Area: areas } };

  it('is few where relations lead to a hub, and all where none leads to the same twice', () => {
    expect(areas.met(labs, 10)).toBeLessThan(1.3);
    expect(expectedDistinct(statistics, 'Area', labs, 100)).toBeLessThan(1.3);
    expect(expectedDistinct(statistics, 'Area', programs, 0.5)).toBeCloseTo(0.42, 1);
    expect(expectedDistinct(statisticsOf({ Area: 1_000_000 }), 'Area', undefined, 5)).toBeCloseTo(5);
  });

  it('is never more than the visits', () => {
    for (const visits of [0, 0.1, 1, 1_000]) {
      expect(expectedDistinct(statistics, 'Area', labs, visits)).toBeLessThanOrEqual(visits);
    }
  });

  it('is estimated from counts alone for entities of any kind, and where there is no sample', () => {
    expect(
      expectedFanOut(
        statisticsOf({ Lab: 100, RESEARCHES: 200 }),
        { relation: 'RESEARCHES', reading: 'FORWARD' },
        'Lab',
        { most: 1 },
      ),
    ).toBe(1);
  });
});
