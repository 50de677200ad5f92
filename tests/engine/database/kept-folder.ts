import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished, vi } from 'vitest';
import { stopDatabase } from '../../../src/cli/managed-database/find-database.ts';
import { readLease } from '../../../src/cli/managed-database/neo4j-lease.ts';
import { neo4jVersion, prepareRuntime } from '../../../src/cli/managed-database/runtime.ts';
import { seededGraph } from '../../setup/contents.ts';
import { testedNeo4j } from '../../setup/local-runtime.ts';
import { projectFolder } from '../../setup/project-folder.ts';
import { storeOf } from '../../setup/stored-content.ts';

/** Has Java compile Neo4j quickly rather than well, which saves a third of the work of a start. */
export const quickJava = { JAVA_TOOL_OPTIONS: '-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m' };

/**
 * A folder for a kept database, with the jars that the project has already; whatever runs there ends with the test, in
 * which Neo4j is compiled quickly.
 */
export async function keptFolder(): Promise<string> {
  for (const [name, value] of Object.entries(quickJava)) vi.stubEnv(name, value);
  const { folder: runtime } = await prepareRuntime({ folder: projectFolder }, () => {});
  const folder = mkdtempSync(join(tmpdir(), 'silkgraph-kept-'));
  symlinkSync(runtime, join(folder, runtime.slice(projectFolder.length + 1)));
  onTestFinished(async () => {
    await stopDatabase({ folder });
    rmSync(folder, { recursive: true });
  });
  return folder;
}

/** The same with the seeds, as an earlier start left them there. */
export async function seededFolder(): Promise<string> {
  const folder = await keptFolder();
  // The start loads them itself where the tests run on another Neo4j than it does.
  if (testedNeo4j !== neo4jVersion) return folder;
  cpSync(await storeOf(seededGraph, () => {}), join(folder, 'neo4j', 'data'), { recursive: true });
  return folder;
}

/** The process id of the Neo4j that the record names. */
export function recordedPid(folder: string): number | undefined {
  return readLease(join(folder, 'neo4j'))?.neo4j.pid;
}

/** The ids of all Java processes that run on a folder, whatever the record says. Linux only. */
export function javasOn(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const [command = '', ...rest] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return command.endsWith('java') && rest.includes(join(folder, 'neo4j'));
      } catch {
        return false;
      }
    })
    .map(Number);
}

export interface Holder {
  readonly process: ChildProcess;
  /** What it reported, and at last the address it uses. */
  readonly lines: string[];
  next(text: string): Promise<string>;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<void>;
}

function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Nobody of it is left.
  }
}

/**
 * A process of its own that uses the database of a folder until SIGTERM, as `silkgraph start` does. What else it started
 * ends with the test: the Maven of a process that was killed would write on in a folder that is being removed.
 */
export function holdDatabase(folder: string): Holder {
  const script = fileURLToPath(new URL('./hold-database.ts', import.meta.url));
  const holder = spawn(process.execPath, ['--import', 'tsx', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const exit = once(holder, 'exit');
  const lines: string[] = [];
  const reader = createInterface(holder.stdout).on('line', (line) => lines.push(line));
  const end = async (signal: NodeJS.Signals) => {
    holder.kill(signal);
    await exit;
  };
  onTestFinished(async () => {
    await end('SIGKILL');
    endGroup(Number(holder.pid));
  });
  return {
    process: holder,
    lines,
    next: async (text) => {
      for (;;) {
        const found = lines.find((line) => line.startsWith(text));
        if (found) return found;
        await Promise.race([
          once(reader, 'line'),
          exit.then(() => Promise.reject(new Error(`It ended without "${text}": ${lines.join('; ')}`))),
        ]);
      }
    },
    end,
  };
}
