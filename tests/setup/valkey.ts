import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A Valkey or a Redis on the path. */
const program = ['valkey-server', 'redis-server'].find((name) => spawnSync(name, ['--version']).status === 0);

export const noStore = 'there is no valkey-server or redis-server on this machine';

export interface Store {
  readonly address: string;
  start(): Promise<void>;
  signal(name: NodeJS.Signals): void;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const address = holder.address();
  holder.close();
  await once(holder, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** A store in memory, on a port that stays its own; `undefined` if none is installed. */
export async function store(): Promise<Store | undefined> {
  if (program === undefined) return undefined;
  const port = await freePort();
  let child: ChildProcess | undefined;
  return {
    address: `redis://127.0.0.1:${port}`,
    async start() {
      const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
      child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      let said = '';
      child.stdout?.on('data', (part) => {
        said += part;
      });
      while (!said.includes('Ready to accept connections')) {
        if (child.exitCode !== null) throw new Error(`${program} ended:\n${said}`);
        await sleep(20);
      }
    },
    signal: (name) => void child?.kill(name),
    async stop() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
