import { inWords } from '../../drawing/words.ts';
import type { Measure } from '../address.ts';
import { ask, askAll } from '../ask.ts';
import { queries } from '../queries.ts';
import { singleResource } from '../resource.ts';
import type { Sheet } from '../sheet.ts';

interface Bucket {
  readonly value: string;
  readonly count: number;
}

interface Counted {
  readonly totalCount: number;
  readonly facets: readonly { readonly buckets: readonly Bucket[] }[];
}

interface Answer {
  readonly titled: Counted;
  readonly labs: Counted;
  readonly platforms: Counted;
}

interface CountryAnswer {
  readonly slug: string;
  readonly name: string;
  readonly nameZh: string | null;
  readonly codeNumeric: string | null;
  readonly region: string;
  readonly briStatus: string;
}

/** A country, and how many of each are connected with it. */
export interface CountryCounts extends CountryAnswer, Record<Measure, number> {
  readonly seated: number;
}

export interface ByCountry {
  readonly countries: readonly CountryCounts[];
  /** How many there are of each in all, wherever. */
  readonly totals: Readonly<Record<Measure, number>>;
}

const countsOf = ({ facets }: Counted, index = 0) =>
  new Map((facets[index]?.buckets ?? []).map(({ value, count }) => [value, count]));

/** Every country, with its laboratories and platforms counted. */
export const byCountry = singleResource(async (): Promise<ByCountry> => {
  const [answer, countries] = await Promise.all([
    ask<Answer>({ query: queries.map }),
    askAll<CountryAnswer>(queries.countries, 'countries'),
  ]);
  const [titled, labs, platforms] = [countsOf(answer.titled), countsOf(answer.labs), countsOf(answer.platforms)];
  const seated = countsOf(answer.platforms, 1);
  return {
    countries: countries.map((country) => ({
      ...country,
      titled: titled.get(country.slug) ?? 0,
      labs: labs.get(country.slug) ?? 0,
      platforms: platforms.get(country.slug) ?? 0,
      seated: seated.get(country.slug) ?? 0,
    })),
    totals: {
      titled: answer.titled.totalCount,
      labs: answer.labs.totalCount,
      platforms: answer.platforms.totalCount,
    },
  };
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
