/** What is wrong with the database, for code; the message says it to a person, with what to do. */
export type DatabaseFault =
  | 'unavailable' // this way of getting a Neo4j does not exist on this machine
  | 'start-failed'
  | 'unreadable' // a file beside its data
  | 'not-managed'
  | 'unreachable'
  | 'wrong-address'
  | 'wrong-credentials'
  | 'no-such-database'
  | 'too-old'
  | 'foreign-data'
  | 'schema-change-altered'
  | 'schema-change-missing'
  | 'schema-change-out-of-order'
  | 'schema-change-failed';

/** A fault of the database or its settings that a person can put right. Its message never holds a password. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly reason: DatabaseFault;

  constructor(reason: DatabaseFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
