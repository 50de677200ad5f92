import { isPartialDate } from '../../../ontology/partial-date.ts';
import type { Property } from '../../../ontology/vocabulary.ts';

export const isDate = (value: unknown): value is string => typeof value === 'string' && isPartialDate(value);

/**
 * What the value of a property is because of the one that it follows from: the year of a date, or the earliest date of
 * milestones.
 *
 * @param other the value that it follows from
 * @returns `undefined` where nothing follows from that
 */
export function followingValue({ type }: Property, other: unknown): number | string | undefined {
  if (type === 'int') return isDate(other) ? Number(other.slice(0, 4)) : undefined;
  const dates = Array.isArray(other) ? other.map((step: unknown) => Object(step).date).filter(isDate) : [];
  return dates.sort()[0];
}
