import type { CslItem } from '@citation-js/core';

const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];

/** What stands in brackets behind the title of a work that is no text. */
const descriptions: Readonly<Record<string, string>> = { dataset: '[Data set]', software: '[Computer software]' };

/** Types of work that are dated by year alone. */
const datedByYear: ReadonlySet<string> = new Set(Object.keys(descriptions));

const withStop = (text: string): string => (/[.?!。？！]$/.test(text) ? text : `${text}.`);

function dateOf({ type, issued }: CslItem): string {
  const [year, month, day] = (issued as { 'date-parts'?: number[][] } | undefined)?.['date-parts']?.[0] ?? [];
  if (year === undefined) return '(n.d.).';
  const name = month === undefined || datedByYear.has(type) ? undefined : months[month - 1];
  if (name === undefined) return `(${year}).`;
  return day === undefined ? `(${year}, ${name}).` : `(${year}, ${name} ${day}).`;
}

/**
 * A reference in the style of APA (7th edition) to a work without authors, whose title then comes first: title, date, site or
 * publisher, address. Without formatting, since it is plain text.
 */
export function apaReference(item: CslItem): string {
  const { type, title, publisher, URL: address } = item;
  const site = item['container-title'] ?? publisher;
  return [
    withStop(String(title)),
    dateOf(item),
    descriptions[type] === undefined ? '' : `${descriptions[type]}.`,
    site === undefined ? '' : `${type === 'entry-encyclopedia' ? 'In ' : ''}${withStop(String(site))}`,
    address === undefined ? '' : String(address),
  ]
    .filter((part) => part !== '')
    .join(' ');
}
