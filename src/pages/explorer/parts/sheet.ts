import type { Cell } from '../../drawing/csv.ts';

/** A table to show or to export as CSV. */
export interface Sheet {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Slugs of the entities of the rows, if each row has one. */
  readonly slugs?: readonly (string | undefined)[];
}

/** A column that is left out if it has no title. */
export type SheetColumn<Item> = readonly [title: string | false | null | undefined, cell: (item: Item) => Cell];

/** A table of items that may have slugs. */
export function sheetOf<Item extends object>(
  name: string,
  items: readonly Item[],
  columns: readonly SheetColumn<Item>[],
): Sheet {
  const shown = columns.flatMap(([title, cell]) => (title ? [{ title, cell }] : []));
  return {
    name,
    columns: shown.map(({ title }) => title),
    rows: items.map((item) => shown.map(({ cell }) => cell(item))),
    slugs: items.map((item) => ('slug' in item ? String(item.slug) : undefined)),
  };
}

const collator = new Intl.Collator('en', { numeric: true });

function compare(left: Cell, right: Cell): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return collator.compare(String(left), String(right));
}

const isNothing = (cell: Cell) => cell === null || cell === undefined || cell === '';

/** Row indexes sorted by a column; empty cells come last in both directions. */
export function sortedRows({ rows }: Sheet, column: number, isDescending: boolean): readonly number[] {
  return [...rows.keys()].sort((left, right) => {
    const [a, b] = [rows[left]?.[column], rows[right]?.[column]];
    if (isNothing(a) || isNothing(b)) return Number(isNothing(a)) - Number(isNothing(b)) || left - right;
    return (isDescending ? -compare(a, b) : compare(a, b)) || left - right;
  });
}
