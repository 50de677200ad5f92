import { describe, expect, it } from 'vitest';
import { settings } from '../../../../src/pages/explorer/settings/known.ts';
import { type Axis, axisOf, labelsOf } from '../../../../src/pages/explorer/timeline/axis-of.ts';
import type { Held } from '../../../../src/pages/explorer/timeline/held.ts';
import { roundStep } from '../../../../src/pages/explorer/timeline/round-step.ts';
import { countByYear, heldByYear, yearsOfBar } from '../../../../src/pages/explorer/timeline/years.ts';
import '../cooperation-settings.ts';

const lab = (year: number) => ({ __typename: 'Lab', slug: `lab-${year}`, name: 'Lab', yearRecognised: year });

const heldOf = (...years: readonly number[]): Held => {
  const names = settings().kinds.Lab;
  if (!names) throw new Error('The settings have no laboratories.');
  return {
    bars: [{ kind: 'Lab', field: 'labs', names, entities: years.map(lab) }],
    dots: [],
    figures: [],
    seriesOf: {},
  };
};

const chartOf = (width: number, ...years: readonly number[]): Axis => axisOf(heldOf(...years), width);

describe('a step of a scale', () => {
  it('is the next round number', () => {
    expect([0.2, 1, 1.1, 3, 5, 6, 10, 21, 999, 1_001, 250_000].map(roundStep)).toEqual([
      ...[1, 1, 2, 5, 5, 10, 10, 50, 1_000, 2_000, 500_000],
    ]);
  });
});

describe('the years of a timeline', () => {
  it('are all labelled where there is room, else up to the last, else the round ones', () => {
    expect(labelsOf(chartOf(500, 2018, 2022))).toEqual([2018, 2019, 2020, 2021, 2022]);
    expect(labelsOf(chartOf(300, 2014, 2023))).toEqual([2015, 2017, 2019, 2021, 2023]);
    expect(labelsOf(chartOf(300, 1970, 2022))).toEqual([1970, 1980, 1990, 2000, 2010, 2020]);
  });

  it('are few bars and few labels however far apart they are, as after a slip of the keyboard', () => {
    const axis = chartOf(1_000, 2018, 20_180_101);
    expect(labelsOf(axis).length).toBeLessThan(40);
    expect(countByYear([lab(2018)], axis.since, axis.until, axis.barYears).length).toBeLessThanOrEqual(81);
    expect(yearsOfBar(-4_000_000_000, 2_000)).toBe(100_000_000);
  });

  it('have their numbers of entities, each with all before it', () => {
    expect(heldByYear([lab(2019), lab(2016), lab(2019), lab(20_180_101)])).toEqual([
      { year: 2016, count: 1 },
      { year: 2019, count: 3 },
      { year: 20_180_101, count: 4 },
    ]);
  });
});
