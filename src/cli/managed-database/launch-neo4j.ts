import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError } from '../../engine/database/database-error.ts';
import { isRunning, type ProcessIdentity } from '../../engine/database/system/process-identity.ts';
import { tail } from '../../engine/database/system/tail.ts';
import { classArchiveOptions } from './class-archive.ts';
import { type Compilation, logName, startJava } from './java-process.ts';
import { type Neo4jSettings, readPort, writeNeo4jSettings } from './neo4j-settings.ts';
import type { Runtime } from './runtime.ts';

/** Sizes as Java and Neo4j write them: `512m`. */
export interface Memory {
  readonly heap: string;
  readonly pageCache: string;
}

export interface Neo4jOptions extends Omit<Neo4jSettings, 'pageCache'> {
  readonly runtime: Runtime;
  /** The Neo4j then ends, and takes its folder with it, when the process that launched it ends, however it ends. */
  readonly throwAway?: boolean;
  /** How Java compiles Neo4j's code. @default 'well' */
  readonly compilation?: Compilation;
  readonly memory?: Memory;
  /** Is called before Neo4j touches anything. */
  readonly record?: (process: ProcessIdentity) => void;
}

/**
 * Starts a Neo4j in a process of its own. It is not ready yet: see `waitUntilUp`.
 * @throws DatabaseError `start-failed` when the disk has too little space
 */
export async function launchNeo4j(options: Neo4jOptions): Promise<ProcessIdentity> {
  const { runtime, home, throwAway = false, memory, record } = options;
  await writeNeo4jSettings({ ...options, ...memory });
  const archive = classArchiveOptions(runtime);
  const { identity, input } = await startJava({ ...options, folder: home, ...memory }, [
    ...archive.java,
    ...['LocalNeo4j', home, ...(throwAway ? ['--throw-away'] : []), ...archive.launcher],
  ]);
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
