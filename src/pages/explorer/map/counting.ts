import type { Card } from '../../drawing/answers.ts';
import { yearOf, yearOfStanding } from '../settings/dates.ts';
import { isHighlighted } from '../settings/standing.ts';
import { upTo } from './places.ts';

/** A country with its properties, and its counts by name. */
export type Country = { readonly slug: string; readonly name: string; readonly nameZh?: string | null } & Readonly<
  Record<string, unknown>
>;

export interface ByCountry {
  readonly countries: readonly Country[];
  /** Totals over all countries; each entity counts once. */
  readonly totals: Readonly<Record<string, number>>;
}

/** Something that the map counts, with its year and its countries. */
export interface Counting {
  readonly year: number | undefined;
  readonly countries: readonly string[];
}

/** An entity that the map counts, as its query reads it. */
export type CountingNode = Card & {
  readonly countries: { readonly slug: string } | { readonly nodes: readonly { readonly slug: string }[] } | null;
};

/** What the map counts, each with its year. Where all of it stands out, the year is that in which it began to. */
export function countingOf(nodes: readonly CountingNode[]): readonly Counting[] {
  const yearIn = nodes.every(isHighlighted) ? yearOfStanding : yearOf;
  return nodes.map(({ countries, ...card }) => ({
    year: yearIn(card),
    countries: [countries ?? []]
      .flatMap((one) => ('nodes' in one ? one.nodes : one))
      .flatMap((one) => ('slug' in one ? one.slug : [])),
  }));
}

/** The countries with a count of what there was up to a year. */
export function countedUpTo(data: ByCountry, name: string, counting: readonly Counting[], year: number): ByCountry {
  const counts = new Map<string, number>();
  for (const { countries } of upTo(counting, year))
    for (const slug of new Set(countries)) counts.set(slug, (counts.get(slug) ?? 0) + 1);
  return {
    countries: data.countries.map((country) => ({ ...country, [name]: counts.get(country.slug) ?? 0 })),
    totals: { ...data.totals, [name]: upTo(counting, year).length },
  };
}
