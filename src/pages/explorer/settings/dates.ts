import type { DateSettings } from '../../views/settings.ts';
import { propertyOf, settings, settingsOf } from './known.ts';

type Entity = { readonly __typename: string } & Readonly<Record<string, unknown>>;

export interface Dated extends DateSettings {
  readonly year: number;
}

function yearIn(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value !== '' ? Number(value.slice(0, 4)) : undefined;
}

/** The first known date of an entity. */
export function datedBy(entity: Entity): Dated | undefined {
  for (const date of settingsOf(entity.__typename)?.dates ?? []) {
    const year = yearIn(propertyOf(entity, date.property));
    if (year !== undefined) return { ...date, year };
  }
  return undefined;
}

/** Year of an entity for timelines and filters, if known. */
export const yearOf = (entity: Entity): number | undefined => datedBy(entity)?.year;

/** The year in which an entity began to stand out, if known: of its dates, only the first one says that. */
export function yearOfStanding(entity: Entity): number | undefined {
  const dated = datedBy(entity);
  return dated?.property === settingsOf(entity.__typename)?.dates[0]?.property ? dated?.year : undefined;
}

/** Whether any kind has dates. */
export const hasDates = (): boolean => settings().timeline !== null;
