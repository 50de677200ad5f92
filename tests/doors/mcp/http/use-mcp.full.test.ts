import { createConnection } from 'node:net';
import { describe, expect, it } from 'vitest';
import cooperationGraph from '../../../../src/cooperation/graph.ts';
import { AccessRefused } from '../../../../src/engine/access/access-refused.ts';
import type { Viewer } from '../../../../src/engine/access/viewer.ts';
import { mcpFor } from '../../../../src/service/mcp-for.ts';
import { createServer, type ServerOptions } from '../../../../src/service/server.ts';
import { mcpClient } from '../../../setup/mcp.ts';
import { served } from '../../../setup/served.ts';

const keys: Readonly<Record<string, Viewer>> = {
  'Bearer editor': { name: 'Ana', id: 'key:1', role: 'editor' },
  'Bearer reader': { name: 'Ben', id: 'key:2', role: 'reader' },
};

const authenticator = {
  authenticate: async ({ authorization }: { readonly authorization: string | null }) => {
    const viewer = keys[authorization ?? ''];
    if (!viewer) throw new AccessRefused('Unknown key.');
    return viewer;
  },
};

/** A server without a database: what it refuses, it refuses before one is asked. */
const serve = (options: Partial<ServerOptions> = {}) =>
  createServer({
    ...served,
    mcp: mcpFor(cooperationGraph, 'read'),
    access: { authenticator, reading: 'open' },
    context: () => ({}),
    ...options,
  });

const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

