import type { Address, Report } from '../../engine/database/address.ts';
import { DatabaseError } from '../../engine/database/database-error.ts';
import { keepRunning } from './keep-running.ts';
import type { LocalSettings } from './local-engine.ts';
import { acquireNeo4j, findLease, homeIn, releaseNeo4j, stopNeo4j } from './managed-neo4j.ts';
import type { Neo4jLease } from './neo4j-lease.ts';
import { START_PATIENCE } from './password.ts';

export interface DatabaseSettings extends LocalSettings {
  /** Address of an external Neo4j; absent to run one here. */
  readonly neo4j?: Address;
}

/** A database to use, and how to leave it. */
export interface FoundDatabase {
  readonly origin: 'address' | Neo4jLease['origin'];
  readonly address: Address;
  /** How long it may take to respond, in milliseconds: one that was started for this is waited for. */
  readonly patience: number;
  /**
   * Starts a Neo4j that Silkgraph runs again whenever it ends, until the database is left.
   * @throws DatabaseError when it cannot, after several tries
   */
  keep(report: Report): Promise<void>;
  /** Stops the Neo4j, if it was started for this process and nothing else uses it. May be called twice. */
  close(): Promise<void>;
}

/** A Neo4j that Silkgraph runs itself. */
export interface ManagedDatabase {
  readonly origin: Neo4jLease['origin'];
  /** Absent while it starts. */
  readonly uri?: string;
  /** Absent for a container. */
  readonly pid?: number;
  /** RFC 3339. */
  readonly since: string;
  readonly version: string;
  /** Folder of its data or, for a container, of its record. */
  readonly folder: string;
  readonly keptBy: Neo4jLease['keptBy'];
  /** The processes that use it. */
  readonly users: readonly number[];
}

/**
 * Finds the Neo4j to use: the configured address, otherwise one run here with Java, otherwise one in a container. A
 * configured address is not checked here; see `verifyDatabase`. An aborted signal stops a Neo4j that is being started.
 * @throws DatabaseError `unavailable`, saying what to do about it, `start-failed`, `unreadable` or `wrong-credentials`
 */
export async function findDatabase(
  settings: DatabaseSettings,
  report: Report = () => {},
  signal?: AbortSignal,
): Promise<FoundDatabase> {
  const leaving = new AbortController();
  if (settings.neo4j) {
    const keep = () => new Promise<void>((resolve) => leaving.signal.addEventListener('abort', () => resolve()));
    return { origin: 'address', address: settings.neo4j, patience: 0, keep, close: async () => leaving.abort() };
  }
  const used = await acquireNeo4j(settings, 'server', report, signal);
  let kept: Promise<void> | undefined;
  const leave = async () => {
    leaving.abort();
    // Otherwise it could be started once more after it was left.
    await kept?.catch(() => {});
    await releaseNeo4j(settings, report);
  };
  let left: Promise<void> | undefined;
  return {
    origin: used.record.origin,
    address: used.address,
    patience: START_PATIENCE,
    keep: (reportAgain) => {
      kept ??= keepRunning(settings, used, { report: reportAgain, signal: leaving.signal });
      return kept;
    },
    close: () => {
      left ??= leave();
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

function describe(settings: DatabaseSettings, record: Neo4jLease): ManagedDatabase {
  const { neo4j, users, ...rest } = record;
  const pid = record.origin === 'local' ? { pid: neo4j.pid } : {};
  return { ...rest, ...pid, folder: homeIn(settings.folder), users: users.map((user) => user.pid) };
}

/**
 * Starts the managed Neo4j, or finds it running; it then stays until `stopDatabase`. An aborted signal stops a Neo4j
 * that is being started.
 * @throws DatabaseError as `findDatabase`, and `not-managed` when an address is set
 */
export async function startDatabase(
  settings: DatabaseSettings,
  report: Report = () => {},
  signal?: AbortSignal,
): Promise<ManagedDatabase> {
  refuseAddress(settings);
  const { record } = await acquireNeo4j(settings, 'command', report, signal);
  return describe(settings, record);
}

/**
 * Stops the managed Neo4j, even if it is in use, and returns its record; `undefined` if none ran. An aborted signal
 * ends the wait for a concurrent start or stop.
 * @throws DatabaseError `not-managed` when an address is set, `unreadable`
 */
export async function stopDatabase(
  settings: DatabaseSettings,
  report: Report = () => {},
  signal?: AbortSignal,
): Promise<ManagedDatabase | undefined> {
  refuseAddress(settings);
  const record = await stopNeo4j(settings, report, signal);
  return record && describe(settings, record);
}

/**
 * The managed Neo4j that runs now; `undefined` when none does.
 * @throws DatabaseError `not-managed` when an address is set, `unreadable`
 */
export async function databaseStatus(settings: DatabaseSettings): Promise<ManagedDatabase | undefined> {
  refuseAddress(settings);
  const record = await findLease(settings);
  return record && describe(settings, record);
}
