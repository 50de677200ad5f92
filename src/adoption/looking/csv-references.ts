import { camelName } from '../names.ts';
import { type Column, isListed, type Table } from './csv-table.ts';

/** A column whose values are ids of another table. */
export interface Reference {
  readonly column: Column;
  readonly table: Table;
  readonly toOne: boolean;
}

/** `director_id` → `director`; a name without such an ending stays. */
export const withoutId = (column: string): string => column.replace(/[\s_-]*(?:ids?|slugs?)$/i, '') || column;

const namesId = (column: string) => /(?:^|[\s_-]|[a-z])ids?$/i.test(column) && withoutId(column) !== column;

/** Whether numbers in a column are meant as ids: otherwise they are years or ranks that happen to be ids as well. */
function isMeant({ name, values }: Column, { name: table }: Table): boolean {
  const areNumbers = [...values].every((value) => /^\d+$/.test(value));
  const words = camelName(withoutId(name))?.toLowerCase() ?? '';
  return !areNumbers || namesId(name) || (words !== '' && table.toLowerCase().startsWith(words.slice(0, -1)));
}

const isWithin = (values: ReadonlySet<string>, ids: ReadonlySet<string>) =>
  values.size > 0 && [...values].every((value) => ids.has(value));

/** How alike the name of a column and that of a table are: the columns of several numbered tables fit each of them. */
function likeness(column: string, table: string): number {
  const [left, right] = [withoutId(column), table].map((name) => camelName(name)?.toLowerCase() ?? '');
  if (!left || !right) return 0;
  let length = 0;
  while (length < left.length && left[length] === right[length]) length += 1;
  return length;
}

/** The columns of a table that lead to other tables, or to other rows of the same one. */
export function referencesOf(table: Table, tables: readonly Table[]): readonly Reference[] {
  return table.columns.flatMap((column) => {
    if (column.name === table.idColumn) return [];
    const [target] = tables
      .filter(({ ids }) => isWithin(column.values, ids))
      .filter((other) => isMeant(column, other))
      .sort((a, b) => likeness(column.name, b.name) - likeness(column.name, a.name));
    return target ? [{ column, table: target, toOne: !isListed(column) }] : [];
  });
}
