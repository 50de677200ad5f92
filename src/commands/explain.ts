import { lostConnection } from '../database/lost-connection.ts';

/** Names of errors whose messages are meant for users. */
const forPeople: ReadonlySet<string> = new Set([
  'SettingsError',
  'BackupRefused',
  'RolesDoNotFit',
  'ListenError',
  'InvalidArgumentError',
  'DatabaseError',
  'ForeignData',
  'ExamplesRefused',
  'ImportRefused',
  'ImportPending',
  'ChangedMeanwhile',
  'ImportTakenOver',
  'RecordsRejected',
  'QueryFailed',
  'NoExport',
  'NoSuchKey',
  'NoSuchRevision',
  'NotWhole',
  'TagRefused',
  'TooLarge',
  'TooManyChanges',
  'TooManyToCompare',
  'WatchRefused',
  'NotAnswered',
  'GraphNotLoaded',
  'GraphQLError',
  'InvalidOntology',
  'OntologyChanged',
  'TrustedDocumentsError',
  'AuditLogError',
  'TelemetryMissing',
]);

const graphFaults: Readonly<Record<string, string>> = {
  UNAVAILABLE: 'The database does not respond.',
  TIMEOUT: 'The database took too long.',
  CANCELLED: 'The database cancelled the operation.',
  OVERLOADED: 'The database ran out of memory.',
};

/** Codes of the driver for an unavailable database. They can occur before the graph is open. */
const unavailable: ReadonlySet<unknown> = new Set([
  ...lostConnection,
  'Neo.TransientError.General.DatabaseUnavailable',
]);

/** Error message of a failed command, with a stack trace on request. */
export function explain(error: unknown, withStack: boolean): string {
  if (!(error instanceof Error)) return `Unexpected error: ${String(error)}`;
  if (forPeople.has(error.name)) return error.message;
  const fault =
    'fault' in error ? String(error.fault) : 'code' in error && unavailable.has(error.code) && 'UNAVAILABLE';
  const graphFault = fault ? graphFaults[fault] : undefined;
  if (graphFault !== undefined) return graphFault;
  return withStack
    ? `Unexpected error: ${error.stack}`
    : `Unexpected error: ${error.message}\nRun the command again with LOG_LEVEL=debug for a stack trace.`;
}
