import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Answered, asFastAsItCan, atRate, countCodes, createClient, percentile } from './load.ts';
import { startProduct } from './product.ts';

// Whether the server's memory stays flat and its answers quick, under load for a long time.
const { values: options } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, share: { type: 'string', default: '0.8' } },
});
const minutes = Number(options.minutes);
const share = Number(options.share);
if (!(minutes >= 1 && share > 0)) throw new Error('--minutes takes 1 or more, --share a number such as 0.8.');

const IN_FLIGHT = 16;
const MEGA = 1024 * 1024;

const product = await startProduct({ SILKGRAPH_FOLDER: join(import.meta.dirname, '.data', 'soak') });
const client = createClient(product.origin);
try {
  console.log('Warming up, then measuring what the server can do, 20 s each.');
  await asFastAsItCan(client, IN_FLIGHT, 20_000);
  const { perSecond, answers } = await asFastAsItCan(client, IN_FLIGHT, 20_000);
  const rate = perSecond * share;
  console.log(`${perSecond.toFixed(0)} operations/s at ${IN_FLIGHT} in flight: ${JSON.stringify(countCodes(answers))}`);
  console.log(`Asking ${rate.toFixed(0)} a second for ${minutes} minutes.\n`);
  console.log('| minute | RSS, MB | heap, MB | operations/s | p50 ms | p99 ms | answers |');
  console.log('| --: | --: | --: | --: | --: | --: | --- |');
  let taken: Answered[] = [];
  const memory: number[] = [];
  const load = atRate(client, rate, (answered) => taken.push(answered));
  for (let minute = 1; minute <= minutes; minute += 1) {
    await new Promise((resolve) => setTimeout(resolve, 60_000));
    const now = taken;
    taken = [];
    const rss = (await product.metric('process_resident_memory_bytes')) / MEGA;
    const heap = (await product.metric('nodejs_heap_size_used_bytes')) / MEGA;
    memory.push(rss);
    const times = now.map(({ milliseconds }) => milliseconds).sort((one, other) => one - other);
    const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
    console.log(
      `| ${minute} | ${rss.toFixed(0)} | ${heap.toFixed(0)} | ${(now.length / 60).toFixed(0)} | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${JSON.stringify(countCodes(now))} |`,
    );
  }
  await load.end();
  const part = Math.max(1, Math.floor(memory.length / 4));
  const middle = (values: readonly number[]) =>
    percentile(
      [...values].sort((one, other) => one - other),
      0.5,
    );
  // The first minutes fill caches.
  const [early, late] = [middle(memory.slice(part, part * 2)), middle(memory.slice(-part))];
  console.log(
    `\nRSS in the second quarter ${early.toFixed(0)} MB, in the last ${late.toFixed(0)} MB: ${(late / early).toFixed(2)} times.`,
  );
} finally {
  client.close();
  await product.close();
}
