/** Kind of the database error, for code; the message tells people what to do. */
export type DatabaseFault =
  | 'unavailable' // this way of getting a Neo4j does not exist on this machine
  | 'start-failed'
  | 'unreadable' // a file beside its data
  | 'not-managed'
  | 'unreachable'
  | 'wrong-address'
  | 'untrusted-certificate'
  | 'wrong-credentials'
  | 'no-such-database'
  | 'too-old'
  | 'read-only'
  | 'missing-rights'
  | 'foreign-data'
  | 'schema-change-altered'
  | 'schema-change-missing'
  | 'schema-change-out-of-order'
  | 'schema-change-failed';

/** An error of the database or its settings that people can fix. Its message never contains a password. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly reason: DatabaseFault;

  constructor(reason: DatabaseFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
