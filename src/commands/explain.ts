import { lostConnection } from '../database/lost-connection.ts';

/** Errors whose messages are written for the person who gave the command. */
const forPeople: ReadonlySet<string> = new Set([
  'SettingsError',
  'ListenError',
  'InvalidArgumentError',
  'DatabaseError',
  'ForeignData',
  'ImportRefused',
  'ImportPending',
  'ChangedMeanwhile',
  'ImportTakenOver',
  'RecordsRejected',
  'QueryFailed',
  'NoExport',
  'NoSuchKey',
  'NotAnswered',
  'TrustedDocumentsError',
  'AuditLogError',
]);

const graphFaults: Readonly<Record<string, string>> = {
  UNAVAILABLE: 'The database does not answer.',
  TIMEOUT: 'The database took too long.',
  CANCELLED: 'The database stopped what was running.',
  OVERLOADED: 'The database ran out of memory.',
};

/** With these the driver says that the database went away, as it may before the graph is there to say so. */
const unavailable: ReadonlySet<unknown> = new Set([
  ...lostConnection,
  'Neo.TransientError.General.DatabaseUnavailable',
]);

/** Why a command failed, for a person: in words, without a stack unless one is asked for. */
export function explain(error: unknown, withStack: boolean): string {
  if (!(error instanceof Error)) return `Something unexpected happened: ${String(error)}`;
  if (forPeople.has(error.name)) return error.message;
  const fault =
    'fault' in error ? String(error.fault) : 'code' in error && unavailable.has(error.code) && 'UNAVAILABLE';
  const graphFault = fault ? graphFaults[fault] : undefined;
  if (graphFault !== undefined) return graphFault;
  return withStack
    ? `Something unexpected happened: ${error.stack}`
    : `Something unexpected happened: ${error.message}\nRun it again with LOG_LEVEL=debug to see where.`;
}
