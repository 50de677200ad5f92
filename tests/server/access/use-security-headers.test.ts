import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { securityHeaders } from '../../../src/server/access/use-security-headers.ts';
import type { Listening } from '../../../src/server/connections/listen.ts';
import { encodingOf } from '../../../src/server/use-compression.ts';
import { createTinyServer } from '../tiny-server.ts';

const tiny = createTinyServer();

const post = (origin: string | undefined, server = tiny) =>
  server.request('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(origin === undefined ? {} : { origin }) },
    body: JSON.stringify({ query: '{ hello }' }),
  });

const preflight = (origin: string, server = tiny, path = '/graphql') =>
  server.request(path, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,authorization',
    },
  });

describe('pages of other sites', () => {
  const some = createTinyServer({ corsOrigins: ['https://a.example', 'https://b.example'] });
  const all = createTinyServer({ corsOrigins: ['*'] });

  it('read nothing unless a setting says so', async () => {
    const answers = [await post('https://a.example'), await preflight('https://a.example'), await post('null')];
    for (const { headers } of answers) {
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
    expect(answers[1]?.status).toBe(405);
  });

  it('read what is answered where their origin is named, and no other does', async () => {
    const named = await post('https://b.example', some);
    expect(named.headers.get('access-control-allow-origin')).toBe('https://b.example');
    expect(named.headers.get('access-control-expose-headers')?.split(', ')).toEqual(
      expect.arrayContaining([
        'Content-Disposition',
        'Link',
        'Retry-After',
        'Silkgraph-Bookmark',
        'Silkgraph-Sequence',
      ]),
    );
    for (const origin of ['https://a.example.evil', 'http://a.example', 'https://A.example', 'null', 'https://evil']) {
      const other = await post(origin, some);
      expect(other.headers.has('access-control-allow-origin'), origin).toBe(false);
      expect((await preflight(origin, some)).status).toBe(405);
    }
  });

  it('are never let in with cookies', async () => {
    for (const server of [some, all]) {
      for (const { headers } of [
        await post('https://a.example', server),
        await preflight('https://a.example', server),
      ]) {
        expect(headers.has('access-control-allow-origin')).toBe(true);
        expect(headers.has('access-control-allow-credentials')).toBe(false);
      }
    }
  });

  it('of any site read where * is set, which is answered as *, not as the origin', async () => {
    expect((await post('https://any.example', all)).headers.get('access-control-allow-origin')).toBe('*');
  });

  it('are told before they ask what they may send', async () => {
    const { status, headers } = await preflight('https://a.example', some);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-methods')).toBe('GET, HEAD, POST, PUT, DELETE');
    expect(headers.get('access-control-allow-headers')).toBe('content-type,authorization');
    expect(Number(headers.get('access-control-max-age'))).toBeGreaterThan(0);
  });

  it('make caches keep answers to several origins apart, also the answer to none', async () => {
    for (const origin of ['https://a.example', 'https://evil.example', undefined]) {
      expect((await post(origin, some)).headers.get('vary')).toMatch(/\borigin\b/i);
    }
  });

  it('read the other paths too', async () => {
    const response = await some.request('/schema.graphql', { headers: { origin: 'https://a.example' } });
    expect(response.headers.get('access-control-allow-origin')).toBe('https://a.example');
  });
});

describe('every answer', () => {
  it.each([
    ['an operation', () => post(undefined)],
    ['a fault', () => tiny.request('/graphql', { method: 'POST', body: 'x' })],
    ['a path', () => tiny.request('/health')],
    ['a path that is not there', () => tiny.request('/nothing')],
    ['the schema', () => tiny.request('/schema.graphql')],
    ['a method', () => tiny.request('/graphql', { method: 'DELETE' })],
  ])('tells browsers to take it for what it is: %s', async (_, ask) => {
    const { headers } = await ask();
    for (const [name, value] of Object.entries(securityHeaders)) expect(headers.get(name), name).toBe(value);
  });

  it('of a page has the policy of the page', async () => {
    const { headers } = await tiny.request('/graphql', { headers: { accept: 'text/html' } });
    expect(headers.get('content-security-policy')).toContain('script-src');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('compression', () => {
  let listening: Listening;
  beforeAll(async () => {
    listening = await tiny.server.listen(0, '127.0.0.1');
  });
  afterAll(() => listening.close(0));

  const ask = (first: number, encoding: string, init: RequestInit = {}) =>
    tiny.request(`/graphql?query={items(first:${first})}`, { headers: { 'accept-encoding': encoding }, ...init });

  it.each([
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['br;q=0.5, gzip', 'gzip', gunzipSync],
  ])('is by what a client takes: %s', async (accepted, encoding, decompress) => {
    const response = await ask(500, accepted);
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(response.headers.get('vary')).toMatch(/accept-encoding/);
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(response.headers.get('content-length')).toBe(String(bytes.byteLength));
    const { data } = JSON.parse(decompress(bytes).toString());
    expect(data.items).toHaveLength(500);
    expect(bytes.byteLength).toBeLessThan(3_000);
  });

  it.each(['', 'identity', 'br;q=0, gzip;q=0', 'zstd'])('is none for who takes none: %j', async (accepted) => {
    const response = await ask(500, accepted);
    expect(response.headers.has('content-encoding')).toBe(false);
    expect(response.headers.get('vary')).toMatch(/accept-encoding/);
    expect((await response.json()).data.items).toHaveLength(500);
  });

  it('is left out for an answer that fits a packet', async () => {
    const response = await ask(3, 'br');
    expect(response.headers.has('content-encoding')).toBe(false);
    expect((await response.json()).data.items).toHaveLength(3);
  });

  it('keeps the status of a fault', async () => {
    const response = await tiny.request(`/graphql?query={${'nothing_of_this_name%20'.repeat(40)}}`, {
      headers: { 'accept-encoding': 'gzip', accept: 'application/graphql-response+json' },
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-encoding')).toBe('gzip');
  });

  it('comes over the network as it should', async () => {
    const response = await fetch(`${listening.origin}/graphql?query={items(first:500)}`);
    expect(response.headers.get('content-encoding')).toMatch(/^(br|gzip)$/);
    expect(((await response.json()) as { data: { items: string[] } }).data.items).toHaveLength(500);
  });

  it('takes the better of two that are liked as much, and respects what is refused', () => {
    expect(encodingOf('*')).toBe('br');
    expect(encodingOf('*;q=0.1, br;q=0')).toBe('gzip');
    expect(encodingOf('GZIP')).toBe('gzip');
    expect(encodingOf(null)).toBeUndefined();
  });
});
