/** Address and credentials of a Neo4j. */
export interface Address {
  readonly uri: string;
  readonly username: string;
  /** Empty if the server requires none. */
  readonly password: string;
  /** Absent: the user's home database. */
  readonly database?: string;
}

/** Whether statements may go to several servers of a cluster (https://neo4j.com/docs/javascript-manual/current/connect-advanced/). */
export const isRouted = ({ uri }: Pick<Address, 'uri'>): boolean => uri.startsWith('neo4j');

/** Is called with a description of each step that takes time. */
export type Report = (step: string) => void;
