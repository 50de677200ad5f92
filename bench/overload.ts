import { join } from 'node:path';
import { asFastAsItCan, countCodes, createClient, percentile } from './load.ts';
import { startProduct } from './product.ts';

// What ten times as many callers as the server has places for get: how much is answered, and how quickly the others are told.
const PLACES = 25;
const SECONDS = 10;
const MEGA = 1024 * 1024;

const product = await startProduct({
  SILKGRAPH_FOLDER: join(import.meta.dirname, '.data', 'soak'),
  SILKGRAPH_CONCURRENCY: String(PLACES),
});
const client = createClient(product.origin);

async function measure(name: string, inFlight: number): Promise<void> {
  const { answers } = await asFastAsItCan(client, inFlight, SECONDS * 1000);
  const of = (...codes: string[]) =>
    answers
      .filter(({ code }) => codes.includes(code))
      .map(({ milliseconds }) => milliseconds)
      .sort((one, other) => one - other);
  // All come from one address, which has four of five places, and is told apart from the others.
  const [good, refused] = [of('OK'), of('OVERLOADED', 'RATE_LIMITED')];
  const rss = (await product.metric('process_resident_memory_bytes')) / MEGA;
  const show = (times: readonly number[]) =>
    times.length === 0 ? '–' : `${percentile(times, 0.5).toFixed(0)} / ${percentile(times, 0.99).toFixed(0)}`;
  console.log(
    `| ${name} | ${inFlight} | ${(good.length / SECONDS).toFixed(0)} | ${show(good)} | ${(refused.length / SECONDS).toFixed(0)} | ${show(refused)} | ${rss.toFixed(0)} | ${JSON.stringify(countCodes(answers))} |`,
  );
}

try {
  await asFastAsItCan(client, PLACES, SECONDS * 1000);
  console.log('| | in flight | good/s | p50 / p99 ms | refused/s | p50 / p99 ms | RSS, MB | answers |');
  console.log('| --- | --: | --: | --: | --: | --: | --: | --- |');
  await measure('capacity', PLACES);
  await measure('ten times as many', PLACES * 10);
  await measure('capacity again', PLACES);
  await measure('ten times as many again', PLACES * 10);
} finally {
  client.close();
  await product.close();
}
