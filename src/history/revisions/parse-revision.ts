import { isPartialDate } from '../../ontology/partial-date.ts';
import { isInstant } from './instant.ts';
import type { RevisionName } from './revision.ts';

/** The revision that a text names: a number, a tag, an instant, or a day (its end in UTC); `undefined` if it names none. */
export function parseRevision(text: string): RevisionName | undefined {
  if (/^\d{1,15}$/.test(text)) return { revision: Number(text) };
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return isPartialDate(text) ? { at: endOf(text), day: text } : undefined;
  if (isInstant(text)) return { at: text };
  return /^[a-z\d][a-z\d._-]*$/i.test(text) ? { tag: text } : undefined;
}

/** The end of a day in UTC; of today, now. */
function endOf(day: string): string {
  const end = `${day}T23:59:59.999Z`;
  const now = new Date().toISOString();
  return day === now.slice(0, 10) ? now : end;
}
