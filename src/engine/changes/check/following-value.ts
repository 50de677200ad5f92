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
export function followingValue({ type, followsFromType }: Property, other: unknown): number | string | undefined {
  if (type === 'int') return isDate(other) ? Number(other.slice(0, 4)) : undefined;
  const steps: readonly { readonly date?: unknown; readonly type?: unknown }[] = Array.isArray(other)
    ? other.map(Object)
    : [];
  const meant = followsFromType === undefined ? steps : steps.filter((step) => step.type === followsFromType);
  return meant
    .map(({ date }) => date)
    .filter(isDate)
    .sort()[0];
}
