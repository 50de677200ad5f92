type Form = Readonly<Record<string, unknown>>;

const OBJECT_BYTES = 32;

/** Texts that are longer hardly ever repeat. */
const LONGEST_SHARED = 100;

/** What V8 spends on an entry of a map. */
const ENTRY_BYTES = 40;

const isWide = (text: string) => /[^\0-\xff]/.test(text);

const bytesOfText = (text: string) => 16 + Math.ceil((text.length * (isWide(text) ? 2 : 1)) / 8) * 8;

/** Values of which there are many alike: texts, lists, and whole forms. Each is stored once. */
export class SharedValues {
  readonly #texts = new Map<string, string>();
  readonly #composed = new Map<string, object>();
  #bytes = 0;

  /** About how many bytes the values take that were given, each counted once, and with what it takes to find them. */
  get bytes(): number {
    return this.#bytes + ENTRY_BYTES * (this.#texts.size + this.#composed.size);
  }

  text(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#bytes += bytesOfText(text);
    if (text.length <= LONGEST_SHARED) this.#texts.set(text, text);
    return text;
  }

  value(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return this.#shared(value, () => value.map((item) => this.value(item)));
    if (typeof value === 'number' && !Number.isInteger(value)) this.#bytes += 16;
    return value;
  }

  /** Properties of which only the values are shared. */
  values(form: Form): Form {
    const values: Record<string, unknown> = {};
    for (const name in form) values[name] = this.value(form[name]);
    return values;
  }

  /** Properties that are shared as a whole: many relations have none, or the same. */
  form(form: Form): Form {
    return this.#shared(form, () => this.values(form));
  }

  #shared<Value extends object>(value: Value, make: () => Value): Value {
    const key = JSON.stringify(value);
    const known = this.#composed.get(key);
    // A list and a form never have the same key.
    if (known) return known as Value;
    const made = make();
    this.#bytes += OBJECT_BYTES + 16 * Object.keys(made).length;
    if (key.length <= LONGEST_SHARED) {
      this.#bytes += bytesOfText(key);
      this.#composed.set(key, made);
    }
    return made;
  }

  /** Forgets how values are found, once all are there; what is given later is not shared with them. */
  seal(): void {
    for (const key of this.#composed.keys()) this.#bytes -= bytesOfText(key);
    this.#texts.clear();
    this.#composed.clear();
  }
}
