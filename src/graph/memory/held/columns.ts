/** Properties by name. */
type Form = Readonly<Record<string, unknown>>;

type Column = unknown[];

const columnsOf = Symbol('columns');

/** The properties of one record of a table: it looks like an object with them, and has nothing but its place. */
export class Row {
  readonly #place: number;
  declare readonly [columnsOf]: ReadonlyMap<string, Column>;

  constructor(place: number) {
    this.#place = place;
  }

  static valueOf(row: Row, property: string): unknown {
    return row[columnsOf].get(property)?.[row.#place];
  }
}

/** Bytes of a row beside its values. */
const ROW_BYTES = 40;

/** Records that have mostly the same properties, property by property. */
export class Columns {
  readonly #columns = new Map<string, Column>();
  readonly #Row = class extends Row {};
  #length = 0;

  constructor() {
    Object.defineProperty(this.#Row.prototype, columnsOf, { value: this.#columns });
  }

  add(form: Form): Form {
    const place = this.#length;
    this.#length += 1;
    // A gap would make the list a slow and large one.
    for (const column of this.#columns.values()) column.push(undefined);
    for (const name in form) (this.#columns.get(name) ?? this.#addColumn(name))[place] = form[name];
    return new this.#Row(place) as unknown as Form;
  }

  #addColumn(name: string): Column {
    const column: Column = Array.from({ length: this.#length }, () => undefined);
    this.#columns.set(name, column);
    // So that others may read a row as the object that it stands for.
    Object.defineProperty(this.#Row.prototype, name, {
      enumerable: true,
      get(this: Row) {
        return Row.valueOf(this, name);
      },
    });
    return column;
  }

  get bytes(): number {
    return this.#length * (ROW_BYTES + 8 * this.#columns.size);
  }
}

/** A property of a record, `null` if it is absent. */
export function propertyOf(form: Form, property: string): unknown {
  if (form instanceof Row) return Row.valueOf(form, property) ?? null;
  return Object.hasOwn(form, property) ? (form[property] ?? null) : null;
}

/** The properties of a record as an object of its own. */
export function plainForm(form: Form): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const name in form) if (form[name] !== undefined) plain[name] = form[name];
  return plain;
}
