import type { Attributes } from '@opentelemetry/api';

/** A database without its credentials. */
export interface DatabaseName {
  readonly uri: string;
  /** Absent: the user's home database. */
  readonly database?: string;
}

/** The port of Bolt if an address names none. */
const BOLT = 7687;

/** What spans of statements say of the database (https://opentelemetry.io/docs/specs/semconv/db/database-spans/). */
export function databaseAttributes(name: DatabaseName | undefined): Attributes {
  if (!name) return {};
  const { hostname, port } = new URL(name.uri);
  return {
    ...(name.database === undefined ? {} : { 'db.namespace': name.database }),
    'server.address': hostname,
    'server.port': port === '' ? BOLT : Number(port),
  };
}
