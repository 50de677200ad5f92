import { join } from 'node:path';
import type { Address, Report } from '../../engine/database/address.ts';
import { DatabaseError } from '../../engine/database/database-error.ts';
import { makeFolder } from '../../engine/database/system/make-folder.ts';
import { identify, isRunning, type ProcessIdentity } from '../../engine/database/system/process-identity.ts';
import { withLock } from '../../engine/database/system/with-lock.ts';
import { containerEngine } from './container-engine.ts';
import type { Engine, LaunchOptions } from './engine.ts';
import { type LocalSettings, localEngine } from './local-engine.ts';
import { type Neo4jLease, readLease, removeLease, writeLease } from './neo4j-lease.ts';
import { type Origin, readOrigin, writeOrigin } from './neo4j-origin.ts';
import { ensurePassword, readPassword } from './password.ts';

/** What belongs to the one database of a folder. */
export const homeIn = (folder: string) => join(folder, 'neo4j');

const enginesFor = (settings: LocalSettings): Readonly<Record<Origin, Engine>> => ({
  local: localEngine(settings),
  container: containerEngine(settings),
});

function locked<T>(home: string, report: Report, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  const waiting = ({ pid }: ProcessIdentity) =>
    report(`Waiting for process ${pid}, which is starting or ending this Neo4j`);
  return withLock(join(home, 'lock'), work, waiting, signal);
}

/** The record, if what it names still runs. */
async function running(home: string, settings: LocalSettings): Promise<Neo4jLease | undefined> {
  const record = readLease(home);
  return record && (await enginesFor(settings)[record.origin].isRunning(home, record.neo4j)) ? record : undefined;
}

const holders: Readonly<Record<Origin, string>> = {
  local: 'a Neo4j that is run here with Java',
  container: 'a Neo4j in a container',
};

const ways: Readonly<Record<Origin, string>> = {
  local:
    'install Java 17 or newer (21 for Neo4j 2025 and 2026; JAVA_HOME, where set, must name it) and Maven, and it is run here',
  container: 'install and start Docker, and it is run in a container',
};

/** What is left of a Neo4j that ended while processes used it: these, and how long it is to run. */
function inheritedFrom(ended: Neo4jLease | undefined): Claim {
  const users = ended?.users.filter(isRunning) ?? [];
  return { users, keptBy: users.length > 0 && ended ? ended.keptBy : 'server' };
}

/**
 * Starts a Neo4j, and returns its record: with the engine that wrote the folder's data, because any other would begin
 * with an empty graph or, if there is no data yet, with the first engine available.
 */
async function launch(home: string, settings: LocalSettings, options: Omit<LaunchOptions, 'record'>) {
  const kept = readOrigin(home);
  const inherited = inheritedFrom(readLease(home));
  const unavailable: string[] = [];
  for (const [origin, engine] of Object.entries(enginesFor(settings)) as [Origin, Engine][]) {
    if (kept !== undefined && kept !== origin) continue;
    const { version } = engine;
    const record = (neo4j: ProcessIdentity) =>
      writeLease(home, { origin, neo4j, version, since: new Date().toISOString(), ...inherited });
    try {
      await engine.launch(home, { ...options, record });
      return readLease(home);
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.reason !== 'unavailable') throw error;
      unavailable.push(`${ways[origin]} (now: ${error.message})`);
    }
  }
  const choice =
    kept === undefined
      ? [
          'There is no Neo4j to use. Choose one of three options:',
          '  1. set NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD to use one that runs elsewhere, such as Neo4j Aura;',
          `  2. ${unavailable[0]};`,
          `  3. ${unavailable[1]}.`,
        ]
      : [
          `The graph of ${home} belongs to ${holders[kept]}, which cannot run now. Choose one of two options:`,
          `  1. ${unavailable[0]};`,
          '  2. set SILKGRAPH_FOLDER to another folder, and begin there with an empty graph.',
        ];
  throw new DatabaseError('unavailable', choice.join('\n'));
}

/** Who uses a Neo4j, and how long it is to run. */
type Claim = Pick<Neo4jLease, 'keptBy' | 'users'>;

const isMe = ({ pid, started }: ProcessIdentity) => pid === process.pid && started === identify(pid).started;

