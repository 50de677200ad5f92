const SHAPE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Whether a text is a date known to the year, the month or the day (EDTF level 0), and one of the calendar. */
export function isPartialDate(text: string): boolean {
  const match = SHAPE.exec(text);
  if (!match) return false;
  // By arithmetic, since a filter may list thousands, and each `Date` takes several microseconds.
  const [year = 0, month = 1, day = 1] = match.slice(1).map((part) => (part === undefined ? undefined : Number(part)));
  const days = month === 2 && isLeap(year) ? 29 : (DAYS[month - 1] ?? 0);
  return day >= 1 && day <= days;
}

/** The earliest text that stands for a day: a month or a year alone counts as its first day. */
const earliestText = (day: string) => day.replace(/(-01){1,2}$/, '');

/**
 * The days that a partial date covers, as a range of texts: a stored date lies in it when `from <= stored < until`.
 * A stored `2019` counts as its first day, so it lies in `2019`, in `2019-01` and in `2019-01-01`.
 */
export function periodOf(text: string): { readonly from: string; readonly until: string } {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  const next = new Date(0);
  next.setUTCFullYear(day || month ? year : year + 1, month ? month - (day ? 1 : 0) : 0, day ? day + 1 : 1);
  const until = next.toISOString();
  return {
    from: earliestText(text),
    // After the year 9999 no text of four digits follows; a colon comes after every digit.
    until: until.startsWith('+') ? ':' : earliestText(until.slice(0, 10)),
  };
}
