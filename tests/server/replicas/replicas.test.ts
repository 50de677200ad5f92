import { afterEach, describe, expect, it } from 'vitest';
import { connectReplicas, type Replicas } from '../../../src/server/replicas/replicas.ts';
import { noStore, type Store, store } from '../../setup/valkey.ts';
import { createTinyServer } from '../tiny-server.ts';

const rateLimit = { requests: 10, seconds: 60 };

const opened: (Replicas | Store)[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await ('close' in each ? each.close() : each.stop());
});

async function connected(address: string, more: { graph?: string; onChange?: () => void } = {}) {
  const news: (string | undefined)[] = [];
  const replicas = await connectReplicas({
    address,
    graph: 'test',
    onChange: () => {},
    report: (error) => news.push(error === undefined ? undefined : String(error)),
    ...more,
  });
  opened.push(replicas);
  return { replicas, news };
}

const serverOf = (replicas: Replicas) => createTinyServer({ rateLimit, replicas });

const statusOf = async ({ ask }: ReturnType<typeof createTinyServer>) => (await ask('{ hello }')).response.status;

describe('two servers with one store', () => {
  it('have one limit', async ({ skip }) => {
    const valkey = await store();
    if (!valkey) return skip(noStore);
    opened.push(valkey);
    await valkey.start();
    const [one, other] = await Promise.all([connected(valkey.address), connected(valkey.address)]);
    await expect.poll(() => one.replicas.take('x', rateLimit), { timeout: 20_000 }).toBeDefined();
    await expect.poll(() => other.replicas.take('x', rateLimit), { timeout: 20_000 }).toBeDefined();
    const [first, second] = [serverOf(one.replicas), serverOf(other.replicas)];
    const statuses = [];
    for (let turn = 0; turn < 6; turn += 1) statuses.push(await statusOf(first), await statusOf(second));
    expect(statuses).toEqual([...Array(10).fill(200), 429, 429]);
    const { response } = await second.ask('{ hello }');
    expect(response.headers.get('ratelimit')).toMatch(/^"requests";r=0;t=\d+$/);
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
  });

  it('count by themselves while it is away, say so once, and together again when it is back', async ({ skip }) => {
    const valkey = await store();
    if (!valkey) return skip(noStore);
    opened.push(valkey);
    await valkey.start();
    const { replicas, news } = await connected(valkey.address);
    await expect.poll(() => replicas.take('x', rateLimit), { timeout: 20_000 }).toBeDefined();
    const server = serverOf(replicas);
    await valkey.stop();
    const statuses = [];
    for (let turn = 0; turn < 12; turn += 1) statuses.push(await statusOf(server));
    expect(statuses).toEqual([...Array(10).fill(200), 429, 429]);
    expect(news).toHaveLength(1);
    await valkey.start();
    await expect.poll(() => replicas.take('x', rateLimit), { timeout: 20_000 }).toBeDefined();
    expect(news.at(-1)).toBeUndefined();
    expect(news).toHaveLength(2);
  });

  it('wait for one that hangs a moment, once', async ({ skip }) => {
    const valkey = await store();
    if (!valkey) return skip(noStore);
    opened.push(valkey);
    await valkey.start();
    const { replicas } = await connected(valkey.address);
    await expect.poll(() => replicas.take('x', rateLimit), { timeout: 20_000 }).toBeDefined();
    valkey.signal('SIGSTOP');
    const begun = performance.now();
    expect(await replicas.take('x', rateLimit)).toBeUndefined();
    expect(performance.now() - begun).toBeLessThan(5_000);
    const again = performance.now();
    expect(await replicas.take('x', rateLimit)).toBeUndefined();
    expect(performance.now() - again).toBeLessThan(200);
    valkey.signal('SIGCONT');
  });

  it('hear of a change on another one of the same graph, and of no other graph', async ({ skip }) => {
    const valkey = await store();
    if (!valkey) return skip(noStore);
    opened.push(valkey);
    await valkey.start();
    let heard = 0;
    let elsewhere = 0;
    const { replicas } = await connected(valkey.address);
    await connected(valkey.address, { onChange: () => (heard += 1) });
    await connected(valkey.address, { graph: 'other', onChange: () => (elsewhere += 1) });
    // Once each when it is connected.
    await expect.poll(() => [heard, elsewhere], { timeout: 20_000 }).toEqual([1, 1]);
    await expect
      .poll(() => {
        replicas.announce();
        return heard;
      })
      .toBeGreaterThan(1);
    expect(elsewhere).toBe(1);
  });
});

describe('a server whose store was never there', () => {
  it('counts without the others', async () => {
    const { replicas, news } = await connected('redis://127.0.0.1:9');
    const server = serverOf(replicas);
    const statuses = [];
    for (let turn = 0; turn < 12; turn += 1) statuses.push(await statusOf(server));
    expect(statuses).toEqual([...Array(10).fill(200), 429, 429]);
    expect(news).toHaveLength(1);
  });
});
