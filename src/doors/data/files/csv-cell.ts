import { parseExactJson } from '../../../ontology/exact-json.ts';
import { keepsDigits } from '../../../ontology/keeps-digits.ts';
import { isListed, type Property } from '../../../ontology/vocabulary.ts';
import { guarded, unguarded } from './formula-guard.ts';

/** What a cell holds: how its text becomes a value of a record, and back. */
export type CellType = Pick<Property, 'type' | 'list'>;

/** Between the items of a list in a cell, unless a mapping says otherwise. */
export const LIST_SEPARATOR = ';';

/** Items as one text; what would be taken for something else stands behind a backslash. */
export const joinList = (items: readonly string[], separator = LIST_SEPARATOR): string =>
  items
    .map((item) => item.replace(/./gs, (part, at: number) => (isPlain(part, at, item, separator) ? part : `\\${part}`)))
    .join(separator);

const isPlain = (part: string, at: number, item: string, separator: string) =>
  part !== '\\' && part !== separator && (part.trim() !== '' || (at > 0 && at < item.length - 1));

/** The items of a list in a cell: empty ones are left out, and white space around them. */
export function splitList(text: string, separator = LIST_SEPARATOR): readonly string[] {
  const items: string[] = [];
  let item = '';
  let end = 0;
  const finish = () => {
    if (end > 0) items.push(item.slice(0, end));
    item = '';
    end = 0;
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    const isEscape = char === '\\' && at + 1 < text.length;
    if (char === separator) finish();
    else if (isEscape || char.trim() !== '') {
      if (isEscape) at += 1;
      item += text.charAt(at);
      end = item.length;
    } else if (end > 0) item += char;
  }
  finish();
  return items;
}

export interface CellOptions {
  readonly separator?: string;
  /** Other words for what the cell, or an item of its list, says. */
  readonly rename?: (text: string) => string;
}

/**
 * The value that a cell stands for: nothing where it is empty. Text that stands for none of the type stays text, for
 * the check of the record to name.
 */
export function cellValue(type: CellType, cell: string, { separator, rename }: CellOptions = {}): unknown {
  if (cell.trim() === '') return undefined;
  const text = unguarded(cell);
  const items = type.list ? splitList(text, separator) : [text];
  const renamed = rename ? items.map((item) => rename(item.trim())).filter((item) => item !== '') : items;
  const values = renamed.map((item) => valueIn(type, item));
  if (values.length === 0) return undefined;
  return type.list ? values : values[0];
}

function valueIn({ type }: CellType, text: string): unknown {
  const bare = text.trim();
  switch (type) {
    case 'int':
      return /^[+-]?\d+(\.0+)?$/.test(bare) ? Number(bare) : text;
    case 'float':
      return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(bare) && keepsDigits(bare) ? Number(bare) : text;
    case 'boolean':
      return /^(true|false)$/i.test(bare) ? bare.toLowerCase() === 'true' : text;
    case 'milestones':
    case 'identifiers':
    case 'locations':
      return parsed(text);
    case 'text':
      return text;
    default:
      return bare;
  }
}

function parsed(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return text;
  }
}

/** The cell that stands for a value of a record. */
export function cellOf(type: CellType, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (isListed(type)) return guarded(JSON.stringify(value));
  if (type.list && Array.isArray(value)) return guarded(joinList(value.map(String)));
  // A number is no formula, though it may begin with a minus.
  return typeof value === 'number' ? String(value) : guarded(String(value));
}

/** One row of a CSV file (RFC 4180). */
export function csvRow(cells: readonly string[]): string {
  const written = cells.map((cell) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell));
  // One empty cell would be an empty line, which is no row.
  return `${written.length === 1 && written[0] === '' ? '""' : written.join(',')}\r\n`;
}
