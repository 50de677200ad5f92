import { describe, expect, it } from 'vitest';
import { countedUpTo, countingOf } from '../../../../src/pages/explorer/map/counting.ts';
import { settings } from '../../../../src/pages/explorer/settings/known.ts';
import '../cooperation-settings.ts';

const country = (slug: string, labs: number) => ({ slug, name: slug, labs });
const data = { countries: [country('ke', 3), country('rs', 1), country('eg', 0)], totals: { labs: 3 } };
const counting = [
  { year: 2019, countries: ['ke', 'ke'] },
  { year: 2021, countries: ['ke', 'rs'] },
  { year: undefined, countries: ['ke'] },
];

describe('counts by country up to a year', () => {
  it('have what there was by then, each once in a country', () => {
    const labsIn = (year: number) =>
      Object.fromEntries(countedUpTo(data, 'labs', counting, year).countries.map(({ slug, labs }) => [slug, labs]));
    expect(labsIn(2018)).toEqual({ ke: 0, rs: 0, eg: 0 });
    expect(labsIn(2019)).toEqual({ ke: 1, rs: 0, eg: 0 });
    expect(labsIn(2021)).toEqual({ ke: 2, rs: 1, eg: 0 });
    expect(countedUpTo(data, 'labs', counting, 2021).totals).toEqual({ labs: 2 });
  });

  it('count what stands out by the year in which it began to, and by no other date', () => {
    const lab = (slug: string, designation: string, yearRecognised: number | null) => ({
      ...{ __typename: 'Lab', slug, name: slug, designation, yearRecognised, firstMilestoneDate: '2014' },
      countries: { nodes: [{ slug: 'nz' }] },
    });
    const designated = [
      lab('a', 'BELT_AND_ROAD_JOINT_LABORATORY', 2021),
      lab('b', 'BELT_AND_ROAD_JOINT_LABORATORY', null),
    ];
    const yearsOf = (labs: Parameters<typeof countingOf>[0]) => countingOf(labs).map(({ year }) => year);
    expect(yearsOf(designated)).toEqual([2021, undefined]);
    expect(yearsOf([...designated, lab('c', 'PLANNED', null)])).toEqual([2021, 2014, 2014]);
    expect(countingOf(designated)[0]?.countries).toEqual(['nz']);
  });

  it('are offered for what has years, with a query of its own', () => {
    const counts = settings().map?.counts ?? [];
    expect(counts.find(({ name }) => name === 'designated')?.years).toEqual({
      query: 'years of designated',
      field: 'labs',
    });
    expect(settings().queries['years of designated']).toContain('countries: partnerCountries(first: 100)');
    expect(counts.find(({ name }) => name === 'seated')?.years).toBeNull();
  });
});
