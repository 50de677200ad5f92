import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchNeo4j, type Neo4jOptions, waitUntilUp } from '../../src/cli/managed-database/launch-neo4j.ts';
import type { Address } from '../../src/engine/database/address.ts';
import { end, isRunning, type ProcessIdentity } from '../../src/engine/database/system/process-identity.ts';
import { localRuntime } from './local-runtime.ts';
import { type Content, storeOf } from './stored-content.ts';

export interface Neo4jProcess {
  /** Starts it on the port and the data that it had before. */
  start(): Promise<Address>;
  pid(): number;
  signal(name: NodeJS.Signals): void;
  /** As a power cut does. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** Ports that no system gives to who connects: otherwise a client may take it while Neo4j is down. */
const lastingPort = () => 20_000 + Math.floor(Math.random() * 10_000);

interface Neo4jProcessOptions extends Pick<Neo4jOptions, 'authentication' | 'settings'> {
  /** What it begins with. @default nothing */
  readonly content?: Content;
}

/** A Neo4j that is killed, hung and started again as a test wants, always at the same address. */
export function neo4jProcess({ content, ...options }: Neo4jProcessOptions): Neo4jProcess {
  const home = mkdtempSync(join(tmpdir(), 'silkgraph-neo4j-'));
  writeFileSync(join(home, 'port'), String(lastingPort()));
  let neo4j: ProcessIdentity | undefined;
  let before: string | undefined;
  const pid = () => Number(neo4j?.pid);
  return {
    async start() {
      const runtime = await localRuntime();
      const data = join(home, 'data');
      if (content && !existsSync(data)) cpSync(await storeOf(content, console.log), data, { recursive: true });
      neo4j = await launchNeo4j({ runtime, home, throwAway: true, compilation: 'quickly', ...options });
      const uri = await waitUntilUp(home, neo4j);
      if (before !== undefined && before !== uri) throw new Error(`Neo4j was at ${before} and now is at ${uri}.`);
      before = uri;
      return { uri, username: 'neo4j', password: 'neo4j', database: 'neo4j' };
    },
    pid,
    signal: (name) => void process.kill(pid(), name),
    async kill() {
      if (!neo4j || !isRunning(neo4j)) return;
      process.kill(neo4j.pid, 'SIGKILL');
      while (isRunning(neo4j)) await sleep(20);
    },
    async close() {
      if (neo4j && isRunning(neo4j)) {
        process.kill(neo4j.pid, 'SIGCONT');
        await end(neo4j);
      }
      rmSync(home, { recursive: true, force: true });
    },
  };
}
