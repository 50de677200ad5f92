import { Neo4jError } from 'neo4j-driver';
import { acquisitionTimeout, lostConnection } from '../database/lost-connection.ts';
import type { Statement } from './statement.ts';

/**
 * Why the graph could not be read or written. `MEMORY`: it takes more than the database gives to one transaction; `HIDDEN`:
 * the caller's role sees a part of the graph that does not have this.
 */
export type GraphFault = 'UNAVAILABLE' | 'TIMEOUT' | 'CANCELLED' | 'OVERLOADED' | 'MEMORY' | 'STATEMENT' | 'HIDDEN';

/** Whether the same may succeed later. */
export const isPassing = (fault: GraphFault): boolean => !['MEMORY', 'STATEMENT', 'HIDDEN'].includes(fault);

/** The graph could not be read or written. The message and the cause are for the log, never for a client. */
export class GraphError extends Error {
  readonly fault: GraphFault;
  readonly statement: Statement | undefined;

  constructor(fault: GraphFault, message: string, options: { cause?: unknown; statement?: Statement } = {}) {
    super(message, { cause: options.cause });
    this.name = 'GraphError';
    this.fault = fault;
    this.statement = options.statement;
  }
}

/** For work whose callers have left. */
export const callerLeft = () => new GraphError('CANCELLED', 'The client left before the answer was complete.');

const faultsByCode: Readonly<Record<string, GraphFault>> = {
  'Neo.TransientError.General.DatabaseUnavailable': 'UNAVAILABLE',
  'Neo.ClientError.Security.Unauthorized': 'UNAVAILABLE',
  'Neo.ClientError.Security.AuthenticationRateLimit': 'UNAVAILABLE',
  'Neo.ClientError.Security.AuthorizationExpired': 'UNAVAILABLE',
  'Neo.ClientError.Security.CredentialsExpired': 'UNAVAILABLE',
  'Neo.ClientError.Security.TokenExpired': 'UNAVAILABLE',
  'Neo.ClientError.Database.DatabaseNotFound': 'UNAVAILABLE',
  'Neo.ClientError.Cluster.NotALeader': 'UNAVAILABLE',
  'Neo.ClientError.General.ForbiddenOnReadOnlyDatabase': 'UNAVAILABLE',
  'Neo.ClientError.General.WriteOnReadOnlyAccessDatabase': 'UNAVAILABLE',
  'Neo.ClientError.Transaction.TransactionTimedOut': 'TIMEOUT',
  'Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration': 'TIMEOUT',
  'Neo.TransientError.Transaction.Terminated': 'CANCELLED',
  'Neo.ClientError.Transaction.Terminated': 'CANCELLED',
  'Neo.TransientError.General.MemoryPoolOutOfMemoryError': 'OVERLOADED',
  'Neo.TransientError.General.OutOfMemoryError': 'OVERLOADED',
  'Neo.TransientError.General.TransactionMemoryLimit': 'OVERLOADED',
};

const shortageCodes: readonly string[] = Object.keys(faultsByCode).filter((code) => code.includes('Memory'));

/** Whether the database had too little memory for a statement, be it its own limit or that of all together. */
export const lackedMemory = ({ cause }: GraphError): boolean =>
  cause instanceof Neo4jError && shortageCodes.includes(cause.code);

/** Whether one transaction needed more memory than one may have. The code is the same as if all together need too much. */
export const exceededItsMemory = (error: unknown): boolean =>
  error instanceof Neo4jError && /\bdb\.memory\.transaction\.max\b/.test(error.message);

/**
 * Not an error of the statement, although the code is not listed above: errors that Neo4j calls transient, and failures
 * to begin or commit a transaction, as on a full disk.
 */
const ofDatabase = /^Neo\.(TransientError|DatabaseError\.Transaction)\./;

function faultOf(code: string): GraphFault {
  if (lostConnection.includes(code)) return 'UNAVAILABLE';
  return faultsByCode[code] ?? (ofDatabase.test(code) ? 'UNAVAILABLE' : 'STATEMENT');
}

/** How the driver says that it was closed, as when a server stops: there is no code for it. */
const closed = /^Pool is closed/;

/**
 * Translates what the driver throws.
 * @param connections maximum of the driver: a session that waited too long for one of fewer waited for the database
 */
export function graphError(cause: unknown, statement: Statement, connections = 0): GraphError {
  if (cause instanceof GraphError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  const code = cause instanceof Neo4jError ? cause.code : '';
  const active = acquisitionTimeout.exec(message)?.[1];
  const coded = closed.test(message) ? 'UNAVAILABLE' : exceededItsMemory(cause) ? 'MEMORY' : faultOf(code);
  const fault = active === undefined ? coded : Number(active) < connections ? 'UNAVAILABLE' : 'OVERLOADED';
  return new GraphError(fault, `${statement.name}: ${message}`, { cause, statement });
}
