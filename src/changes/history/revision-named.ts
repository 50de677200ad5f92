import type { RevisionName } from './revision.ts';

/** RFC 3339, or a day alone, which stands for its end in UTC. */
const instantForm = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** The revision that a text names: a number, a tag, an instant or a day; `undefined` if it names none. */
export function revisionNamed(text: string): RevisionName | undefined {
  if (/^\d{1,15}$/.test(text)) return { revision: Number(text) };
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))) return { at: endOf(text) };
  if (instantForm.test(text) && !Number.isNaN(Date.parse(text))) return { at: text };
  return /^[a-z\d][a-z\d._-]*$/i.test(text) ? { tag: text } : undefined;
}

/** The end of a day in UTC; of today, now. */
function endOf(day: string): string {
  const end = `${day}T23:59:59.999Z`;
  const now = new Date().toISOString();
  return day === now.slice(0, 10) ? now : end;
}
