import { type Analysis, addressOf, escaped, type Form, firstView, unescaped } from './address.ts';

/** Changes to a form; `undefined` empties a part. */
export type FormChanges = { readonly [Name in keyof Form]?: string | undefined };

/** A form with changes applied. */
export const formWith = (form: Form, changes: FormChanges): Form =>
  Object.fromEntries(
    Object.entries({ ...form, ...changes }).filter(([, value]) => value !== undefined && value !== ''),
  );

/** A text of a form. */
export const textIn = (value: string | undefined): string => (value === undefined ? '' : (unescaped(value) ?? ''));

/** Whether a text is a day of the calendar, as `2026-01-31`. */
export function isDay(text: string): boolean {
  const day = new Date(text);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Slugs of a form, each once. */
export const slugsIn = (value: string | undefined): readonly string[] => [
  ...new Set((value ?? '').split(',').map(textIn).filter(Boolean)),
];

export const slugsText = (slugs: readonly string[]): string => slugs.map(escaped).join(',');

/** Address of an analysis. */
export const addressOfAnalysis = (page: Analysis, form: Form = {}, list?: string): string =>
  addressOf({ ...firstView, page, form, ...(list !== undefined && { list }) });
