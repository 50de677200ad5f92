/** Content of a cell. */
export type Cell = string | number | null | undefined;

/** Spreadsheets interpret cells that start like this as formulas. A plain negative number is not one. */
const formula = /^[=+@\t\r\n＝＋＠]|^[-－](?!\d[^-+*/^&=<>()"'|]*$)/;

function field(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const text = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table as CSV (RFC 4180) with a byte order mark for spreadsheets. Formulas are escaped. */
export const csvOf = ({
  columns,
  rows,
}: {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}): string => `\uFEFF${[columns, ...rows].map((cells) => cells.map(field).join(',')).join('\r\n')}\r\n`;
