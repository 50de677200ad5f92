/** A Cypher statement and the name under which it is counted, timed and logged. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}
