import { once } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createUnsentBytes } from '../../../src/server/connections/unsent-bytes.ts';
import { afterwards, getOf, type PacedServer, postOf, startPaced, statusesIn } from './paced-server.ts';

/** More than the buffers of a connection on this machine hold. */
const LARGE = 12_000_000;
const large = `{ text(size: ${LARGE}) }`;
const polling = { timeout: 20_000, interval: 20 };

/** A client that has been asked for something large, on each transport, and reads nothing. */
const deaf: Readonly<Record<string, (server: PacedServer, localAddress?: string) => Promise<Socket>>> = {
  'plain HTTP': async ({ connect }, localAddress) => {
    const { socket } = connect('', localAddress);
    socket.pause().write(getOf(large));
    return socket;
  },
  'a WebSocket': async ({ origin }, localAddress) => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { localAddress });
    afterwards(() => socket.terminate());
    socket.on('error', () => {});
    await once(socket, 'open');
    socket.send('{"type":"connection_init"}');
    await once(socket, 'message');
    const { _socket: wire } = socket as unknown as { readonly _socket: Socket };
    wire.pause();
    for (let id = 0; id < 20; id += 1) {
      socket.send(JSON.stringify({ id: String(id), type: 'subscribe', payload: { query: large } }));
    }
    // Pongs that nobody asked for make no reader.
    const pongs = setInterval(() => socket.readyState === socket.OPEN && socket.pong(), 20);
    wire.once('close', () => clearInterval(pongs));
    return wire;
  },
  'an event stream of one operation': async ({ connect }, localAddress) => {
    const { socket } = connect('', localAddress);
    socket.pause().write(getOf(`subscription { ticks(size: ${LARGE}) }`, 'Accept: text/event-stream\r\n'));
    return socket;
  },
  'an event stream of many operations': async ({ connect, origin }, localAddress) => {
    const token = await (await fetch(`${origin}/graphql`, { method: 'PUT' })).text();
    const header = `X-GraphQL-Event-Stream-Token: ${token}\r\n`;
    const { socket } = connect('', localAddress);
    socket.pause().write(`GET /graphql HTTP/1.1\r\nHost: localhost\r\n${header}\r\n`);
    const body = JSON.stringify({ query: large, extensions: { operationId: 'a' } });
    expect(statusesIn(await connect(postOf(body, `${header}Connection: close\r\n`), localAddress).closed)).toEqual([
      202,
    ]);
    return socket;
  },
};

describe.each(Object.entries(deaf))('a client that takes nothing over %s', (_, ask) => {
  it('is cut after a while, and nothing is left of it', async () => {
    const server = await startPaced({ clientTimeout: 400 });
    const socket = await ask(server);
    // A connection that is not read from does not tell its end: a write does.
    const isCut = () => {
      if (!socket.destroyed) socket.write('\r\n');
      return socket.destroyed;
    };
    socket.on('error', () => {});
    await expect.poll(isCut, polling).toBe(true);
    await expect.poll(() => server.running.subscriptions, polling).toBe(0);
    expect(statusesIn(await server.connect(getOf('{ hello }', 'Connection: close\r\n')).closed)).toEqual([200]);
  });
});

describe('a client that takes a large response slowly', () => {
  it('is not cut, however long it takes', async () => {
    const { connect } = await startPaced({ clientTimeout: 400 });
    const { socket, text, closed } = connect(getOf(large, 'Connection: close\r\n'));
    const begun = performance.now();
    const reading = setInterval(() => {
      if (performance.now() - begun > 2_500) clearInterval(reading);
      else socket.isPaused() ? socket.resume() : socket.pause();
    }, 5);
    socket.on('data', () => socket.pause());
    await new Promise((resolve) => setTimeout(resolve, 2_600));
    socket.removeAllListeners('data').on('data', () => {});
    socket.resume();
    await closed;
    expect(statusesIn(text())).toEqual([200]);
    expect(socket.bytesRead).toBeGreaterThan(LARGE);
  });
});

describe('bytes that wait for clients', () => {
  const unsentBytes = { each: 10_000_000, all: 20_000_000 };
  const close = 'Connection: close\r\n';

  it('have a limit for each caller, beyond which nothing further is worked on for it', async () => {
    const server = await startPaced({ callerLimits: { unsentBytes } });
    for (let turn = 0; turn < 2; turn += 1) await deaf['plain HTTP']?.(server);
    const refused = () => server.connect(getOf('{ hello }', close)).closed;
    await expect.poll(async () => statusesIn(await refused()), polling).toEqual([429]);
    expect(await refused()).toMatch(/RATE_LIMITED/);
    expect(statusesIn(await server.connect(getOf('{ hello }', close), '127.0.0.2').closed)).toEqual([200]);
    // What is the same for all is given to all.
    expect(statusesIn(await server.connect(`GET /health HTTP/1.1\r\nHost: h\r\n${close}\r\n`).closed)).toEqual([200]);
  });

  it('have a limit for all, beyond which those are cut that hold the most', async () => {
    const server = await startPaced({ callerLimits: { unsentBytes } });
    const small = await server.connect('', '127.0.0.9');
    small.socket.pause().write(getOf('{ text(size: 5000000) }', close));
    const sockets: (Socket | undefined)[] = [];
    for (let turn = 2; turn < 6; turn += 1) sockets.push(await deaf['plain HTTP']?.(server, `127.0.0.${turn}`));
    for (const socket of sockets) socket?.on('error', () => {});
    const cut = () =>
      sockets.filter((socket) => {
        if (!socket?.destroyed) socket?.write('\r\n');
        return socket?.destroyed;
      }).length;
    await expect.poll(cut, polling).toBeGreaterThan(0);
    small.socket.resume();
    expect((await small.closed).length).toBeGreaterThan(5_000_000);
  });
});

describe('the account of unsent bytes', () => {
  it('counts each outlet towards the caller that it is attributed to, and forgets what is gone', async () => {
    const account = createUnsentBytes({ each: 100, all: 250, timeout: 30_000 });
    const made = (bytes: number) => ({ unsent: () => bytes, taken: () => 0, cut: () => {} });
    const [first, second, third] = [made(80), made(80), made(80)];
    for (const outlet of [first, second, third]) account.watch(outlet);
    expect(account.held).toBe(0);
    account.attribute(first, 'one');
    account.attribute(second, 'one');
    account.attribute(third, undefined);
    expect([account.held, account.exceeded('one'), account.exceeded('two'), account.exceeded(undefined)]).toEqual([
      240,
      'CALLER',
      undefined,
      undefined,
    ]);
    account.attribute(second, 'two');
    expect([account.exceeded('one'), account.exceeded('two')]).toEqual([undefined, undefined]);
    account.attribute(third, 'two');
    expect(account.exceeded('two')).toBe('CALLER');
    for (const outlet of [first, second, third]) account.forget(outlet);
    expect([account.held, account.exceeded('one'), account.exceeded('two')]).toEqual([0, undefined, undefined]);
  });
});
