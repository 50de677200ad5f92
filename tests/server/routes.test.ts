import { printSchema } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { linkedDataPaths } from '../../src/doors/linked-data/http/use-linked-data.ts';
import { pathOf } from '../../src/server/route.ts';
import '../setup/built-pages.ts';
import { createTinyServer, listeningLog, tinySchema } from './tiny-server.ts';

const { request } = createTinyServer();
const page = { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } };

describe('a path', () => {
  it.each([
    ['http://h', '/'],
    ['http://h/', '/'],
    ['http://h/graphql', '/graphql'],
    ['http://h/graphql/', '/graphql'],
    ['http://h/graphql?query=/health', '/graphql'],
    ['http://h/health#x', '/health'],
    ['http://h//graphql', '//graphql'],
  ])('of %s is %s', (address, path) => {
    expect(pathOf(address)).toBe(path);
  });

  it('that is not known is answered with 404 and the paths that are', async () => {
    for (const path of ['/', '/nothing', '/nothing/graphql', '/nothing/health', '/constructor', '//graphql']) {
      const response = await request(path);
      expect(response.status, path).toBe(404);
      expect((await response.json()).paths).toEqual([
        '/graphql',
        '/schema.graphql',
        '/health',
        '/ready',
        '/metrics',
        '/explore',
        '/explore/notice.txt',
        '/explore/assets/',
        '/graphql/assets/',
        '/export',
        ...linkedDataPaths,
      ]);
    }
  });

  it('that is not known is a page for a browser, in its language, which shows no markup of the address', async () => {
    const response = await request('/nothing%3Cb%3E?lang=zh-Hans', page);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain("script-src 'sha256-");
    const text = await response.text();
    expect(text).toContain('<html lang="zh-Hans">');
    expect(text).toContain('<h1>找不到页面</h1>');
    expect(text).not.toContain('<b>');
    expect(text).toContain('<code>/nothing&lt;b&gt;</code>');
    expect(text).toMatch(/href="http[^"]+\/explore\?lang=zh-Hans"/);
  });

  it('of a file whose name is very long is answered without delay', async () => {
    expect((await request(`/graphql/assets/${'a'.repeat(300_000)}`, page)).status).toBe(404);
  });

  it('answers GET and HEAD only, unless it is that of GraphQL', async () => {
    const response = await request('/health', { method: 'POST' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
    expect((await request('/health', { method: 'HEAD' })).status).toBe(200);
  });

  it.each<[string, string]>([
    ['/graphql', 'GET, POST'],
    ['/health', 'GET, HEAD'],
    ['/export', 'GET, HEAD, POST'],
    ...linkedDataPaths.map((path) => [path.replace(/\/$/, '/x'), 'GET, HEAD'] satisfies [string, string]),
  ])('that is known says so to OPTIONS and DELETE: %s', async (path, allow) => {
    for (const method of ['OPTIONS', 'DELETE']) {
      const { status, headers } = await request(path, { method });
      expect([status, headers.get('allow')], method).toEqual([405, allow]);
    }
  });

  it('that fails is answered without a word of why, and logged', async () => {
    const { log, lines } = listeningLog();
    const failing = createTinyServer({
      log,
      readiness: { waitingFor: () => undefined, check: () => Promise.reject(new Error('secret')) },
    });
    const response = await failing.request('/ready');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
    expect(lines).toEqual([
      expect.objectContaining({ path: '/ready', err: expect.objectContaining({ message: 'secret' }) }),
    ]);
  });
});

describe('a page', () => {
  it.each([
    ['/explore/', '../explore'],
    ['/explore/?lang=zh-Hans', '../explore?lang=zh-Hans'],
    ['/graphql/?query={hello}', '../graphql?query={hello}'],
  ])('at %s leads a browser to the address from which its files are found', async (path, location) => {
    const response = await request(path, page);
    expect([response.status, response.headers.get('location')]).toEqual([308, location]);
  });

  it('that is not there names its files from wherever it was looked for', async () => {
    for (const path of ['/lost', '/lost/', '/lost/deep/er', '//lost']) {
      const html = await (await request(path, page)).text();
      const icon = /rel="icon"[^>]*href="([^"]+)"/.exec(html)?.[1] ?? 'none';
      const { pathname } = new URL(icon, `http://silkgraph${path}`);
      expect(pathname, path).toMatch(/^\/explore\/assets\/mark/);
    }
  });
});

describe('/', () => {
  it('leads a browser to the explorer, or to the playground where there is none', async () => {
    for (const [home, server] of [
      ['explore', createTinyServer()],
      ['graphql', createTinyServer({ explorer: undefined })],
    ] as const) {
      const response = await server.request('/', page);
      expect([response.status, response.headers.get('location')]).toEqual([302, home]);
    }
  });
});

describe('/health', () => {
  it('says that the process lives, whatever the database does', async () => {
    const starting = createTinyServer({
      readiness: { waitingFor: () => 'The database starts.', check: async () => undefined },
    });
    const response = await starting.request('/health');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ alive: true });
  });
});