const post = (body: unknown, headers: Record<string, string> = {}, method = 'POST') =>
  new Request('http://silkgraph/mcp', {
    method,
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    ...(method === 'POST' ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
  });

describe('/mcp', () => {
  it('answers a message without a session, and no cache keeps the answer', async () => {
    const response = await serve().fetch(post(list));
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(response.headers.get('mcp-session-id')).toBeNull();
    const [, data = ''] = /^data: (.*)$/m.exec(await response.text()) ?? [];
    expect(JSON.parse(data).result.tools.length).toBeGreaterThan(10);
  });

  it.each<[string, Request, number, RegExp]>([
    ['of another method', post(undefined, {}, 'GET'), 405, /by POST/],
    ['of another media type', post(list, { 'content-type': 'text/plain' }), 415, /application\/json/],
    ['that takes no stream', post(list, { accept: 'text/html' }), 406, /Not Acceptable/],
    [
      'of an unknown version',
      post(list, { 'mcp-protocol-version': '1999-01-01' }),
      400,
      /Unsupported protocol version/,
    ],
    ['with an unknown key', post(list, { authorization: 'Bearer other' }), 401, /Unknown key/],
    ['of a page of another site', post(list, { origin: 'https://evil.example' }), 403, /SILKGRAPH_CORS_ORIGINS/],
    ['that is too large', post({ ...list, params: { x: 'x'.repeat(2_000) } }), 413, /larger than 1000 bytes/],
  ])('refuses a message %s', async (_, request, status, message) => {
    const response = await serve({ bodyLimit: 1_000 }).fetch(request);
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(message);
  });

  it.each<[string, Request, number, RegExp]>([
    ['that is no JSON', post('{'), -32_700, /not JSON/],
    ['in a batch', post([list, list]), -32_600, /Batches are not supported/],
    ['nested too deep', post(`${'['.repeat(300)}${']'.repeat(300)}`), -32_600, /200 deep/],
  ])('refuses a message %s by an error of JSON-RPC', async (_, request, code, message) => {
    const response = await serve().fetch(request);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      400,
      expect.stringMatching(/^application\/json/),
    ]);
    expect(await response.json()).toEqual({
      ...{ jsonrpc: '2.0', id: null },
      error: { code, message: expect.stringMatching(message) },
    });
  });

  it('serves pages of its public address, where a proxy passes on another host', async () => {
    const server = serve({ publicUrl: 'https://data.example.org:8443/graph' });
    const statusFor = async (origin: string) => (await server.fetch(post(list, { origin }))).status;
    expect(await statusFor('https://data.example.org:8443')).toBe(200);
    expect(await statusFor('https://data.example.org')).toBe(403);
  });

  it.each([
    ['its own', 'http://silkgraph', []],
    ['one that is allowed', 'https://agents.example', ['https://agents.example']],
  ])('serves pages of %s origin', async (_, origin, corsOrigins) => {
    expect((await serve({ corsOrigins }).fetch(post(list, { origin }))).status).toBe(200);
  });

  it('refuses a name that another site made resolve to it', async () => {
    const listening = await serve().listen(0, '127.0.0.1');
    const body = JSON.stringify(list);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = createConnection(Number(new URL(listening.origin).port), '127.0.0.1');
      socket.on('error', reject).once('data', (data) => {
        socket.destroy();
        resolve(data.toString());
      });
      socket.write(
        `POST /mcp HTTP/1.1\r\nHost: evil.example\r\nOrigin: http://evil.example\r\nAccept: application/json, text/event-stream\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      );
    });
    await listening.close(0);
    expect(answer).toMatch(/^HTTP\/1\.1 421 /);
  });

  it('counts each message towards the rate limit', async () => {
    const server = serve({ rateLimit: { requests: 2, seconds: 60 }, trustedProxies: 1 });
    const statuses = [];
    for (let at = 0; at < 3; at += 1) {
      statuses.push((await server.fetch(post(list, { 'x-forwarded-for': '192.0.2.1' }))).status);
    }
    expect(statuses).toEqual([200, 200, 429]);
  });

  it('answers a client of 2025 or before without a session', async () => {
    for (const protocolVersion of ['2024-11-05', '2025-11-25']) {
      const params = { protocolVersion, capabilities: {}, clientInfo: { name: 'test', version: '1' } };
      const response = await serve().fetch(post({ ...list, method: 'initialize', params }));
      expect([response.status, response.headers.get('mcp-session-id')]).toEqual([200, null]);
      const [, data = ''] = /^data: (.*)$/m.exec(await response.text()) ?? [];
      const { result } = JSON.parse(data);
      expect(result.protocolVersion).toBe(protocolVersion);
      expect(result.capabilities).toEqual({ tools: {}, resources: {}, prompts: {}, completions: {} });
    }
  });

  it('says what it offers, and for how long that holds', async () => {
    const client = await mcpClient(serve());
    const { supportedVersions, capabilities, ttlMs, cacheScope } = await client.discover();
    expect(supportedVersions).toEqual(['2026-07-28']);
    expect(capabilities.resources).toEqual({ subscribe: true });
    expect([ttlMs, cacheScope]).toEqual([3_600_000, 'public']);
  });

  it('is closed with reading, and absent where it is switched off', async () => {
    expect((await serve({ access: { authenticator, reading: 'closed' } }).fetch(post(list))).status).toBe(401);
    expect((await serve({ mcp: mcpFor(cooperationGraph, 'off') }).fetch(post(list))).status).toBe(404);
  });
});

describe('the tool that changes the graph', () => {
  const toolsOf = async (access: 'read' | 'write', authorization?: string) => {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    const client = await mcpClient(serve({ mcp: mcpFor(cooperationGraph, access) }), headers);
    return (await client.listTools()).tools.map(({ name }) => name);
  };

  it('is there for an editor, once it is switched on, and for nobody else', async () => {
    expect(await toolsOf('write', 'Bearer editor')).toContain('change_graph');
    expect(await toolsOf('write', 'Bearer reader')).not.toContain('change_graph');
    expect(await toolsOf('write')).not.toContain('change_graph');
    expect(await toolsOf('read', 'Bearer editor')).not.toContain('change_graph');
  });
});

describe('a failure of ours', () => {
  it('tells an agent nothing of its cause', async () => {
    const context = () => {
      throw new Error('secret words of the database');
    };
    const server = serve({ context });
    const call = { ...list, method: 'tools/call', params: { name: 'search', arguments: { query: 'x' } } };
    const text = await (await server.fetch(post(call))).text();
    expect(text).toContain('INTERNAL_SERVER_ERROR');
    expect(text).not.toContain('secret');
  });
});
