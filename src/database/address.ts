/** Address and credentials of a Neo4j. */
export interface Address {
  readonly uri: string;
  readonly username: string;
  /** Empty if the server requires none. */
  readonly password: string;
  /** Absent: the user's home database. */
  readonly database?: string;
}

/** Is called with a description of each step that takes time. */
export type Report = (step: string) => void;
