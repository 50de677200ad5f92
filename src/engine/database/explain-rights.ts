import { Neo4jError } from 'neo4j-driver';
import type { Address } from './address.ts';
import { DatabaseError } from './database-error.ts';

const readOnly: ReadonlySet<string> = new Set([
  'Neo.ClientError.General.ForbiddenOnReadOnlyDatabase',
  'Neo.ClientError.General.WriteOnReadOnlyAccessDatabase',
  'Neo.ClientError.General.ReadOnly',
]);

const FORBIDDEN = 'Neo.ClientError.Security.Forbidden';

/** The error of the driver inside of another one. */
const causeOf = (error: unknown): unknown =>
  error instanceof Neo4jError || !(error instanceof Error) || error.cause === undefined ? error : causeOf(error.cause);

/** Neo4j names what a user lacks: an index, a constraint, a label, or the name of a property. */
const ofSchema = /schema operation|index|constraint|creating new|create new|token/i;

/** Says what a database does not allow, where that is why it could not be prepared; any other error stays as it is. */
export function explainRights(error: unknown, { uri, username, database }: Address): unknown {
  const cause = causeOf(error);
  if (!(cause instanceof Neo4jError)) return error;
  const named = database === undefined ? `The database at ${uri}` : `The database ${database} at ${uri}`;
  if (readOnly.has(cause.code)) {
    return new DatabaseError(
      'read-only',
      `${named} is read-only, and a server needs to write its schema and its log: allow writing, name another database with NEO4J_DATABASE, or connect with neo4j:// so that a cluster leads writes to its leader.`,
      { cause },
    );
  }
  if (cause.code !== FORBIDDEN) return error;
  const role = ofSchema.test(cause.message)
    ? `may not change the schema of the database: give it the privileges INDEX MANAGEMENT, CONSTRAINT MANAGEMENT and NAME MANAGEMENT, as the role architect or admin has`
    : `may not do what Silkgraph needs: give it MATCH and WRITE on the graph, as the role publisher or admin has`;
  return new DatabaseError('missing-rights', `${named} lets ${username} in, but ${username} ${role}.`, { cause });
}
