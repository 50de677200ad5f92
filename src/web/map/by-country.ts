import { inWords } from '../../drawing/words.ts';
import { ask, askAll } from '../api/ask.ts';
import { queries } from '../api/queries.ts';
import { singleResource } from '../api/resource.ts';
import type { Measure } from '../navigation/address.ts';
import type { Sheet } from '../parts/sheet.ts';

interface Counted {
  readonly totalCount: number;
}

interface CountryFacts {
  readonly slug: string;
  readonly name: string;
  readonly nameZh: string | null;
  readonly codeNumeric: string | null;
  readonly region: string;
  readonly briStatus: string;
}

type CountryAnswer = CountryFacts & Readonly<Record<Measure | 'seatedPlatforms', Counted>>;

/** A country with its counts. */
export interface CountryCounts extends CountryFacts, Record<Measure, number> {
  readonly seated: number;
}

export interface ByCountry {
  readonly countries: readonly CountryCounts[];
  /** Totals over all countries; each entity counts once. */
  readonly totals: Readonly<Record<Measure, number>>;
}

const measured = ({ designated, labs, platforms }: Readonly<Record<Measure, Counted>>) => ({
  designated: designated.totalCount,
  labs: labs.totalCount,
  platforms: platforms.totalCount,
});

const withCounts = ({ seatedPlatforms, ...country }: CountryAnswer): CountryCounts => ({
  ...country,
  ...measured(country),
  seated: seatedPlatforms.totalCount,
});

/** Every country with its counts of laboratories and platforms. */
export const byCountry = singleResource(async (): Promise<ByCountry> => {
  const [totals, countries] = await Promise.all([
    ask<Readonly<Record<Measure, Counted>>>({ query: queries.map }),
    askAll<CountryAnswer>(queries.countries, 'countries'),
  ]);
  return { countries: countries.map(withCounts), totals: measured(totals) };
});

/** Titles of the measures. */
export const measureTitles: Readonly<Record<Measure, string>> = {
  designated: 'Designated laboratories',
  labs: 'All laboratories (with context)',
  platforms: 'Technology-transfer platforms',
};

/** The map as a table: countries with laboratories or platforms first. */
export function countrySheet({ countries }: ByCountry, measure: Measure): Sheet {
  const order = countries.toSorted((a, b) => b[measure] - a[measure] || b.labs - a.labs || (a.name < b.name ? -1 : 1));
  return {
    name: 'Countries',
    columns: [
      'Country',
      'Chinese name',
      'Region',
      'Belt and Road status',
      'Designated laboratories',
      'All laboratories',
      'Platforms serving it',
      'Platforms based there',
    ],
    rows: order.map(({ name, nameZh, region, briStatus, designated, labs, platforms, seated }) => [
      name,
      nameZh,
      inWords(region),
      inWords(briStatus),
      designated,
      labs,
      platforms,
      seated,
    ]),
    slugs: order.map(({ slug }) => slug),
  };
}
