import type { CslItem } from '@citation-js/core';

/** Types of reference by CSL type; all others are web pages. */
const types: Readonly<Record<string, string>> = {
  dataset: 'DATA',
  software: 'COMP',
  'entry-encyclopedia': 'ENCYC',
  'article-journal': 'JOUR',
  book: 'BOOK',
  report: 'RPRT',
};

/** A value is one line. */
const inLine = (value: unknown): string => String(value).replace(/\s+/g, ' ').trim();

/** A source as a record of RIS, which reference managers import. */
export function risRecord(item: CslItem): string {
  const [year, ...rest] = (item.issued as { 'date-parts'?: number[][] } | undefined)?.['date-parts']?.[0] ?? [];
  const date = year === undefined ? undefined : [year, ...[0, 1].map((at) => two(rest[at]))].join('/');
  const fields: readonly (readonly [tag: string, value: unknown])[] = [
    ['TY', types[item.type] ?? 'ELEC'],
    ['ID', item.id],
    ['TI', item.title],
    ['PB', item.publisher ?? item['container-title']],
    ['PY', year],
    ['DA', date === undefined ? undefined : `${date}/`],
    ['LA', item.language],
    ['UR', item.URL],
  ];
  const lines = fields.flatMap(([tag, value]) => (value === undefined ? [] : [`${tag}  - ${inLine(value)}\r\n`]));
  return `${lines.join('')}ER  - \r\n`;
}

const two = (part: number | undefined): string => (part === undefined ? '' : String(part).padStart(2, '0'));
