import { describe, expect, it } from 'vitest';
import { countedUpTo } from '../../../src/web/map/counting.ts';
import { settings } from '../../../src/web/settings/known.ts';
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
