/** Properties by name. */
type Form = Readonly<Record<string, unknown>>;

/** Distinct values, of which the first is that of what lacks the property, up to which one byte tells which it is. */
const MOST_CODED = 256;

/** One property of many records: few distinct values, as those of enumerations, take a byte each. */
export class Column {
  readonly #values: unknown[] = [undefined];
  #codes: Map<unknown, number> | undefined = new Map([[undefined, 0]]);
  #coded = new Uint8Array(16);
  #length = 0;

  push(value: unknown): void {
    if (!this.#codes) {
      this.#values.push(value);
      return;
    }
    let code = this.#codes.get(value);
    if (code === undefined && this.#values.length === MOST_CODED) {
      this.#spread(value);
      return;
    }
    if (code === undefined) {
      code = this.#values.push(value) - 1;
      this.#codes.set(value, code);
    }
    if (this.#length === this.#coded.length) this.#resize(2 * this.#length);
    this.#coded[this.#length] = code;
    this.#length += 1;
  }

  /** From now on, the values themselves stand one after the other. */
  #spread(next: unknown): void {
    const values = Array.from(this.#coded.subarray(0, this.#length), (code) => this.#values[code]);
    this.#values.length = 0;
    for (const value of values) this.#values.push(value);
    this.#values.push(next);
    this.#codes = undefined;
    this.#coded = new Uint8Array();
  }

  /** Gives the room free that nothing stands in. */
  trim(): void {
    if (this.#length < this.#coded.length) this.#resize(Math.max(16, this.#length));
  }

  #resize(length: number): void {
    const coded = new Uint8Array(length);
    coded.set(this.#coded.subarray(0, this.#length));
    this.#coded = coded;
  }

  at(place: number): unknown {
    if (!this.#codes) return this.#values[place];
    const code = this.#coded[place];
    return code === undefined ? undefined : this.#values[code];
  }

  get bytes(): number {
    return this.#coded.length + 8 * this.#values.length;
  }
}

const columnsOf = Symbol('columns');

/** The properties of one record of a table: it looks like an object with them, and has nothing but its place. */
export class Row {
  readonly #place: number;
  declare readonly [columnsOf]: ReadonlyMap<string, Column>;

  constructor(place: number) {
    this.#place = place;
  }

  static valueOf(row: Row, property: string): unknown {
    return row[columnsOf].get(property)?.at(row.#place);
  }
}

/** Bytes of a row beside its values. */
const ROW_BYTES = 32;

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
    for (const name in form) if (!this.#columns.has(name)) this.#addColumn(name);
    for (const [name, column] of this.#columns) column.push(Object.hasOwn(form, name) ? form[name] : undefined);
    this.#length += 1;
    return new this.#Row(place) as unknown as Form;
  }

  /** Gives the room free that nothing stands in. */
  trim(): void {
    for (const column of this.#columns.values()) column.trim();
  }

  #addColumn(name: string): void {
    const column = new Column();
    for (let place = 0; place < this.#length; place += 1) column.push(undefined);
    this.#columns.set(name, column);
    // So that others may read a row as the object that it stands for.
    Object.defineProperty(this.#Row.prototype, name, {
      enumerable: true,
      get(this: Row) {
        return Row.valueOf(this, name);
      },
    });
  }

  get bytes(): number {
    let bytes = this.#length * ROW_BYTES;
    for (const column of this.#columns.values()) bytes += column.bytes;
    return bytes;
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
