import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError } from '../database-error.ts';
import { requireSpace } from '../system/free-space.ts';
import { identify, isRunning, type ProcessIdentity } from '../system/process-identity.ts';
import { tail } from '../system/tail.ts';
import { classArchiveOptions } from './class-archive.ts';
import type { Runtime } from './runtime.ts';

/** Sizes as Java and Neo4j write them: `512m`. */
export interface Memory {
  readonly heap: string;
  readonly pageCache: string;
}

/**
 * Neo4j starts with a third less work where its code is compiled `quickly`, and stays slower. Where it is compiled `late`,
 * only what runs ten times as often as usual is compiled well: over some minutes of new statements that is the least work.
 */
export type Compilation = 'quickly' | 'late' | 'well';

const javaOptions: Readonly<Record<Compilation, readonly string[]>> = {
  // With the quick compiler alone, the JVM reserves a code cache of 48 MB, which Neo4j fills within a minute.
  quickly: ['-XX:TieredStopAtLevel=1', '-XX:ReservedCodeCacheSize=240m'],
  late: [
    '-XX:Tier4InvocationThreshold=50000',
    '-XX:Tier4MinInvocationThreshold=6000',
    '-XX:Tier4CompileThreshold=150000',
    '-XX:Tier4BackEdgeThreshold=400000',
  ],
  well: [],
};

export interface Neo4jOptions {
  readonly runtime: Runtime;
  /** Folder of Neo4j's data, settings, logs and the file `port`. */
  readonly home: string;
  readonly authentication: boolean;
  /** The Neo4j then ends, and takes its folder with it, when the process that launched it ends, however it ends. */
  readonly throwAway?: boolean;
  /** How Java compiles Neo4j's code. @default 'well' */
  readonly compilation?: Compilation;
  readonly memory?: Memory;
  /** More of Neo4j's settings, by their names. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Is called before Neo4j touches anything. */
  readonly record?: (process: ProcessIdentity) => void;
}

const logName = 'neo4j.log';

function readPort(home: string): number | undefined {
  try {
    return Number(readFileSync(join(home, 'port'), 'utf8'));
  } catch {
    return undefined;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

/**
 * Whether a port is free, or soon will be: a killed process may occupy it for a moment after it seems to have exited.
 */
async function becomesFree(port: number): Promise<boolean> {
  for (const deadline = Date.now() + 2_000; Date.now() < deadline; await sleep(50)) if (await isFree(port)) return true;
  return false;
}

/**
 * Starts a Neo4j that listens on 127.0.0.1 only, on its previous port if that is free. It runs in its own process
 * group, so that Ctrl-C in a terminal reaches only the server, which drains first. It is not ready yet: see
 * `waitUntilUp`.
 */
export async function launchNeo4j(options: Neo4jOptions): Promise<ProcessIdentity> {
  const { runtime, home, authentication, throwAway = false, compilation = 'well', record } = options;
  const { heap, pageCache } = options.memory ?? { heap: '512m', pageCache: '256m' };
  mkdirSync(home, { recursive: true, mode: 0o700 });
  requireSpace(home);
  const before = readPort(home);
  const port = before !== undefined && (await becomesFree(before)) ? before : 0;
  rmSync(join(home, 'port'), { force: true });
  const settings = {
    'server.bolt.enabled': true,
    'server.bolt.listen_address': `127.0.0.1:${port}`,
    'dbms.security.auth_enabled': authentication,
    'dbms.usage_report.enabled': false,
    'server.memory.pagecache.size': pageCache,
    'db.tx_log.preallocate': false,
    'db.tx_log.rotation.retention_policy': '100M size',
    // Otherwise Neo4j waits 10 s when it stops, although no client is left.
    'internal.dbms.bolt.netty_server_shutdown_quiet_period': 0,
    ...options.settings,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(join(home, 'neo4j.conf'), lines.join(''));
  const log = openSync(join(home, logName), 'w');
  const archive = classArchiveOptions(runtime);
  const child = spawn(
    runtime.java,
    [
      ...[`-Xmx${heap}`, '-XX:+UseSerialGC'],
      ...javaOptions[compilation],
      ...['--add-opens=java.base/java.nio=ALL-UNNAMED', '--add-opens=java.base/java.lang=ALL-UNNAMED'],
      ...archive.java,
      ...['-cp', [join(runtime.folder, '*'), join(runtime.folder, 'lib', '*')].join(':')],
      ...['LocalNeo4j', home, ...(throwAway ? ['--throw-away'] : []), ...archive.launcher],
    ],
    { cwd: home, detached: true, stdio: ['pipe', log, log] },
  );
  closeSync(log);
  const input = child.stdin as Socket;
  // It may exit before it reads; waitUntilUp reports that.
  input.on('error', () => {});
  await once(child, 'spawn');
  child.unref();
  input.unref();
  const identity = identify(Number(child.pid));
  record?.(identity);
  if (throwAway) input.write('go\n');
  else input.end('go\n');
  return identity;
}

/**
 * Waits until a launched Neo4j is ready.
 * @returns its address
 * @throws DatabaseError `start-failed` when it ends or takes too long, with the end of its log
 */
export async function waitUntilUp(home: string, identity: ProcessIdentity, signal?: AbortSignal): Promise<string> {
  const failed = (what: string) =>
    new DatabaseError(
      'start-failed',
      `Neo4j ${what}. Its log, ${join(home, logName)}, ends with:\n${tail(join(home, logName), 15)}`,
    );
  for (const deadline = Date.now() + 180_000; ; ) {
    const port = readPort(home);
    if (!isRunning(identity)) throw failed('ended while it started');
    if (port !== undefined) return `bolt://127.0.0.1:${port}`;
    if (Date.now() > deadline) throw failed('did not start within three minutes');
    await sleep(50, undefined, { signal });
  }
}
