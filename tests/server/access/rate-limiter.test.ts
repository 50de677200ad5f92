import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { AccessRefused } from '../../../src/engine/access/access-refused.ts';
import type { Authenticator } from '../../../src/engine/access/authenticator.ts';
import { usedBytesOf } from '../../../src/engine/budgets/budgeted-cache.ts';
import { bytesOf } from '../../../src/engine/budgets/memory-budget.ts';
import type { Access } from '../../../src/server/access/access.ts';
import { createBuckets } from '../../../src/server/access/buckets.ts';
import { callerAddress } from '../../../src/server/access/caller-address.ts';
import type { ServerOptions } from '../../../src/service/server.ts';
import { statisticsOf } from '../../setup/statistics-of.ts';
import { createTinyServer } from '../tiny-server.ts';

const rateLimit = { requests: 3, seconds: 60 };

describe('the requests of a caller', () => {
  afterEach(() => void vi.useRealTimers());

  it('are as many as the setting says, then RATE_LIMITED with 429 and when to come again', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const { ask } = createTinyServer({ rateLimit });
    for (const left of [2, 1, 0]) {
      const { response, body } = await ask('{ hello }');
      expect(body.data).toEqual({ hello: 'Hello you' });
      expect(response.headers.get('ratelimit-policy')).toBe('"requests";q=3;w=60');
      expect(response.headers.get('ratelimit')).toMatch(new RegExp(`^"requests";r=${left};t=\\d+$`));
    }
    const { response, body } = await ask('{ hello }');
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('20');
    expect(response.headers.get('ratelimit')).toBe('"requests";r=0;t=20');
    expect(body).toEqual({
      errors: [{ message: expect.stringContaining('Try again in 20 s'), extensions: { code: 'RATE_LIMITED' } }],
    });
  });

  it('are refused before their body is read, and paths beside GraphQL are not counted', async () => {
    const { ask, request } = createTinyServer({ rateLimit });
    for (let turn = 0; turn < 5; turn += 1) await request('/health');
    for (let turn = 0; turn < 3; turn += 1) await request('/graphql', { method: 'POST', body: 'junk' });
    expect((await ask('{ hello }')).response.status).toBe(429);
    expect((await request('/health')).status).toBe(200);
  });

  it('count for each address by itself behind a proxy, whatever the caller writes before it', async () => {
    const { ask } = createTinyServer({ rateLimit, trustedProxies: 1 });
    const from = async (forwarded: string) =>
      (await ask('{ hello }', {}, { 'x-forwarded-for': forwarded })).response.status;
    for (const invented of ['9.9.9.1', '9.9.9.2', '9.9.9.3']) expect(await from(`${invented}, 1.1.1.1`)).toBe(200);
    expect(await from('9.9.9.4, 1.1.1.1')).toBe(429);
    expect(await from('2.2.2.2')).toBe(200);
  });

  it('count for the connection where a proxy passes on what is no address', async () => {
    const { ask } = createTinyServer({ rateLimit, trustedProxies: 1 });
    const statuses: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      const forwarded = `${'x'.repeat(1_000)}${turn}`;
      statuses.push((await ask('{ hello }', {}, { 'x-forwarded-for': forwarded })).response.status);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  it('count together where no proxy is trusted, whatever a header says', async () => {
    const { ask } = createTinyServer({ rateLimit });
    const statuses: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      statuses.push((await ask('{ hello }', {}, { 'x-forwarded-for': `1.1.1.${turn}` })).response.status);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  it('are not limited, nor told of, without the setting', async () => {
    const { ask } = createTinyServer();
    for (let turn = 0; turn < 20; turn += 1) {
      const { response } = await ask('{ hello }');
      expect(response.status).toBe(200);
      expect(response.headers.has('ratelimit')).toBe(false);
    }
  });
});

describe('the costs of a caller', () => {
  it('are limited over time too, and reported beside the requests', async () => {
    const { ask } = createTinyServer({
      rateLimit: { requests: 100, seconds: 60 },
      costRate: { requests: 10, seconds: 60 },
      context: (read) => ({ ...read, statistics: async () => statisticsOf() }),
    });
    const three = '{ a: hello b: hello c: hello }';
    for (const left of [7, 4, 1]) {
      const { response } = await ask(three);
      expect(response.status).toBe(200);
      expect(response.headers.get('ratelimit')).toMatch(
        new RegExp(`^"requests";r=\\d+;t=\\d+, "cost";r=${left};t=\\d+$`),
      );
      expect(response.headers.get('ratelimit-policy')).toBe('"requests";q=100;w=60, "cost";q=10;w=60');
    }
    const { response, body } = await ask(three);
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(body.errors[0]).toMatchObject({
      message: expect.stringContaining(
        'Your operations cost more than 10 within 60 seconds; this one is estimated at 3.',
      ),
      extensions: { code: 'RATE_LIMITED' },
    });
    expect((await ask('{ hello }')).response.status).toBe(200);
  });
});

describe('a key with a rate of its own', () => {
  it('has that one in place of that of the server, and without any', async () => {
    const authenticator: Authenticator = {
      authenticate: async ({ apiKey }) => ({
        name: String(apiKey),
        role: 'reader',
        rate: { requests: 2, seconds: 60 },
      }),
    };
    for (const options of [{ rateLimit: { requests: 1, seconds: 60 } }, {}]) {
      const { ask } = createTinyServer({ ...options, access: { authenticator, reading: 'open' } });
      const statuses: number[] = [];
      for (let turn = 0; turn < 3; turn += 1) {
        statuses.push((await ask('{ hello }', {}, { 'x-api-key': 'ana' })).response.status);
      }
      expect(statuses).toEqual([200, 200, 429]);
      expect((await ask('{ hello }', {}, { 'x-api-key': 'ben' })).response.status).toBe(200);
    }
  });
});

/** Who may read is told by a key; each that is looked at is counted. */
function guarded(reading: Access['reading'], options: Partial<ServerOptions> = {}) {
  const looked: string[] = [];
  const authenticator: Authenticator = {
    async authenticate({ apiKey }) {
      looked.push(apiKey ?? '');
      if (apiKey === 'good') return { name: 'Ana', role: 'reader' };
      throw new AccessRefused('This API key is unknown.');
    },
  };
  return { looked, ...createTinyServer({ rateLimit, access: { authenticator, reading }, ...options }) };
}

describe('callers who are refused', () => {
  const guess = { 'x-api-key': 'guessed' };

  it('are held to the limit by their address, and then are not even looked at', async () => {
    const { ask, request, looked } = guarded('open');
    for (const left of [2, 1, 0]) {
      const { response } = await ask('{ hello }', {}, guess);
      expect(response.status).toBe(401);
      expect(response.headers.get('ratelimit')).toMatch(new RegExp(`^"requests";r=${left};t=\\d+$`));
    }
    const { response, body } = await ask('{ hello }', {}, guess);
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('20');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(body.errors).toEqual([
      { message: expect.stringContaining('Try again in 20 s'), extensions: { code: 'RATE_LIMITED' } },
    ]);
    for (const path of ['/schema.graphql', '/export?format=json', '/nothing']) {
      expect((await request(path, { headers: guess })).status, path).toBe(429);
    }
    expect(looked).toHaveLength(3);
  });

  it('spend nothing of what others at their address may ask, who show nothing, or are well another', async () => {
    const { ask, request } = guarded('open', { trustedProxies: 1 });
    for (let turn = 0; turn < 4; turn += 1) await ask('{ hello }', {}, guess);
    expect((await ask('{ hello }')).response.status).toBe(200);
    expect((await request('/health', { headers: guess })).status).toBe(200);
    const elsewhere = { 'x-api-key': 'good', 'x-forwarded-for': '2.2.2.2' };
    expect((await ask('{ hello }', {}, elsewhere)).response.status).toBe(200);
  });

  it('count where reading is closed, who show nothing too', async () => {
    const { ask } = guarded('closed');
    const statuses: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) statuses.push((await ask('{ hello }')).response.status);
    expect(statuses).toEqual([401, 401, 401, 429]);
  });

  it('are no more for requests that were let in and count already, as a change by who shows nothing', async () => {
    const { ask } = guarded('open', { rateLimit: { requests: 4, seconds: 60 } });
    for (let turn = 0; turn < 3; turn += 1) {
      expect((await ask('mutation { greet }')).response.status).toBe(401);
    }
    for (let turn = 0; turn < 4; turn += 1) expect((await ask('{ hello }', {}, guess)).response.status).toBe(401);
    expect((await ask('{ hello }', {}, guess)).response.status).toBe(429);
    expect((await ask('{ hello }')).response.status).toBe(200);
    expect((await ask('{ hello }')).response.status).toBe(429);
  });

  it('are told to come again later over WebSockets, whatever they show by then', async () => {
    const { server, looked } = guarded('open');
    const { origin, close } = await server.listen(0, '127.0.0.1');
    const connect = async (payload: object, parameter = '') => {
      const socket = new WebSocket(`${origin.replace('http', 'ws')}/graphql${parameter}`, 'graphql-transport-ws');
      socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload })));
      try {
        return await new Promise<string>((resolve) => {
          socket.on('unexpected-response', (_, { statusCode }) => resolve(String(statusCode)));
          socket.on('close', (code, reason) => resolve(`${code} ${reason}`));
          socket.on('message', () => resolve('let in'));
          socket.on('error', () => {});
        });
      } finally {
        socket.terminate();
      }
    };
    try {
      expect(await connect({ apiKey: 'guessed' })).toBe('4403 This API key is unknown.');
      expect(await connect({ apiKey: 'guessed' })).toMatch(/^4403/);
      expect(await connect({}, '?api_key=guessed')).toBe('401');
      expect(await connect({ apiKey: 'good' })).toMatch(
        /^1013 .*were refused within 60 seconds. Try again in \d+ s\.$/,
      );
      expect(looked).toEqual(['guessed', 'guessed']);
    } finally {
      await close(0);
    }
  });
});

