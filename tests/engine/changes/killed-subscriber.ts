import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import type { Change } from '../../../src/client/index.ts';

const source = fileURLToPath(new URL('subscriber-child.ts', import.meta.url));

/** A subscriber that receives nothing for this many milliseconds is killed too, and moves to another server. */
const PATIENCE = 5_000;

/** Changes received by a subscriber that is killed and resumes after the last change it knows. */
export interface KilledSubscriber {
  /** All changes, of all lives, in the order in which they came. */
  readonly changes: readonly Change[];
  /** Number of kills after at least one change was received. */
  readonly kills: number;
  /** Stops killing until this number of changes has arrived; then waits for unexpected ones, and ends. */
  end(count: number, patience: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Follows the log from a cursor, in one process after another: each on the next server, by another transport, and killed
 * in the middle once it was told so many changes.
 */
export function killedSubscriber(servers: readonly string[], from: string, quota: () => number): KilledSubscriber {
  const folder = mkdtempSync(join(tmpdir(), 'silkgraph-subscriber-'));
  const program = join(folder, 'subscriber.cjs');
  // They begin often, and one file begins quickly.
  buildSync({ entryPoints: [source], outfile: program, bundle: true, platform: 'node', format: 'cjs' });
  const changes: Change[] = [];
  let [kills, lives] = [0, 0];
  let isEnding = false;
  let isOver = false;
  let leave = () => {};

  async function live(): Promise<void> {
    const transport = lives % 3 === 2 ? 'socket' : 'client';
    const url = servers[lives % servers.length] ?? '';
    lives += 1;
    const known = changes.at(-1)?.cursor ?? from;
    const subscriber = spawn(process.execPath, [program, transport, url, known], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const closed = once(subscriber, 'close');
    const most = quota();
    let [told, rest] = [0, ''];
    let isKilled = false;
    let timer: NodeJS.Timeout | undefined;
    leave = () => {
      isKilled = true;
      subscriber.kill('SIGKILL');
    };
    const kill = () => isEnding || leave();
    subscriber.stdout.setEncoding('utf8').on('data', (part: string) => {
      clearTimeout(timer);
      timer = setTimeout(kill, PATIENCE);
      // A line that it was killed in the middle of was not said.
      const lines = (rest + part).split('\n');
      rest = lines.pop() ?? '';
      for (const event of lines.map((line): Change | null | { readonly __typename: 'Lagged' } => JSON.parse(line))) {
        // What came when they were dead they do not know.
        if (isKilled) return;
        if (event === null || event.__typename === 'Lagged') continue;
        changes.push(event);
        told += 1;
        if (told === most) kill();
      }
    });
    await closed;
    clearTimeout(timer);
    if (isKilled && told > 0) kills += 1;
    // It found no server, or its server was killed.
    if (!isKilled) await sleep(100);
  }

  const living = (async () => {
    while (!isOver) await live();
  })();

  const close = async () => {
    isOver = true;
    leave();
    await living;
    rmSync(folder, { recursive: true, force: true });
  };

  return {
    changes,
    get kills() {
      return kills;
    },
    async end(count, patience) {
      isEnding = true;
      for (const deadline = Date.now() + patience; changes.length < count && Date.now() < deadline; ) await sleep(50);
      await sleep(1_000);
      await close();
    },
    close,
  };
}
