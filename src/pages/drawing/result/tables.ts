/** An object of a response. */
export type Values = Readonly<Record<string, unknown>>;

/** Whether a value is an object of a response, and no list. */
export const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list of a response as a table. */
export interface Table {
  /** Path of the list in the response: `labs.nodes`. */
  readonly path: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

type Row = Readonly<Record<string, string>>;

/** Text of a cell: lists of names or values are joined. */
function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(cellOf).filter(Boolean).join('; ');
  if (!isObject(value)) return String(value);
  const name = value.name ?? value.slug ?? value.value ?? value.id;
  if (name !== undefined && name !== null) return String(name);
  return Object.values(value).map(cellOf).filter(Boolean).join(', ');
}

/** The items of a connection or a list. */
function itemsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return undefined;
  if (Array.isArray(value.nodes)) return value.nodes;
  return Array.isArray(value.edges) ? value.edges : undefined;
}

/** The columns of an object: those inside of single objects have a dot in their names; lists are one column. */
function flat(value: Values, prefix = ''): Row {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]): readonly (readonly [string, string])[] => {
      const path = prefix === '' ? name : `${prefix}.${name}`;
      const items = itemsOf(inner);
      if (items) return [[path, cellOf(items.map((item) => (isObject(item) && 'node' in item ? item.node : item)))]];
      if (isObject(inner)) return Object.entries(flat(inner, name === 'node' ? prefix : path));
      return [[path, cellOf(inner)]];
    }),
  );
}

function tableOf(path: string, items: readonly unknown[]): Table {
  const rows = items.map((item): Row => (isObject(item) ? flat(item) : { value: cellOf(item) }));
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return { path, columns, rows: rows.map((row) => columns.map((column) => row[column] ?? '')) };
}

/** The lists of a response as tables: the outermost list of each field. */
export function tablesOf(data: unknown, path: readonly string[] = []): readonly Table[] {
  const items = itemsOf(data);
  if (items) return items.length === 0 ? [] : [tableOf(path.join('.'), items)];
  if (!isObject(data)) return [];
  return Object.entries(data).flatMap(([name, value]) => tablesOf(value, [...path, name]));
}
