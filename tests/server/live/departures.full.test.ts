import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { startPaced } from '../connections/paced-server.ts';
import { departures, takeAll, tightLimits } from './departures.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes of the heap that are in use. */
async function heapUsed(): Promise<number> {
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
  return process.memoryUsage().heapUsed;
}

const ROUNDS = 10;
/** What caches and compiled code may grow by, in bytes: far less than a subscription that is left behind for each client. */
const GROWTH = 8_000_000;

it('keeps nothing of clients that come and go in every way, round after round', { timeout: 600_000 }, async () => {
  const server = await startPaced({ callerLimits: tightLimits, concurrency: 5 });
  const round = async () => {
    for (const [, leave] of departures) await leave(server);
  };
  await round();
  await round();
  const before = await heapUsed();
  for (let turn = 0; turn < ROUNDS; turn += 1) await round();
  expect((await heapUsed()) - before).toBeLessThan(GROWTH);
  expect([server.running.waiting, server.running.subscriptions]).toEqual([0, 0]);
  await takeAll(server);
});

it('leaves all that there is to others, after each client has left in every way', { timeout: 120_000 }, async () => {
  const server = await startPaced({ callerLimits: tightLimits, concurrency: 5 });
  for (const [, leave] of departures) await leave(server);
  await expect.poll(() => server.running.waiting, { timeout: 20_000, interval: 50 }).toBe(0);
  await takeAll(server);
});
