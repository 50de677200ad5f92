/** Errors whose messages are written for the person who gave the command. */
const forPeople: ReadonlySet<string> = new Set([
  'SettingsError',
  'ListenError',
  'InvalidArgumentError',
  'DatabaseError',
  'ForeignData',
  'ImportRefused',
  'ImportPending',
  'ImportTakenOver',
]);

const graphFaults: Readonly<Record<string, string>> = {
  UNAVAILABLE: 'The database does not answer.',
  TIMEOUT: 'The database took too long.',
  CANCELLED: 'The database stopped what was running.',
  OVERLOADED: 'The database ran out of memory.',
};

/** Why a command failed, for a person: in words, without a stack unless one is asked for. */
export function explain(error: unknown, withStack: boolean): string {
  if (!(error instanceof Error)) return `Something unexpected happened: ${String(error)}`;
  if (forPeople.has(error.name)) return error.message;
  const graphFault = 'fault' in error ? graphFaults[String(error.fault)] : undefined;
  if (graphFault !== undefined) return graphFault;
  return withStack
    ? `Something unexpected happened: ${error.stack}`
    : `Something unexpected happened: ${error.message}\nRun it again with LOG_LEVEL=debug to see where.`;
}
