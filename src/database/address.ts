/** Where a Neo4j answers, and as whom. */
export interface Address {
  readonly uri: string;
  readonly username: string;
  /** Empty where the server asks for none. */
  readonly password: string;
  /** Absent: the user's home database. */
  readonly database?: string;
}

/** Is told, in words, each step that takes time. */
export type Report = (step: string) => void;
