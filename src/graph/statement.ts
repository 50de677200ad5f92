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
