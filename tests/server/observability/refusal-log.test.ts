import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { AccessRefused } from '../../../src/engine/access/access-refused.ts';
import { newApiKey } from '../../../src/engine/access/api-key.ts';
import type { Authenticator } from '../../../src/engine/access/authenticator.ts';
import { anonymous } from '../../../src/engine/access/viewer.ts';
import type { ServerOptions } from '../../../src/service/server.ts';
import { createTinyServer, listeningLog } from '../tiny-server.ts';

const unknown = newApiKey();

const authenticator: Authenticator = {
  async authenticate({ apiKey, authorization }) {
    if (apiKey === 'ana') return { name: 'Ana', role: 'reader' };
    if (apiKey || authorization) throw new AccessRefused('This API key is unknown.');
    return anonymous;
  },
};

/** A server behind a proxy that is trusted, and what it logs beside operations. */
function server(options: Partial<ServerOptions> = {}) {
  const { log, lines } = listeningLog();
  const access = { authenticator, reading: 'open' } as const;
  return { ...createTinyServer({ log, access, trustedProxies: 1, ...options }), lines };
}

/** Waits until a WebSocket is closed, also where it was never opened: `once` would throw the error that says so. */
const closed = (socket: WebSocket) =>
  new Promise<void>((resolve) => {
    socket.on('error', () => {});
    socket.once('close', () => resolve());
  });

const from = (address: string, more: Record<string, string> = {}) => ({ 'x-forwarded-for': address, ...more });

describe('the log of refusals', () => {
  it('has a line for a key that is refused: whose address, which id, and nothing of its secret', async () => {
    const { ask, lines } = server();
    await ask('{ hello }', {}, from('203.0.113.7', { 'x-api-key': unknown.text }));
    await ask('{ hello }', {}, from('203.0.113.7', { authorization: `Bearer ${unknown.text}` }));
    const line = {
      level: 40,
      code: 'UNAUTHENTICATED',
      reason: 'This API key is unknown.',
      address: '203.0.113.7',
      key: unknown.id,
      path: '/graphql',
      requestId: expect.any(String),
    };
    expect(lines).toEqual([expect.objectContaining(line), expect.objectContaining(line)]);
    expect(JSON.stringify(lines)).not.toContain(unknown.text.slice(-20));
  });

  it('has a line for an operation that is refused, by role, document, limit or rate, and none of what it held', async () => {
    const byRole = server();
    await byRole.ask('mutation { greet }', {}, from('203.0.113.8', { 'x-api-key': 'ana' }));
    expect(byRole.lines).toEqual([
      expect.objectContaining({ code: 'FORBIDDEN', address: '203.0.113.8', caller: 'Ana' }),
    ]);

    const byDocument = server({ trustedDocuments: new Map([['a'.repeat(64), '{ hello }']]) });
    await byDocument.ask('{ items(first: 1) }', {}, from('203.0.113.9'));
    expect(byDocument.lines).toEqual([expect.objectContaining({ code: 'FORBIDDEN', address: '203.0.113.9' })]);

    const byLimit = server();
    const aliases = Array.from({ length: 2_000 }, (_, index) => `a${index}: hello(name: "a secret name")`).join(' ');
    await byLimit.ask(`{ ${aliases} }`, {}, from('203.0.113.10'));
    expect(byLimit.lines).toEqual([expect.objectContaining({ code: 'LIMIT_EXCEEDED', address: '203.0.113.10' })]);
    expect(JSON.stringify(byLimit.lines)).not.toContain('secret name');

    const byRate = server({ rateLimit: { requests: 1, seconds: 3600 } });
    await byRate.ask('{ hello }', {}, from('203.0.113.11'));
    await byRate.ask('{ hello }', {}, from('203.0.113.11'));
    expect(byRate.lines).toEqual([expect.objectContaining({ code: 'RATE_LIMITED', address: '203.0.113.11' })]);
  });

  it('has none for a mistake in a document', async () => {
    const { ask, lines } = server();
    await ask('{ nothing }');
    await ask('{');
    await ask('query ($name: Int!) { hello }');
    expect(lines).toEqual([]);
  });

  it('has ten lines a second of one sort, and says how many more there were', async () => {
    const { ask, lines } = server();
    for (let count = 0; count < 25; count += 1)
      await ask('{ hello }', {}, from('203.0.113.7', { 'x-api-key': 'guess' }));
    const inAll = () => {
      const suppressed = lines.reduce((sum, line) => sum + Number(line.suppressed ?? 0), 0);
      return lines.filter(({ code }) => code === 'UNAUTHENTICATED').length + suppressed;
    };
    await expect.poll(inAll).toBe(25);
    expect(lines.some(({ msg }) => /\d+ more like this in the last second/.test(String(msg)))).toBe(true);
    expect(lines.length).toBeLessThan(25);
  });

  it('has a line for a WebSocket that is refused, when it is opened and when it shows a key', async () => {
    const {
      server: { listen },
      lines,
    } = server({ trustedProxies: 0 });
    const { origin, close } = await listen(0, '127.0.0.1');
    onTestFinished(() => close(0));
    const address = `${origin.replace('http', 'ws')}/graphql`;
    const foreign = new WebSocket(address, 'graphql-transport-ws', { origin: 'https://elsewhere.example' });
    await closed(foreign);
    const inAddress = new WebSocket(`${address}?key=${unknown.text}`, 'graphql-transport-ws');
    await closed(inAddress);
    const socket = new WebSocket(address, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init', payload: { apiKey: unknown.text } }));
    await closed(socket);
    expect(lines).toEqual([
      expect.objectContaining({ code: 'FORBIDDEN', address: '127.0.0.1', path: '/graphql' }),
      expect.objectContaining({ code: 'UNAUTHENTICATED', address: '127.0.0.1' }),
      expect.objectContaining({ code: 'UNAUTHENTICATED', address: '127.0.0.1', key: unknown.id }),
    ]);
    expect(JSON.stringify(lines)).not.toContain(unknown.text.slice(-20));
  });
});
