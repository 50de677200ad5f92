import { lostConnection } from '../../engine/database/lost-connection.ts';
import { builtInGraph } from './session/graph-option.ts';

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
  'ImportInProgress',
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
  MEMORY: 'It takes more memory than the database gives to one transaction (db.memory.transaction.max).',
};

/** Codes of the driver for an unavailable database. They can occur before the graph is open. */
const unavailable: ReadonlySet<unknown> = new Set([
  ...lostConnection,
  'Neo.TransientError.General.DatabaseUnavailable',
]);

/** Reasons why the operating system refuses a file. */
const fileFaults: Readonly<Record<string, string>> = {
  EACCES: 'this user has no permission',
  EPERM: 'this user has no permission',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota of this user is used up',
  EEXIST: 'a file of this name exists already',
  EMFILE: 'too many files are open; raise their limit (ulimit -n) to 1,024 or more',
  ENOTDIR: 'a part of the path is a file, not a folder',
};

/** Why a file cannot be used; `undefined` for any other error. A write to a full disk fails without the path of the file. */
function fileFault({ code = '', path, syscall }: NodeJS.ErrnoException): string | undefined {
  const reason = fileFaults[code];
  if (reason === undefined || (path === undefined && syscall !== 'write')) return undefined;
  return `${path ?? 'A file'} cannot be used: ${reason}.`;
}

/** Names of errors that the data of another graph causes. */
const ofOtherGraphs: ReadonlySet<string> = new Set([
  'ForeignData',
  'ImportRefused',
  'OntologyChanged',
  'RecordsRejected',
]);

export interface Explaining {
  /** Whether an unexpected error comes with its stack trace. @default false */
  readonly withStack?: boolean;
  /** Whether the command is about the graph of the product because no other one was named. @default false */
  readonly isBuiltIn?: boolean;
}

/** Error message of a failed command. */
export function explain(error: unknown, { withStack = false, isBuiltIn = false }: Explaining = {}): string {
  if (!(error instanceof Error)) return `Unexpected error: ${String(error)}`;
  if (isBuiltIn && ofOtherGraphs.has(error.name)) return `${error.message}\n${builtInGraph}`;
  if (forPeople.has(error.name)) return error.message;
  const fault =
    'fault' in error ? String(error.fault) : 'code' in error && unavailable.has(error.code) && 'UNAVAILABLE';
  const graphFault = fault ? graphFaults[fault] : undefined;
  if (graphFault !== undefined) return graphFault;
  const refusedFile = fileFault(error);
  if (refusedFile !== undefined) return refusedFile;
  return withStack
    ? `Unexpected error: ${error.stack}`
    : `Unexpected error: ${error.message}\nRun the command again with LOG_LEVEL=debug for a stack trace.`;
}
