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
