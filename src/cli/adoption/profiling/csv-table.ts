import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { splitList } from '../../../doors/data/files/csv-cell.ts';
import { type CsvRow, readRows } from '../../../doors/data/files/csv-rows.ts';
import { nameOf } from '../../../doors/data/files/data-file.ts';
import { ownText } from '../../../doors/data/own-text.ts';
import { isAddress } from '../../../engine/changes/check/check-properties.ts';
import { keepsDigits } from '../../../ontology/keeps-digits.ts';
import { isPartialDate } from '../../../ontology/partial-date.ts';
import type { SeenProperty, SeenType } from '../inference/seen.ts';

/** Number of different values of a column that are kept, to find out which ids they are. */
const MOST_VALUES = 1_000;
/** Longer items between semicolons are rather prose than a list. */
const LONGEST_ITEM = 60;

type Types = Partial<Record<SeenType, number>>;

/** What was found in one column. */
export interface Column {
  readonly name: string;
  /** Number of cells with a value. */
  holders: number;
  /** Types of the cells, and of the items of those with semicolons. */
  readonly types: Types;
  readonly itemTypes: Types;
  /** Cells with semicolons, whether they can be lists, and the number of items in all cells. */
  lists: number;
  items: number;
  isProse: boolean;
  /** Some of the values, or items. */
  readonly values: Set<string>;
  /** Numbers of digits after the point, and a number that ends with a zero there. */
  readonly decimals: Set<number>;
  withZero?: string;
}

/** What was found in one CSV file. */
export interface Table {
  /** Name of the file without its extension. */
  readonly name: string;
  readonly file: string;
  /** What its columns are separated by. */
  readonly delimiter: string;
  readonly columns: readonly Column[];
  rows: number;
  /** Number of rows that could not be read, and why the first could not. */
  faults: number;
  firstFault: { readonly line: number; readonly expected: string; readonly found: string } | undefined;
  readonly ids: Set<string>;
  /** The column with the ids of the rows. */
  readonly idColumn: string | undefined;
}

const isWide = (number: number) => (number | 0) !== number;

/** The type that a cell seems to have, of those that an import accepts for it. */
export function typeOfCell(cell: string): SeenType {
  const text = cell.trim();
  if (/^-?(?:0|[1-9]\d*)$/.test(text)) return isWide(Number(text)) ? 'text' : 'int';
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]\d+)?$/i.test(text)) return keepsDigits(text) ? 'float' : 'text';
  if (/^(?:true|false)$/i.test(text)) return 'boolean';
  // Four digits with a zero before them are rather a code or a time than a year.
  if (isPartialDate(text) && !/^0\d{3}$/.test(text)) return 'date';
  return isAddress(text) ? 'url' : 'text';
}

const add = (types: Types, type: SeenType) => {
  types[type] = (types[type] ?? 0) + 1;
};

function addCell(column: Column, cell: string): void {
  if (cell.trim() === '') return;
  column.holders += 1;
  add(column.types, typeOfCell(cell));
  const items = splitList(cell);
  column.items += items.length;
  if (items.length > 1) column.lists += 1;
  if (items.length > 1 && items.some((item) => item.length > LONGEST_ITEM)) column.isProse = true;
  for (const item of items) {
    const type = typeOfCell(item);
    add(column.itemTypes, type);
    if (type === 'float' && !/e/i.test(item)) addDecimals(column, item.trim());
    if (column.values.size < MOST_VALUES) column.values.add(ownText(item));
  }
}

function addDecimals(column: Column, number: string): void {
  column.decimals.add(number.length - number.indexOf('.'));
  if (number.endsWith('0')) column.withZero ??= number;
}

/** A number of which a float would lose the zero at its end; all of 1.50 and 2.00 are written like amounts. */
export function lostZero(column: Column): string | undefined {
  const { types } = propertyOfColumn(column, column.name);
  const areNumbers = Object.keys(types).every((type) => type === 'int' || type === 'float');
  return areNumbers && column.decimals.size > 1 ? column.withZero : undefined;
}

/** Whether the cells of a column are lists with semicolons. */
export const isListed = ({ lists, isProse }: Column): boolean => lists > 0 && !isProse;

/** Years among dates are dates too: a column of both is one of partial dates. */
function datesOf(types: Types, values: ReadonlySet<string>): Types {
  const { int = 0, date = 0, ...others } = types;
  const areYears = [...values].every((value) => typeOfCell(value) !== 'int' || /^\d{4}$/.test(value.trim()));
  return int > 0 && date > 0 && areYears ? { ...others, date: date + int } : types;
}

/** A column as a property of this name. */
export function propertyOfColumn(column: Column, name: string): SeenProperty {
  const list = isListed(column);
  return {
    name,
    holders: column.holders,
    empty: 0,
    lists: list ? column.lists : 0,
    types: datesOf(list ? column.itemTypes : column.types, column.values),
    otherTypes: [],
    constants: 0,
    indexed: false,
  };
}

const idNames = (singular: string) => ['id', `${singular}id`, 'slug'];

const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** Spreadsheets separate columns by semicolons where numbers have a decimal comma. */
const delimiters = [',', ';', '\t', '|'];

async function headerOf(path: string, delimiter: string): Promise<readonly string[]> {
  for await (const [first] of readRows(createReadStream(path), delimiter)) {
    return first && 'cells' in first ? first.cells : [];
  }
  return [];
}

/** The header as the separator with the most columns divides it. */
async function findHeader(path: string) {
  const headers = await Promise.all(
    delimiters.map(async (delimiter) => ({ delimiter, names: await headerOf(path, delimiter) })),
  );
  return headers.reduce((best, other) => (other.names.length > best.names.length ? other : best));
}

/** Reads a whole CSV file, and keeps its ids and what its columns hold. */
export async function readTable(path: string, singular: string): Promise<Table> {
  const { delimiter, names } = await findHeader(path);
  const table = emptyTable(names, { path, delimiter, singular });
  for await (const rows of readRows(createReadStream(path), delimiter)) {
    for (const row of rows) {
      const fault = faultOf(row, table.columns.length);
      if (fault) {
        table.faults += 1;
        table.firstFault ??= { line: row.line, ...fault };
      } else if ('cells' in row && row.row > 0) addRow(table, row.cells);
    }
  }
  return table;
}

const faultOf = (row: CsvRow, columns: number) => {
  if ('fault' in row) return row.fault;
  const { length } = row.cells;
  return length === columns ? undefined : { expected: `${columns} cells, as in the header row`, found: `${length}` };
};

interface About {
  readonly path: string;
  readonly delimiter: string;
  readonly singular: string;
}

function emptyTable(header: readonly string[], { path, delimiter, singular }: About): Table {
  const columns = header.map((cell) => ({
    name: cell.trim(),
    holders: 0,
    types: {},
    itemTypes: {},
    lists: 0,
    items: 0,
    isProse: false,
    values: new Set<string>(),
    decimals: new Set<number>(),
  }));
  const [idColumn] = idNames(plain(singular)).flatMap((id) => columns.filter((column) => plain(column.name) === id));
  return {
    ...{ name: nameOf(path), file: basename(path), delimiter, columns, rows: 0, faults: 0, firstFault: undefined },
    ...{ ids: new Set(), idColumn: idColumn?.name },
  };
}

function addRow(table: Table, cells: readonly string[]): void {
  table.rows += 1;
  for (const [index, column] of table.columns.entries()) {
    const cell = cells[index] ?? '';
    addCell(column, cell);
    if (column.name === table.idColumn && cell.trim() !== '') table.ids.add(ownText(cell.trim()));
  }
}
