/** A cell of a table: text, a number, or nothing. */
export type Cell = string | number | null | undefined;

/** A table as data: shown beside a picture, and exported as CSV. */
export interface Sheet {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Slugs of the entities that the rows are about, where they are about one. */
  readonly slugs?: readonly (string | undefined)[];
}

/** Programs that open CSV take a cell that begins so for a formula; a minus begins a number too, where nothing is done with it. */
const formula = /^[=+@\t\r\n＝＋＠]|^[-－](?!\d[^-+*/^&=<>()"'|]*$)/;

function field(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const text = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table as CSV (RFC 4180), with the mark by which spreadsheets know UTF-8; no cell can run as a formula. */
export const csvOf = ({ columns, rows }: Sheet): string =>
  `\uFEFF${[columns, ...rows].map((cells) => cells.map(field).join(',')).join('\r\n')}\r\n`;

const collator = new Intl.Collator('en', { numeric: true });

function compare(left: Cell, right: Cell): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return collator.compare(String(left), String(right));
}

const isNothing = (cell: Cell) => cell === null || cell === undefined || cell === '';

/** The rows in the order of a column; rows with nothing there come last, either way. */
export function sortedRows({ rows }: Sheet, column: number, isDescending: boolean): readonly number[] {
  return [...rows.keys()].sort((left, right) => {
    const [a, b] = [rows[left]?.[column], rows[right]?.[column]];
    if (isNothing(a) || isNothing(b)) return Number(isNothing(a)) - Number(isNothing(b)) || left - right;
    return (isDescending ? -compare(a, b) : compare(a, b)) || left - right;
  });
}
