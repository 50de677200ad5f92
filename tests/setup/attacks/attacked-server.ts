import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Address } from '../../../src/engine/database/address.ts';
import { type Inspector, inspect } from './inspector.ts';

/** `silkgraph start` with a small heap, in a process of its own, that may be brought down. */
export interface AttackedServer {
  readonly origin: string;
  readonly port: number;
  readonly pid: number;
  readonly isAlive: () => boolean;
  /** Why it ended, from the last it said. */
  readonly lastWords: () => string;
  readonly inspector: Inspector;
  /** Its resident memory in bytes, also while it answers nothing; not a number where the system does not tell. */
  residentMemory(): number;
  /** The sum of a metric over all labels; not a number while it is not answered. */
  metric(name: string): Promise<number>;
  /** Size of all metrics in bytes. */
  metricsSize(): Promise<number>;
  close(): Promise<void>;
}

/** Old space in MB. */
const HEAP = 512;

/** Time to end in good order, in milliseconds. */
const FAREWELL = 12_000;

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Starts `program`, which `node` is given with its flags, and waits until it is ready. */
export async function startAttackedServer(address: Address, program: readonly string[]): Promise<AttackedServer> {
  const { PATH = '', HOME = '' } = process.env;
  const flags = [`--max-old-space-size=${HEAP}`, '--inspect=127.0.0.1:0'];
  const child = spawn(process.execPath, [...flags, ...program, 'start'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      // Planning ahead would take a core from what is measured.
      SILKGRAPH_WARM_UP: 'off',
      ...{ PATH, HOME, PORT: '0', LOG_LEVEL: 'warn', SILKGRAPH_METRICS: 'open' },
      ...{ NEO4J_URI: address.uri, NEO4J_USERNAME: address.username, NEO4J_PASSWORD: address.password },
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      said = (said + part).slice(-20_000);
    });
  }
  const isAlive = () => child.exitCode === null && child.signalCode === null;

  async function until(words: RegExp): Promise<string> {
    for (const deadline = performance.now() + 120_000; performance.now() < deadline; await sleep(50)) {
      const found = words.exec(said)?.[1];
      if (found !== undefined) return found;
      if (!isAlive()) break;
    }
    child.kill('SIGKILL');
    throw new Error(`The server does not get ready:\n${said}`);
  }
  const inspector = await inspect(await until(/Debugger listening on (ws:\S+)/));
  const origin = await until(/Silkgraph is ready\.[\s\S]*?(http:\/\/[\d.]+:\d+)/);

  const metrics = () =>
    fetch(`${origin}/metrics`, { signal: AbortSignal.timeout(5_000) }).then(
      (response) => response.text(),
      () => '',
    );

  return {
    origin,
    port: Number(new URL(origin).port),
    pid: child.pid ?? 0,
    isAlive,
    lastWords: () => /FATAL ERROR: [^\n]*/.exec(said)?.[0] ?? said.slice(-500),
    inspector,
    residentMemory() {
      try {
        return Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) * 1024;
      } catch {
        return Number.NaN;
      }
    },
    async metric(name) {
      const values = [...(await metrics()).matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))];
      return values.length === 0 ? Number.NaN : values.reduce((sum, [, value]) => sum + Number(value), 0);
    },
    metricsSize: async () => (await metrics()).length,
    async close() {
      // A server that waits for its debugger to leave does not end.
      inspector.close();
      if (!isAlive()) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), FAREWELL);
      await ended;
      clearTimeout(late);
    },
  };
}