describe('what is no operation', () => {
  it('counts where it costs something: a stream that is reserved, and a file', async () => {
    const { request } = createTinyServer({ rateLimit: { requests: 4, seconds: 60 } });
    const asked = [
      ['/graphql', { method: 'PUT' }],
      ['/export?format=json', {}],
      ['/export', { method: 'POST' }],
      ['/graphql?query={hello}', {}],
    ] as const;
    for (const [path, init] of asked) expect((await request(path, init)).status, path).not.toBe(429);
    for (const [path, init] of asked) {
      const response = await request(path, init);
      expect(response.status, path).toBe(429);
      expect(response.headers.get('ratelimit'), path).toBe('"requests";r=0;t=15');
    }
  });
});

describe('a bucket', () => {
  it('fills evenly, and not above the rim', () => {
    let time = 0;
    const buckets = createBuckets({ requests: 10, seconds: 10 }, () => time);
    for (let turn = 0; turn < 10; turn += 1) expect(buckets.take('a').taken).toBe(true);
    expect(buckets.take('a')).toEqual({ taken: false, left: 0, next: 1, full: 10 });
    expect(buckets.take('b').taken).toBe(true);
    time = 2.5;
    expect([1, 2, 3].map(() => buckets.take('a').taken)).toEqual([true, true, false]);
    time = 1_000;
    expect(buckets.take('a')).toMatchObject({ taken: true, left: 9 });
  });
});

