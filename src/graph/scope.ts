/** Names the variables and parameters of one expression, and collects the parameters' values. */
export class Scope {
  readonly parameters: Record<string, unknown> = {};
  readonly #prefix: string;
  #variables = 0;
  #values = 0;

  /** @param prefix begins the parameters' names, so that several expressions can share a statement */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** A name that nothing else in the expression has. */
  variable(letter: string): string {
    return `${letter}${this.#variables++}`;
  }

  /** Every value is a parameter, so the text depends on the plan's shape alone. */
  value(value: unknown): string {
    const name = `${this.#prefix}${this.#values++}`;
    this.parameters[name] = value;
    return `$${name}`;
  }
}
