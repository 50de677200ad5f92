import type { RelationType } from '../../ontology/vocabulary.ts';
import { pattern, type RelationReading } from './pattern.ts';

/**
 * Names the variables of one expression, and collects its values in one parameter, a map. Neo4j plans a statement anew
 * for each order of magnitude of the length of a text or list that is itself a parameter; what is in a map does not count.
 */
export class Scope {
  readonly #parameter: string;
  readonly #values: Record<string, unknown> = {};
  #variables = 0;

  /** @param parameter name of the map, so that several expressions can share a statement */
  constructor(parameter: string) {
    this.#parameter = parameter;
  }

  /** A property of a node, a relation or a map. */
  property(of: string, name: string): string {
    return `${of}.${name}`;
  }

  /** The values of some properties of a node or a relation; the list of their names is an expression. */
  valuesOf(names: string, of: string): string {
    const name = this.variable('k');
    return `[${name} IN ${names} | ${of}[${name}]]`;
  }

  /** The type of a relation, as it stands in a pattern. */
  type(relation: RelationType): string {
    return relation;
  }

  /** The pattern of a relation between two nodes; any of the names may be empty. */
  pattern({ relation, reading }: RelationReading, near: string, edge: string, far: string): string {
    return pattern({ relation: this.type(relation), reading }, near, edge, far);
  }

  /** The parameter with all values so far. */
  get parameters(): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
    return { [this.#parameter]: this.#values };
  }

  /** A name that nothing else in the expression has. */
  variable(letter: string): string {
    return `${letter}${this.#variables++}`;
  }

  /** Every value is a parameter, so the text depends on the plan's shape alone. */
  value(value: unknown): string {
    const name = `v${Object.keys(this.#values).length}`;
    this.#values[name] = value;
    return `$${this.#parameter}.${name}`;
  }
}
