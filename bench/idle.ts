import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { homeIn } from '../src/cli/managed-database/managed-neo4j.ts';
import { readLease } from '../src/cli/managed-database/neo4j-lease.ts';
import { startProduct } from './product.ts';

/**
 * How much processor time an idle server and its Neo4j use, by thread, and which statements run meanwhile. It counts what
 * the kernel has given to each thread, so other work on the machine does not change it. Linux only.
 */
const { values: options } = parseArgs({
  options: { seconds: { type: 'string', default: '300' }, 'warm-up': { type: 'boolean', default: false } },
});
const seconds = Number(options.seconds);
if (!(seconds >= 1)) throw new Error('--seconds takes a number from 1.');

/** How long no new statement must have run, in milliseconds, so that the warm-up is over. */
const SETTLED = 30_000;

/** Nanoseconds that each thread of a process has run. A thread that has ended is not in it. */
function threadsOf(pid: number): ReadonlyMap<string, { readonly name: string; readonly time: number }> {
  const folder = `/proc/${pid}/task`;
  return new Map(
    readdirSync(folder).flatMap((thread) => {
      try {
        const name = readFileSync(join(folder, thread, 'comm'), 'utf8').trim();
        return [
          [thread, { name, time: Number(readFileSync(join(folder, thread, 'schedstat'), 'utf8').split(' ')[0]) }],
        ];
      } catch {
        return [];
      }
    }),
  );
}

/** Seconds of processor time that a process has used, as the kernel counts it for all its threads, also those that ended. */
function processorTime(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const folder = join(import.meta.dirname, '.data', 'idle');
const product = await startProduct({
  SILKGRAPH_FOLDER: folder,
  SILKGRAPH_WARM_UP: options['warm-up'] ? 'on' : 'off',
});

async function statements(): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`${product.origin}/metrics`)).text();
  const counts = text.matchAll(/^silkgraph_statement_duration_seconds_count\{[^}]*statement="([^"]+)"[^}]*\} (\d+)$/gm);
  return new Map([...counts].map(([, name = '', count]) => [name, Number(count)]));
}

/** Waits until only statements that have run before run. */
async function settle(): Promise<void> {
  let before = Number.NaN;
  for (let since = performance.now(); performance.now() - since < SETTLED; await sleep(2_000)) {
    const now = (await statements()).get('explain') ?? 0;
    if (now !== before) since = performance.now();
    before = now;
  }
}

try {
  await settle();
  const pids = { server: product.pid, Neo4j: Number(readLease(homeIn(folder))?.neo4j.pid) };
  const read = () =>
    Object.entries(pids).map(([name, pid]) => ({ name, time: processorTime(pid), threads: threadsOf(pid) }));
  const ranBefore = await statements();
  const before = read();
  const begun = performance.now();
  await sleep(seconds * 1_000);
  const elapsed = (performance.now() - begun) / 1_000;
  const after = read();
  const ranAfter = await statements();

  const percent = (time: number) => `${((100 * time) / elapsed).toFixed(2)} %`;
  console.log(`Idle for ${elapsed.toFixed(0)} s.\n\n| process | thread | of a core |\n|---|---|--:|`);
  let sum = 0;
  for (const [index, { name, time, threads }] of after.entries()) {
    const earlier = before[index];
    const used = time - (earlier?.time ?? 0);
    sum += used;
    console.log(`| ${name} | all | ${percent(used)} |`);
    const byName = new Map<string, number>();
    for (const [thread, now] of threads) {
      // Pools number their threads.
      const pool = now.name.replace(/[-#]?\d+$/, '');
      const ran = (now.time - (earlier?.threads.get(thread)?.time ?? 0)) / 1e9;
      byName.set(pool, (byName.get(pool) ?? 0) + ran);
    }
    for (const [pool, ran] of [...byName].sort(([, one], [, other]) => other - one).slice(0, 12))
      if (ran > 0.0001 * elapsed) console.log(`| ${name} | ${pool} | ${percent(ran)} |`);
  }
  console.log(`| both | all | ${percent(sum)} |\n\nStatements meanwhile:`);
  for (const [name, count] of ranAfter) {
    const ran = count - (ranBefore.get(name) ?? 0);
    if (ran > 0) console.log(`- ${name}: ${ran}`);
  }
} finally {
  await product.close();
}
