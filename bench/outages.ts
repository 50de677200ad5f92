import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launchNeo4j, waitUntilUp } from '../src/cli/managed-database/launch-neo4j.ts';
import { prepareRuntime } from '../src/cli/managed-database/runtime.ts';
import { end, isRunning, type ProcessIdentity } from '../src/engine/database/system/process-identity.ts';
import { type Answered, atRate, countCodes, createClient, mix, percentile } from './load.ts';
import { startProduct } from './product.ts';

// What callers see while the database is stopped and started again, over and over.
const { values: options } = parseArgs({
  options: { times: { type: 'string', default: '20' }, rate: { type: 'string', default: '100' } },
});
const times = Number(options.times);
const rate = Number(options.rate);
if (!(times >= 1 && rate >= 1)) throw new Error('--times and --rate take numbers from 1.');

const home = mkdtempSync(join(tmpdir(), 'silkgraph-outages-'));
const runtime = await prepareRuntime({ folder: fileURLToPath(new URL('../.silkgraph', import.meta.url)) }, console.log);
let neo4j: ProcessIdentity | undefined;

async function start(): Promise<string> {
  neo4j = await launchNeo4j({ runtime, home, authentication: false, throwAway: true });
  return waitUntilUp(home, neo4j);
}

/** Every other time as a power cut does, else in good order. */
async function stop(time: number): Promise<void> {
  if (!neo4j) return;
  if (time % 2 === 0) return end(neo4j);
  process.kill(neo4j.pid, 'SIGKILL');
  while (isRunning(neo4j)) await sleep(20);
}

const uri = await start();
const product = await startProduct({ NEO4J_URI: uri, NEO4J_PASSWORD: 'not asked for' });
const client = createClient(product.origin);
try {
  const right = new Map<string, string>();
  for (const query of mix) right.set(query, (await client.ask(query)).data);

  const answers: Answered[] = [];
  const firsts: number[] = [];
  const probes: number[] = [];
  let firstGood = () => {};
  let wrong = 0;
  const load = atRate(client, rate, (answered) => {
    answers.push(answered);
    if (answered.code === 'OK') firstGood();
    if (answered.code === 'OK' && answered.data !== right.get(answered.query)) wrong += 1;
  });
  for (let time = 1; time <= times; time += 1) {
    await sleep(3_000);
    await stop(time);
    await sleep(2_000);
    const again = await start();
    if (again !== uri) throw new Error(`The port was taken meanwhile: ${uri} became ${again}.`);
    const begun = performance.now();
    const toAnybody = new Promise<void>((resolve) => {
      firstGood = resolve;
    }).then(() => firsts.push(performance.now() - begun));
    while ((await client.ask(mix[0] ?? '')).code !== 'OK') await sleep(20);
    probes.push(performance.now() - begun);
    await toAnybody;
    console.log(
      `${time}: first good answer after ${firsts.at(-1)?.toFixed(0)} ms, to one caller who asks again and again after ${probes.at(-1)?.toFixed(0)} ms`,
    );
  }
  await load.end();
  const inOrder = (times: readonly number[]) => times.toSorted((one, other) => one - other);
  const told = (times: readonly number[]) =>
    `median ${percentile(inOrder(times), 0.5).toFixed(0)} ms, at most ${inOrder(times).at(-1)?.toFixed(0)} ms`;
  const slowest = inOrder(answers.map(({ milliseconds }) => milliseconds));
  console.log(
    `\n${answers.length} answers in ${times} outages: ${JSON.stringify(countCodes(answers))}, ${wrong} wrong.`,
  );
  console.log(`First good answer: ${told(firsts)}; to one caller who asks again and again: ${told(probes)}.`);
  console.log(
    `Answers: p50 ${percentile(slowest, 0.5).toFixed(1)} ms, p99 ${percentile(slowest, 0.99).toFixed(0)} ms, at most ${slowest.at(-1)?.toFixed(0)} ms.`,
  );
} finally {
  client.close();
  await product.close();
  if (neo4j && isRunning(neo4j)) await end(neo4j);
  rmSync(home, { recursive: true, force: true });
}
