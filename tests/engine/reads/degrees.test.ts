import { describe, expect, it } from 'vitest';
import { KindDegrees } from '../../../src/engine/reads/degrees.ts';
import { expectedDistinct, expectedFanOut, walkedDegrees } from '../../../src/engine/reads/statistics.ts';
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

  it('counts those of all types together, on average and as relations lead to them', () => {
    expect(areas.total()).toBeCloseTo((98 + 9 + 1) / 10);
    expect(areas.total({ via: labs })).toBeCloseTo((90 * 98 + 2 + 8) / 99);
  });

  it('is zero for a kind of which nothing was sampled', () => {
    expect(new KindDegrees([labs], []).mean(labs)).toBe(0);
  });
});

describe('how many relations Neo4j follows', () => {
  it('is all that an entity has where these are few, and those of the type of a hub', () => {
    // Nine entities with one laboratory each, one of which has a program, and the hub's eight programs.
    expect(areas.followed(programs)).toBeCloseTo((8 + 2 + 8 * 1) / 10);
    expect(areas.followed(programs, { via: labs })).toBeCloseTo((90 * 8 + 2 + 8) / 99);
  });
});

describe('the share of entities with a relation', () => {
  it('is that of the sample', () => {
    expect(areas.some(labs, 1)).toBe(1);
    expect(areas.some(programs, 1)).toBeCloseTo(0.2);
    expect(areas.some(programs, 1, { via: labs })).toBeCloseTo(91 / 99);
  });

  it('is less where few of the far ends count', () => {
    expect(areas.some(programs, 0.5)).toBeCloseTo((1 - 0.5 ** 8 + 0.5) / 10);
    expect(areas.some(programs, 0)).toBe(0);
  });
});

describe('the relations that a traversal meets', () => {
  it('are more at what it reaches than where it starts, and no more than are read of a hub', () => {
    const degrees = new KindDegrees([labs], [[90], ...Array.from({ length: 9 }, () => [1])]);
    const statistics = { ...statisticsOf({ Area: 10, Lab: 0, RESEARCHES: 0 }), degrees: { Area: degrees } };
    const { start, met } = walkedDegrees(statistics, ['RESEARCHES']);
    // On average over the two kinds: an area has 9.9, and there is no laboratory.
    expect(start).toBeCloseTo(9.9 / 2);
    expect(met).toBeCloseTo((90 * 50 + 9) / 99);
  });

  it('are counted from all of them where nothing was sampled', () => {
    expect(walkedDegrees(statisticsOf(), ['RESEARCHES'])).toEqual({ start: 2, met: 2 });
  });

  it('are none where none are followed', () => {
    expect(walkedDegrees(statisticsOf(), [])).toEqual({ start: 0, met: 0 });
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
