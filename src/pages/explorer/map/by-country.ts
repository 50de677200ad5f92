import { capitalized, inWords } from '../../drawing/words.ts';
import type { CountSettings, MapSettings } from '../../views/settings.ts';
import { ask, askAll } from '../api/ask.ts';
import { arrived, keyedResource, singleResource } from '../api/resource.ts';
import { view } from '../navigation/navigation.ts';
import { type Sheet, sheetOf } from '../parts/sheet.ts';
import { queryNamed, settings, settingsOf } from '../settings/known.ts';
import { nameColumns } from '../settings/name-columns.ts';
import { say } from '../settings/say.tsx';
import { type ByCountry, type Counting, type CountingNode, type Country, countedUpTo, countingOf } from './counting.ts';

interface Counted {
  readonly totalCount: number;
}

/** Settings of the map. @throws Error if the graph has none */
export function mapSettings(): MapSettings {
  const { map } = settings();
  if (!map) throw new Error('This graph has no map.');
  return map;
}

/** What the map counts now. */
export const countNamed = (name: string): CountSettings | undefined => {
  const choices = mapSettings().counts.filter(({ isChoice }) => isChoice);
  return choices.find((count) => count.name === name) ?? choices[0];
};

/** A count of a country by its name. */
export const countIn = (country: Country, name: string): number => Number(country[name] ?? 0);

const isCounted = (value: unknown): value is Counted =>
  typeof value === 'object' && value !== null && 'totalCount' in value;

const withCounts = (answer: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [name, isCounted(value) ? value.totalCount : value]),
  );

/** Every country with its counts. */
export const byCountry = singleResource(async (): Promise<ByCountry> => {
  const [totals, countries] = await Promise.all([
    ask<Readonly<Record<string, Counted>>>({ query: queryNamed('counts') }),
    askAll<Country>(queryNamed('places'), mapSettings().field),
  ]);
  return {
    countries: countries.map((country) => withCounts(country) as Country),
    totals: withCounts(totals) as Readonly<Record<string, number>>,
  };
});

/** What a count counts, each with its year, by the name of the count. */
export const datedCounts = keyedResource(async (name): Promise<readonly Counting[]> => {
  const { years = null } = countNamed(name) ?? {};
  if (!years) return [];
  return countingOf(await askAll<CountingNode>(queryNamed(years.query), years.field));
});

/** The countries as the address wants them counted: up to a year, once the years are known. */
export function countedAsWanted(data: ByCountry): ByCountry {
  const { measure, until } = view.value;
  const { name = '', years = null } = countNamed(measure) ?? {};
  const counting = until === undefined || !years ? undefined : arrived(datedCounts(name));
  return counting && until !== undefined ? countedUpTo(data, name, counting, until) : data;
}

/** The map as a table: countries with the highest counts first. */
export function countrySheet({ countries, totals }: ByCountry, measure: string): Sheet {
  const { counts, columns, kind } = mapSettings();
  const [frequent = measure] = Object.entries(totals)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name]) => name);
  const order = countries.toSorted(
    (a, b) =>
      countIn(b, measure) - countIn(a, measure) ||
      countIn(b, frequent) - countIn(a, frequent) ||
      (a.name < b.name ? -1 : 1),
  );
  const { many = '', one = '' } = settingsOf(kind) ?? {};
  return sheetOf(capitalized(many), order, [
    ...nameColumns<Country>(capitalized(one)),
    ...Object.entries(columns).map(
      ([name, title]) => [title, (country: Country) => inWords(String(country[name] ?? ''))] as const,
    ),
    ...counts.map(({ name, column }) => [column, (country: Country) => countIn(country, name)] as const),
    [say('ID'), ({ slug }) => slug],
  ]);
}