describe('buckets', () => {
  it('are kept for the callers who came last, in the memory that all buckets share', () => {
    const limits = [1, 2].map((seconds) => createBuckets({ requests: 10, seconds }, () => 0));
    const callers = Math.ceil(bytesOf('callers') / 100);
    for (let caller = 0; caller <= callers; caller += 1) for (const buckets of limits) buckets.take(String(caller));
    for (const buckets of limits)
      expect([0, callers].map((caller) => buckets.look(String(caller)).left)).toEqual([10, 9]);
    expect(usedBytesOf('callers')).toBeLessThanOrEqual(bytesOf('callers'));
  });
});

describe('the address of a caller', () => {
  it.each([
    ['that of the socket', '10.0.0.1', null, 0, '10.0.0.1'],
    ['that of the socket where no proxy is trusted', '10.0.0.1', '1.1.1.1', 0, '10.0.0.1'],
    ['what the nearest proxy wrote', '10.0.0.1', '6.6.6.6, 1.1.1.1', 1, '1.1.1.1'],
    ['what the farther of two proxies wrote', '10.0.0.1', '6.6.6.6, 1.1.1.1, 10.0.0.2', 2, '1.1.1.1'],
    ['the first where fewer proxies wrote than are trusted', '10.0.0.1', '1.1.1.1', 3, '1.1.1.1'],
    ['that of the socket where the proxy wrote none', '10.0.0.1', '', 1, '10.0.0.1'],
    ['the same in both forms of IPv4', '::ffff:10.0.0.1', null, 0, '10.0.0.1'],
    ['the same in capital letters', '10.0.0.1', '::FFFF:1.1.1.1', 1, '1.1.1.1'],
    ['the same with an IPv4 in hexadecimal', '10.0.0.1', '::ffff:101:101', 1, '1.1.1.1'],
    ['the same written out', '10.0.0.1', '0:0:0:0:0:ffff:1.1.1.1', 1, '1.1.1.1'],
    ['the network of an address of a link, whatever its interface', 'fe80::1%eth0', null, 0, 'fe80:0:0:0::/64'],
    ['the network of an IPv6', '2001:db8:1:2:3:4:5:6', null, 0, '2001:db8:1:2::/64'],
    ['the network of a shortened IPv6', '2001:0db8::1', null, 0, '2001:db8:0:0::/64'],
    ['that of this machine', '::1', null, 0, '0:0:0:0::/64'],
    ['an IPv4 without the port that a proxy wrote behind it', '10.0.0.1', '6.6.6.6:1, 1.1.1.1:50123', 1, '1.1.1.1'],
    ['an IPv4 in its IPv6 form without its port', '10.0.0.1', '[::ffff:1.1.1.1]:50123', 1, '1.1.1.1'],
    ['the network of an IPv6 without its port', '10.0.0.1', '[2001:db8:1:2::3]:443', 1, '2001:db8:1:2::/64'],
    ['the network of an IPv6 without its brackets', '10.0.0.1', '[2001:db8:1:2::3]', 1, '2001:db8:1:2::/64'],
    ['the network of an IPv6 whose end looks like a port', '10.0.0.1', '2001:db8:1:2::443', 1, '2001:db8:1:2::/64'],
  ])('is %s', (_, socket, forwarded, proxies, expected) => {
    expect(callerAddress(socket, forwarded, proxies)).toBe(expected);
  });
});
