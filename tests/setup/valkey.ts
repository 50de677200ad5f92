import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.ts';

/** A Valkey or a Redis on the path. */
const program = ['valkey-server', 'redis-server'].find((name) => spawnSync(name, ['--version']).status === 0);

export const noStore = 'there is no valkey-server or redis-server on this machine';

export interface Store {
  readonly address: string;
  start(): Promise<void>;
  signal(name: NodeJS.Signals): void;
  stop(): Promise<void>;
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
      const started = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      child = started;
      const said: string[] = [];
      const lines = createInterface({ input: started.stdout });
      await new Promise<void>((resolve, reject) => {
        lines.on('line', (line) => {
          said.push(line);
          if (line.includes('Ready to accept connections')) resolve();
        });
        lines.on('close', () => reject(new Error(`${program} ended:\n${said.join('\n')}`)));
      });
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
