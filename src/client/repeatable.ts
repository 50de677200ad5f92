const KEY = 'idempotencyKey';

/** Tokens that decide what an operation does; commas and the marks of types mean nothing here. */
const TOKENS = /"""(?:\\"""|[\s\S])*?"""|"(?:\\.|[^"\\\n])*"|#[^\n\r]*|\.\.\.|[A-Za-z_]\w*|-?\d[\w.+-]*|[{}()[\]:$@]/g;

const isName = (token: string | undefined) => token !== undefined && /^[A-Za-z_]/.test(token);

/** A text that is not empty. */
const isText = (token: string) => token.startsWith('"') && !/^(?:""|"""\s*""")$/.test(token);

const closing: Readonly<Record<string, string>> = { '(': ')', '{': '}', '[': ']' };

const valueAt = (variables: object, name: string | undefined): unknown =>
  name !== undefined && Object.hasOwn(variables, name) ? (variables as Record<string, unknown>)[name] : undefined;

const isKey = (value: unknown) => typeof value === 'string' && value !== '';

/**
 * Reads as much of a document as decides whether its mutations have keys. A parser of the whole language would be three times the
 * size of the client.
 */
class Reader {
  readonly #tokens: readonly string[];
  readonly #variables: object;
  #at = 0;

  constructor(text: string, variables: object) {
    this.#tokens = (text.match(TOKENS) ?? []).filter((token) => !token.startsWith('#'));
    this.#variables = variables;
  }

  #next(): string | undefined {
    return this.#tokens[this.#at];
  }

  /** @throws SyntaxError at the end of the document */
  #take(): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new SyntaxError('The document ends too early.');
    return token;
  }

  /** Skips what is in brackets, whose opening one comes next. */
  #skip(): void {
    const end = closing[this.#take()];
    while (this.#next() !== end) {
      if (closing[this.#next() ?? ''] === undefined) this.#take();
      else this.#skip();
    }
    this.#take();
  }

  #value(): void {
    if (closing[this.#next() ?? ''] !== undefined) this.#skip();
    else if (this.#take() === '$') this.#take();
  }

  /** Whether a value carries a key: a variable with an object, or an object. It is read in any case. */
  #carriesKey(): boolean {
    if (this.#next() === '$') {
      this.#take();
      const given = valueAt(this.#variables, this.#take());
      return typeof given === 'object' && given !== null && isKey(valueAt(given, KEY));
    }
    if (this.#next() !== '{') {
      this.#value();
      return false;
    }
    this.#take();
    let found = false;
    while (this.#next() !== '}') {
      const name = this.#take();
      if (this.#next() === ':') this.#take();
      if (name !== KEY) this.#value();
      else if (this.#next() === '$') {
        this.#take();
        found = isKey(valueAt(this.#variables, this.#take()));
      } else {
        found = isText(this.#next() ?? '');
        this.#value();
      }
    }
    this.#take();
    return found;
  }

  /** Whether a root field of a mutation may be repeated. */
  #field(): boolean {
    let name = this.#take();
    if (name === '...') return false;
    if (this.#next() === ':') {
      this.#take();
      name = this.#take();
    }
    let isRepeatable = name === '__typename';
    if (this.#next() === '(') {
      this.#take();
      while (this.#next() !== ')') {
        this.#take();
        if (this.#next() === ':') this.#take();
        isRepeatable = this.#carriesKey() || isRepeatable;
      }
      this.#take();
    }
    for (; this.#next() === '@' || this.#next() === '{'; ) {
      if (this.#next() === '{') {
        this.#skip();
        break;
      }
      this.#take();
      this.#take();
      if (this.#next() === '(') this.#skip();
    }
    return isRepeatable;
  }

  #mutation(): boolean {
    while (this.#next() !== '{') {
      if (this.#next() === '(') this.#skip();
      else this.#take();
    }
    this.#take();
    let isRepeatable = true;
    while (this.#next() !== '}') isRepeatable = this.#field() && isRepeatable;
    this.#take();
    return isRepeatable;
  }

  document(): boolean {
    let isRepeatable = this.#next() !== undefined;
    while (this.#next() !== undefined) {
      if (this.#next() === 'mutation') isRepeatable = this.#mutation() && isRepeatable;
      else if (closing[this.#next() ?? ''] !== undefined) this.#skip();
      // A query may be called mutation.
      else if (isName(this.#take()) && isName(this.#next())) this.#take();
    }
    return isRepeatable;
  }
}

/**
 * Whether an operation is idempotent: it only reads, or each of its mutations has an `idempotencyKey`.
 */
export function isRepeatable(text: string, variables: object = {}): boolean {
  try {
    return new Reader(text, variables).document();
  } catch {
    // The server will report the syntax error.
    return false;
  }
}
