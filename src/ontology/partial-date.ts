const SHAPE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** Whether a text is a date known to the year, the month or the day (EDTF level 0), and one of the calendar. */
export function isPartialDate(text: string): boolean {
  const match = SHAPE.exec(text);
  if (!match) return false;
  const [, year, month = '01', day = '01'] = match;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`);
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