/** How a process claims a Neo4j that others may use. */
const claims = {
  /** It becomes a user of it, until it calls `releaseNeo4j`. */
  server: ({ users, keptBy }) => ({ keptBy, users: [...users, identify(process.pid)] }),
  /** The Neo4j runs until `stopNeo4j`. */
  command: ({ users }) => ({ keptBy: 'command', users }),
  /** It remains a user of one that was started again, also by another process. */
  again: ({ users, keptBy }) => ({ keptBy, users: users.some(isMe) ? users : [...users, identify(process.pid)] }),
} satisfies Readonly<Record<string, (now: Claim) => Claim>>;

/**
 * Starts the Neo4j of a folder, or finds it running, claims it, and waits until it is ready. There are never two on one
 * folder.
 * @throws DatabaseError `unavailable`, `start-failed`, `unreadable` or `wrong-credentials`
 */
export function acquireNeo4j(
  settings: LocalSettings,
  claim: keyof typeof claims,
  report: Report,
  signal?: AbortSignal,
): Promise<{ record: Neo4jLease; address: Address }> {
  const home = homeIn(settings.folder);
  makeFolder(home);
  return locked(home, report, signal, async () => {
    const password = readPassword(home);
    const found = await running(home, settings);
    if (found) report(`Using the Neo4j that runs already, since ${found.since}`);
    const record = found ?? (await launch(home, settings, { password, report, signal }));
    if (!record) throw new Error(`The record in ${home} disappeared.`);
    const engine = enginesFor(settings)[record.origin];
    try {
      const uri = await engine.waitUntilUp(home, record.neo4j, signal);
      const address = { uri, username: 'neo4j', password, database: 'neo4j' };
      await ensurePassword(address, home);
      signal?.throwIfAborted();
      writeOrigin(home, record.origin);
      const kept = { ...record, uri, ...claims[claim]({ ...record, users: record.users.filter(isRunning) }) };
      writeLease(home, kept);
      return { record: kept, address };
    } catch (error) {
      if (!found) await engine.end(home, record.neo4j).then(() => removeLease(home));
      throw error;
    }
  });
}

/** Ends this process's use of the Neo4j of a folder, and stops the Neo4j if nothing else uses it. */
export async function releaseNeo4j(settings: LocalSettings, report: Report): Promise<void> {
  const home = homeIn(settings.folder);
  await locked(home, report, undefined, async () => {
    const now = readLease(home);
    const me = now?.users.findIndex(isMe) ?? -1;
    // It was stopped on command since.
    if (!now || me === -1) return;
    const users = now.users.filter((user, index) => index !== me && isRunning(user));
    if (now.keptBy === 'command' || users.length > 0) return writeLease(home, { ...now, users });
    report('Ending Neo4j');
    await enginesFor(settings)[now.origin].end(home, now.neo4j);
    removeLease(home);
  });
}

/** Stops the Neo4j of a folder, even if it is in use, and returns its record; `undefined` if none ran. */
export async function stopNeo4j(
  settings: LocalSettings,
  report: Report,
  signal?: AbortSignal,
): Promise<Neo4jLease | undefined> {
  const home = homeIn(settings.folder);
  if (!readLease(home)) return undefined;
  return locked(home, report, signal, async () => {
    const record = await running(home, settings);
    if (record) await enginesFor(settings)[record.origin].end(home, record.neo4j);
    removeLease(home);
    return record;
  });
}

/**
 * Whether the Neo4j that a process uses has ended, or another one has been started in its place. One that was stopped on
 * command has not: it is not wanted.
 */
export async function hasEnded(settings: LocalSettings, { neo4j }: Neo4jLease): Promise<boolean> {
  const home = homeIn(settings.folder);
  const now = readLease(home);
  if (!now) return false;
  return now.neo4j.started !== neo4j.started || (await running(home, settings)) === undefined;
}

/** The record of the Neo4j that runs on a folder, with its current users; `undefined` if none runs. */
export async function findLease(settings: LocalSettings): Promise<Neo4jLease | undefined> {
  const record = await running(homeIn(settings.folder), settings);
  return record && { ...record, users: record.users.filter(isRunning) };
}
