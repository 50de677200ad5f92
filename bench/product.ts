import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The product as it is run: `silkgraph start`, in a process of its own. */
export interface Product {
  readonly origin: string;
  readonly pid: number;
  /** The value of one of its metrics, all labels together. */
  metric(name: string): Promise<number>;
  close(): Promise<void>;
}

const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));

async function addressSaidBy(child: ChildProcess): Promise<string> {
  let said = '';
  let over = false;
  child.once('exit', () => {
    over = true;
  });
  child.stdout?.setEncoding('utf8').on('data', (part: string) => {
    said += part;
  });
  while (!over) {
    const [, origin] = /Silkgraph is ready\.[\s\S]*?(http:\/\/[\d.]+:\d+)/.exec(said) ?? [];
    if (origin !== undefined) return origin;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The server ended before it was ready:\n${said}`);
}

/** Starts it with these settings, and waits until it is ready. */
export async function startProduct(settings: Readonly<Record<string, string>>): Promise<Product> {
  const { PATH = '', HOME = '', JAVA_HOME = '' } = process.env;
  const env = {
    PATH,
    HOME,
    JAVA_HOME,
    PORT: '0',
    LOG_LEVEL: 'error',
    SILKGRAPH_METRICS: 'open',
    SILKGRAPH_WARM_UP: 'off',
    ...settings,
  };
  const child = spawn(process.execPath, [program, 'start'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const origin = await addressSaidBy(child);
  return {
    origin,
    pid: Number(child.pid),
    async metric(name) {
      const text = await (await fetch(`${origin}/metrics`)).text();
      const values = [...text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))];
      return values.reduce((sum, [, value]) => sum + Number(value), 0);
    },
    async close() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
