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
    const target = mostAlike(
      column,
      tables.filter(({ ids }) => isWithin(column.values, ids)),
    );
    return target ? [{ column, table: target, toOne: !isListed(column) }] : [];
  });
}

const mostAlike = (column: Column, tables: readonly Table[]): Table | undefined =>
  tables
    .filter((other) => isMeant(column, other))
    .sort((a, b) => likeness(column.name, b.name) - likeness(column.name, a.name))[0];

/** Number of values of a column that are looked up to tell. */
const LOOKED_AT = 100;

/** A column of which most values are ids of another table, and one that is none. */
export interface NearReference {
  readonly column: string;
  readonly file: string;
  readonly missing: string;
}

/** Columns that would lead to other tables if these had rows for all of their values. */
export function nearReferencesOf(columns: readonly Column[], tables: readonly Table[]): readonly NearReference[] {
  return columns.flatMap((column) => {
    const values = [...column.values];
    const some = values.slice(0, LOOKED_AT);
    const isMostly = ({ ids }: Table) =>
      2 * some.filter((value) => ids.has(value) || ids.has(value.toLowerCase())).length > some.length;
    const target = mostAlike(column, tables.filter(isMostly));
    const missing = values.find((value) => !target?.ids.has(value));
    return target && missing !== undefined ? [{ column: column.name, file: target.file, missing }] : [];
  });
}
