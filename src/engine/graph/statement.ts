/** One row: its values in the order of `RETURN`. */
export type Row = readonly unknown[];

/** For a statement without parameters. */
export type NoParameters = Readonly<Record<string, never>>;

declare const shape: unique symbol;

/**
 * A Cypher statement with the types of its parameters and of its rows, and the name under which it is counted, timed and
 * logged. The types are those of the driver's values: Neo4j's integers are numbers, its instants `DateTime<number>`.
 * Without type arguments it is any statement, which cannot be run.
 */
export interface Statement<in Parameters extends object = never, out Columns extends Row = Row> {
  readonly name: string;
  readonly text: string;
  /** Never present: it only carries the types. */
  readonly [shape]?: (parameters: Parameters) => Columns;
}

const parameter = /\$(?=[A-Za-z_])/g;

/** A parameter that is read as a whole, and not by its fields alone. */
const whole = /\$[A-Za-z_]\w*\b(?!\.\w)/;

/**
 * The same statement with all its parameters as fields of one, `given`; one whose parameters are all maps stays as it is.
 * Neo4j plans a text anew for each type of a parameter and for each order of magnitude of a string's or list's length
 * (its setting `internal.cypher.use_parameter_size`), and does not look into maps.
 */
export function inOneParameter(
  text: string,
  parameters: object,
): { readonly text: string; readonly parameters: object } {
  if (!whole.test(text)) return { text, parameters };
  return { text: text.replace(parameter, '$given.'), parameters: { given: parameters } };
}

/** The maps that a text names as parameters, empty. Neo4j finds a plan by its text and by the types of its parameters. */
export const emptyMaps = (text: string): Readonly<Record<string, object>> =>
  Object.fromEntries([...text.matchAll(/\$(\w+)\.\w/g)].map(([, name = '']) => [name, {}]));
