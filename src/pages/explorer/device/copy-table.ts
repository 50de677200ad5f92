import type { Cell } from '../../drawing/csv.ts';
import { escaped } from '../../drawing/graph-svg.ts';
import { serverAddress } from '../../shared/server-address.ts';

/** A table that can be copied. */
export interface CopiedTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Slugs of the entities of the rows. */
  readonly slugs?: readonly (string | undefined)[];
}

const textOf = (cell: Cell) => String(cell ?? '');

/** A table for documents, in which the name of an entity is a link to its page. */
export function htmlOf({ columns, rows, slugs }: CopiedTable): string {
  const cell = (row: number, value: Cell, column: number) => {
    const slug = column === 0 ? slugs?.[row] : undefined;
    const text = escaped(textOf(value));
    const address = escaped(`${serverAddress()}/entity/${encodeURIComponent(slug ?? '')}`);
    return `<td>${slug === undefined ? text : `<a href="${address}">${text}</a>`}</td>`;
  };
  const head = columns.map((name) => `<th>${escaped(name)}</th>`).join('');
  const body = rows.map((cells, row) => `<tr>${cells.map((value, column) => cell(row, value, column)).join('')}</tr>`);
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`;
}

/** A table for spreadsheets and plain text, with a tab between cells. */
export const tabbedOf = ({ columns, rows }: CopiedTable): string =>
  [columns, ...rows].map((cells) => cells.map((cell) => textOf(cell).replace(/\s+/g, ' ')).join('\t')).join('\n');

/** Copies a table so that documents paste it as one. @throws Error if the browser does not let pages copy */
export async function copyTable(table: Promise<CopiedTable | undefined>): Promise<void> {
  const part = (type: string, textIn: (sheet: CopiedTable) => string) =>
    table.then((sheet) => new Blob([sheet ? textIn(sheet) : ''], { type }));
  // Safari lets pages copy only at once, and waits for what they copy.
  const item = new ClipboardItem({
    'text/html': part('text/html', htmlOf),
    'text/plain': part('text/plain', tabbedOf),
  });
  await navigator.clipboard.write([item]);
}
