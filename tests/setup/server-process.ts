import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Address } from '../../src/engine/database/address.ts';
import { freePort } from './free-port.ts';
import { program } from './program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface ServerProcess {
  readonly graphql: string;
  /** What it said last. */
  said(): string;
  /**
   * Starts it, again and again while it ends for want of a database, until it is ready.
   * @throws Error where it ends for another reason
   */
  start(): Promise<void>;
  /** `kill -9` */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** How a server says, as its last words, that it has no database. */
const isWithoutDatabase = /^(No Neo4j answers at .*|The database (does not respond|cancelled the operation)\.)\n$/m;

const isReady = (origin: string) =>
  fetch(`${origin}/ready`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  );

/** `silkgraph start` in a process of its own, always on the same port, kept running as by a supervisor. */
export async function serverProcess(
  address: Address,
  settings: Readonly<Record<string, string>> = {},
  run: readonly string[] = program,
  node = process.execPath,
  cwd = root,
): Promise<ServerProcess> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let isClosed = false;
  let said = '';
  let failure: string | undefined;

  function launch(): ChildProcess {
    const { PATH, HOME } = process.env;
    const launched = spawn(node, [...run, 'start'], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        // Planning ahead would take a core from what the test measures.
        ...{ PATH, HOME, PORT: String(port), LOG_LEVEL: 'warn', SILKGRAPH_WARM_UP: 'off' },
        // Nor is what is slow planned once more for the log.
        ...{ SILKGRAPH_SLOW: '3600000', ...settings },
        ...{ NEO4J_URI: address.uri, NEO4J_USERNAME: address.username, NEO4J_PASSWORD: address.password },
      },
    });
    for (const stream of [launched.stdout, launched.stderr]) {
      stream.setEncoding('utf8').on('data', (part: string) => {
        said = (said + part).slice(-20_000);
      });
    }
    launched.once('close', (code) => {
      if (code !== null && !isWithoutDatabase.test(said.slice(-1_000))) failure = said.slice(-2_000);
    });
    return launched;
  }

  const isRunning = () => child !== undefined && child.exitCode === null && child.signalCode === null;

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!child || !isRunning()) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  return {
    graphql: `${origin}/graphql`,
    said: () => said,
    async start() {
      for (const deadline = Date.now() + 300_000; !isClosed; await sleep(100)) {
        if (failure !== undefined) throw new Error(`The server ended:\n${failure}`);
        if (!isRunning()) child = launch();
        if (await isReady(origin)) return;
        if (Date.now() > deadline) throw new Error(`The server does not get ready:\n${said}`);
      }
    },
    kill: () => end('SIGKILL'),
    async close() {
      isClosed = true;
      await end('SIGKILL');
    },
  };
}
