import { describe, expect, it } from 'vitest';
import { startPaced } from '../connections/paced-server.ts';
import { activeResources, departures, settle, tightLimits } from './departures.ts';

const polling = { timeout: 20_000, interval: 50 };

describe('a client that leaves', () => {
  it.each(departures)('leaves nothing behind when it %s', { timeout: 60_000 }, async (_, leave) => {
    const server = await startPaced({ callerLimits: tightLimits, concurrency: 5 });
    const before = activeResources();
    for (let turn = 0; turn < 3; turn += 1) await leave(server);
    await expect.poll(() => server.running.waiting, polling).toBe(0);
    await expect.poll(() => server.running.subscriptions, polling).toBe(0);
    await expect.poll(() => server.metrics.text(), polling).toMatch(/^silkgraph_subscriptions 0$/m);
    await expect.poll(() => server.metrics.text(), polling).toMatch(/^silkgraph_operations_waiting 0$/m);
    await settle(before);
  });
});