describe('/ready', () => {
  it('turns load balancers away from a server that is about to stop, which serves on', async () => {
    const leaving = createTinyServer({
      readiness: {
        waitingFor: () => undefined,
        leaving: () => 'The server is about to stop.',
        check: async () => undefined,
      },
    });
    const response = await leaving.request('/ready');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ ready: false, reason: 'The server is about to stop.' });
    expect((await leaving.ask('{ hello }')).body).toEqual({ data: { hello: 'Hello you' } });
  });

  it('is 200 when nothing is waited for and the database answers', async () => {
    const response = await request('/ready');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ ready: true });
  });

  it('is 503 with the reason before the graph is complete, and no operation is served', async () => {
    let waitingFor: string | undefined = 'The seeds are being loaded.';
    const starting = createTinyServer({
      readiness: { waitingFor: () => waitingFor, check: async () => undefined },
    });
    const response = await starting.request('/ready');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ ready: false, reason: 'The seeds are being loaded.' });

    const refused = await starting.ask('{ hello }');
    expect(refused.response.status).toBe(503);
    expect(refused.body.errors).toEqual([
      {
        message: 'The seeds are being loaded. Try again in a moment.',
        extensions: { code: 'DATABASE_UNAVAILABLE' },
      },
    ]);

    waitingFor = undefined;
    expect((await starting.request('/ready')).status).toBe(200);
    expect((await starting.ask('{ hello }')).body.data).toEqual({ hello: 'Hello you' });
  });

  it('is 503 with the reason when the database does not answer', async () => {
    const down = createTinyServer({
      readiness: { waitingFor: () => undefined, check: async () => 'The database does not respond.' },
    });
    const response = await down.request('/ready');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ ready: false, reason: 'The database does not respond.' });
  });

  it('asks the database once a second, however many ask', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      let reason: string | undefined;
      let checks = 0;
      const asked = createTinyServer({
        readiness: {
          waitingFor: () => undefined,
          check: async () => {
            checks += 1;
            return reason;
          },
        },
      });
      const statuses = async () =>
        (await Promise.all(Array.from({ length: 20 }, () => asked.request('/ready')))).map(({ status }) => status);
      expect(new Set([...(await statuses()), ...(await statuses())])).toEqual(new Set([200]));
      expect(checks).toBe(1);
      reason = 'The database does not respond.';
      vi.advanceTimersByTime(1_000);
      expect(new Set([...(await statuses()), ...(await statuses())])).toEqual(new Set([503]));
      expect(checks).toBe(2);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('/schema.graphql', () => {
  it('is the schema as text', async () => {
    const response = await request('/schema.graphql');
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await response.text()).toBe(`${printSchema(tinySchema)}\n`);
  });

  it('is not sent again to who has it', async () => {
    const etag = (await request('/schema.graphql')).headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/".{22}"$/);
    const again = await request('/schema.graphql', { headers: { 'if-none-match': `"other", ${etag}` } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    const statusFor = async (known: string) =>
      (await request('/schema.graphql', { headers: { 'if-none-match': known } })).status;
    expect([await statusFor('"other"'), await statusFor('*')]).toEqual([200, 304]);
  });

  it.each([
    ['gzip', 'gzip'],
    ['gzip, br', 'br'],
    ['gzip;q=0', null],
    ['GZIP;q=0.5, br;q=0', 'gzip'],
  ])('is sent to a client that accepts %s in the encoding %s', async (accepted, encoding) => {
    const response = await request('/schema.graphql', { headers: { 'accept-encoding': accepted } });
    expect(response.headers.get('content-encoding')).toBe(encoding);
  });
});

describe('every response', () => {
  const paths = ['/health', '/ready', '/schema.graphql', '/nothing', '/graphql?query={hello}', '/graphql?query={'];

  it.each(paths)('of %s carries a request id: the caller’s own, or a new one', async (path) => {
    const own = await request(path, { headers: { 'x-request-id': 'abc-1:2.3' } });
    expect(own.headers.get('x-request-id')).toBe('abc-1:2.3');
    const [first, second] = [await request(path), await request(path)].map((response) =>
      response.headers.get('x-request-id'),
    );
    expect(first).toMatch(/^[\da-f-]{36}$/);
    expect(second).not.toBe(first);
  });

  it.each(['', 'x'.repeat(129), 'a b', '{"$injected":1}'])('does not repeat %j as a request id', async (id) => {
    const response = await request('/health', { headers: { 'x-request-id': id } });
    expect(response.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  });

  it.each(paths)('of %s says that its text is UTF-8', async (path) => {
    expect((await request(path)).headers.get('content-type')).toMatch(/; ?charset=utf-8$/);
  });

  it.each(['application/json', 'application/graphql-response+json'])(
    'keeps %s, and adds UTF-8 to it',
    async (accept) => {
      const response = await request('/graphql?query={hello}', { headers: { accept } });
      expect(response.headers.get('content-type')).toBe(`${accept}; charset=utf-8`);
    },
  );

  it.each(paths)('of %s may not be read by a page of another origin', async (path) => {
    const { headers } = await request(path, { headers: { origin: 'https://elsewhere.example' } });
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});
