import type { Address, Report } from './address.ts';
import { DatabaseError } from './database-error.ts';
import { endDatabase, findRecord, homeIn, keepDatabase, leaveDatabase } from './kept-database.ts';
import type { KeptRecord } from './kept-record.ts';
import type { LocalSettings } from './local-engine.ts';

export interface DatabaseSettings extends LocalSettings {
  /** Where a Neo4j of somebody else's is reached; absent: one is run here. */
  readonly neo4j?: Address;
}

/** A database to use, and how to leave it. */
export interface FoundDatabase {
  readonly origin: 'address' | KeptRecord['origin'];
  readonly address: Address;
  /** Ends the Neo4j, if it was started to be used by this process and nobody else uses it. May be called twice. */
  close(): Promise<void>;
}

/** A Neo4j that Silkgraph runs itself. */
export interface ManagedDatabase {
  readonly origin: KeptRecord['origin'];
  /** Absent while it starts. */
  readonly uri?: string;
  /** Absent for a container. */
  readonly pid?: number;
  /** RFC 3339. */
  readonly since: string;
  readonly version: string;
  /** Where its data (or, for a container, its record) is kept. */
  readonly folder: string;
  readonly keptBy: KeptRecord['keptBy'];
  /** The processes that use it. */
  readonly users: readonly number[];
}

/**
 * Finds the Neo4j to use: the address that is set, else one that is run here with Java, else one in a container. An
 * address is taken as it is; `verifyDatabase` tells whether it answers. An aborted signal ends what was being started.
 * @throws DatabaseError `unavailable`, saying what to do about it, `start-failed`, `unreadable` or `wrong-credentials`
 */
export async function findDatabase(
  settings: DatabaseSettings,
  report: Report = () => {},
  signal?: AbortSignal,
): Promise<FoundDatabase> {
  if (settings.neo4j) return { origin: 'address', address: settings.neo4j, close: async () => {} };
  const { record, address } = await keepDatabase(settings, 'server', report, signal);
  let left: Promise<void> | undefined;
  return {
    origin: record.origin,
    address,
    close: () => {
      left ??= leaveDatabase(settings, record, report);
      return left;
    },
  };
}

function refuseAddress({ neo4j }: DatabaseSettings): void {
  if (!neo4j) return;
  throw new DatabaseError(
    'not-managed',
    `NEO4J_URI names the Neo4j at ${neo4j.uri}, which is not Silkgraph's to start or stop: unset NEO4J_URI to use one that is.`,
  );
}

function describe(settings: DatabaseSettings, record: KeptRecord): ManagedDatabase {
  const { neo4j, users, ...rest } = record;
  const pid = record.origin === 'local' ? { pid: neo4j.pid } : {};
  return { ...rest, ...pid, folder: homeIn(settings.folder), users: users.map((user) => user.pid) };
}

/**
 * Starts the managed Neo4j, or finds it running; it then stays until `stopDatabase`. An aborted signal ends what was
 * being started.
 * @throws DatabaseError as `findDatabase`, and `not-managed` when an address is set
 */
export async function startDatabase(
  settings: DatabaseSettings,
  report: Report = () => {},
  signal?: AbortSignal,
): Promise<ManagedDatabase> {
  refuseAddress(settings);
  const { record } = await keepDatabase(settings, 'command', report, signal);
  return describe(settings, record);
}

/**
 * Ends the managed Neo4j, even when it is in use, and says which it was; `undefined` when none ran. An aborted signal
 * ends the wait for who is starting or ending it just then.
 * @throws DatabaseError `not-managed` when an address is set, `unreadable`
 */
export async function stopDatabase(
  settings: DatabaseSettings,
  report: Report = () => {},
  signal?: AbortSignal,
): Promise<ManagedDatabase | undefined> {
  refuseAddress(settings);
  const record = await endDatabase(settings, report, signal);
  return record && describe(settings, record);
}

/**
 * The managed Neo4j that runs now; `undefined` when none does.
 * @throws DatabaseError `not-managed` when an address is set, `unreadable`
 */
export async function databaseStatus(settings: DatabaseSettings): Promise<ManagedDatabase | undefined> {
  refuseAddress(settings);
  const record = await findRecord(settings);
  return record && describe(settings, record);
}
