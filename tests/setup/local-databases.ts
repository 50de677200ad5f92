import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { classArchiveOptions } from '../../src/cli/managed-database/class-archive.ts';
import { type Compilation, logName, startJava } from '../../src/cli/managed-database/java-process.ts';
import { readPort, writeNeo4jSettings } from '../../src/cli/managed-database/neo4j-settings.ts';
import type { Report } from '../../src/engine/database/address.ts';
import { attempt } from '../../src/engine/database/system/attempt.ts';
import { end, isRunning } from '../../src/engine/database/system/process-identity.ts';
import { tail } from '../../src/engine/database/system/tail.ts';
import { addressAt } from './address-at.ts';
import { type RunningDatabase, testSettings } from './local-database.ts';
import { localRuntime } from './local-runtime.ts';

const program = fileURLToPath(new URL('./LocalDatabases.java', import.meta.url));

/** Waits for what a Java process does to the files of a folder. */
async function waitFor(isDone: () => boolean, isAlive: () => boolean, log: string): Promise<void> {
  for (const deadline = Date.now() + 180_000; !isDone(); await sleep(20)) {
    if (isAlive() && Date.now() < deadline) continue;
    throw new Error(`The Neo4j of the tests ended or hangs. Its log ends with:\n${tail(log, 15)}`);
  }
}

export interface LocalDatabases {
  /** Starts a Neo4j on a folder. */
  start(home: string): Promise<RunningDatabase>;
  /** Ends the process, and whatever still runs in it. */
  close(): Promise<void>;
}

/**
 * Starts a Java process for the databases of a run. The second starts in half a second, and uses what Java
 * compiled for the first.
 *
 * @throws DatabaseError `unavailable` when Java or Maven is missing
 */
export async function localDatabases(report: Report, compilation: Compilation): Promise<LocalDatabases> {
  const runtime = await localRuntime(report);
  const folder = mkdtempSync(join(tmpdir(), 'silkgraph-databases-'));
  const log = join(folder, logName);
  const options = { runtime, folder, heap: '2g', compilation };
  const { identity, input } = await startJava(options, [...classArchiveOptions(runtime).java, program]);
  const isAlive = () => isRunning(identity);
  return {
    async start(home) {
      await writeNeo4jSettings({ home, authentication: false, settings: testSettings });
      input.write(`+${home}\n`);
      const failure = () => attempt(() => readFileSync(join(home, 'failure'), 'utf8'));
      await waitFor(() => readPort(home) !== undefined || failure() !== undefined, isAlive, log);
      const port = readPort(home);
      if (port === undefined) throw new Error(`A Neo4j of the tests did not start: ${failure()}`);
      return {
        address: addressAt(`bolt://127.0.0.1:${port}`),
        async close() {
          input.write(`-${home}\n`);
          await waitFor(() => readPort(home) === undefined, isAlive, log);
        },
      };
    },
    async close() {
      await end(identity);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
