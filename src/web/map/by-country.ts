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

/** A country, and how many of each are connected with it. */
export interface CountryCounts extends CountryFacts, Record<Measure, number> {
  readonly seated: number;
}

export interface ByCountry {
  readonly countries: readonly CountryCounts[];
  /** How many there are of each in all, wherever. */
  readonly totals: Readonly<Record<Measure, number>>;
}

const measured = ({ titled, labs, platforms }: Readonly<Record<Measure, Counted>>) => ({
  titled: titled.totalCount,
  labs: labs.totalCount,
  platforms: platforms.totalCount,
});

const withCounts = ({ seatedPlatforms, ...country }: CountryAnswer): CountryCounts => ({
  ...country,
  ...measured(country),
  seated: seatedPlatforms.totalCount,
});

/** Every country, with its laboratories and platforms counted. */
export const byCountry = singleResource(async (): Promise<ByCountry> => {
  const [totals, countries] = await Promise.all([
    ask<Readonly<Record<Measure, Counted>>>({ query: queries.map }),
    askAll<CountryAnswer>(queries.countries, 'countries'),
  ]);
  return { countries: countries.map(withCounts), totals: measured(totals) };
});

/** What a measure counts, in words: pictures say which they count. */
export const measureTitles: Readonly<Record<Measure, string>> = {
  titled: 'Titled laboratories',
  labs: 'All laboratories held, context included',
  platforms: 'Technology-transfer platforms',
};

/** The map as a table: the countries with any laboratory or platform first. */
export function countrySheet({ countries }: ByCountry, measure: Measure): Sheet {
  const order = countries.toSorted((a, b) => b[measure] - a[measure] || b.labs - a.labs || (a.name < b.name ? -1 : 1));
  return {
    name: 'Countries',
    columns: [
      'Country',
      'Chinese name',
      'Region',
      'Belt and Road status',
      'Titled laboratories',
      'All laboratories held',
      'Platforms that serve it',
      'Platforms seated there',
    ],
    rows: order.map(({ name, nameZh, region, briStatus, titled, labs, platforms, seated }) => [
      name,
      nameZh,
      inWords(region),
      inWords(briStatus),
      titled,
      labs,
      platforms,
      seated,
    ]),
    slugs: order.map(({ slug }) => slug),
  };
}
