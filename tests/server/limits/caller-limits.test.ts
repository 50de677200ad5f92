import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { callerLimits } from '../../../src/server/limits/caller-limits.ts';
import { casesOf } from '../../setup/runs.ts';
import { afterwards, getOf, startPaced, statusesIn, upgradeOf } from '../connections/paced-server.ts';

const close = 'Connection: close\r\n';
const OTHER = '127.0.0.2';
const events = 'Accept: text/event-stream\r\n';
const reserve = `PUT /graphql HTTP/1.1\r\nHost: localhost\r\n${close}\r\n`;
const few = { each: 2, all: 3 };
const poll = { interval: 20 };

describe('what one caller may hold', () => {
  it('leaves something of everything to others', () => {
    const limits = Object.entries(callerLimits({ connections: 500, concurrency: 25, bodyLimit: 1_000_000 }));
    expect(limits.filter(([, { each, all }]) => each >= all)).toEqual([]);
    expect(limits).toHaveLength(10);
  });

  it('is no more than the process can hold', () => {
    const few = callerLimits({ connections: 500, concurrency: 25, bodyLimit: 1_000_000, possible: 300 });
    expect(few.connections).toEqual({ each: 300, all: 300 });
    const many = callerLimits({ connections: 500, concurrency: 25, bodyLimit: 1_000_000, possible: 1_000_000 });
    expect(many.connections).toEqual({ each: 500, all: 5_000 });
  });

  it('is a number of connections', async () => {
    const { connect } = await startPaced({ callerLimits: { connections: few } });
    const open = [connect(), connect()];
    await expect.poll(async () => statusesIn(await connect(getOf('{ hello }', close)).closed), poll).toEqual([429]);
    expect(await connect().closed).toContain('RATE_LIMITED');
    const other = connect(getOf('{ hello }'), OTHER);
    await expect.poll(() => statusesIn(other.text())).toEqual([200]);
    expect(await connect('', '127.0.0.3').closed).toContain('OVERLOADED');
    for (const { socket, closed } of open) {
      socket.destroy();
      await closed;
    }
    await expect.poll(async () => statusesIn(await connect(getOf('{ hello }', close)).closed), poll).toEqual([200]);
  });

  it('is a number of connections, but not where a proxy has them for many', async () => {
    const { connect } = await startPaced({ callerLimits: { connections: few }, trustedProxies: 1 });
    connect();
    connect();
    expect(statusesIn(await connect(getOf('{ hello }', close)).closed)).toEqual([200]);
  });

  it.each(casesOf(1, 0))('is a number of WebSockets, behind %i proxies', async (trustedProxies) => {
    const { connect, origin } = await startPaced({ callerLimits: { webSockets: few }, trustedProxies });
    const from = (address: string) =>
      trustedProxies === 0
        ? connect(upgradeOf(), address)
        : connect(upgradeOf(`Host: localhost\r\nX-Forwarded-For: ${address}\r\n`));
    /** The code 1013 (try again later) in a close frame, and its reason. */
    const closeFrame = (reason: string) => `\x03\xf5${reason}`;
    const isAccepted = () =>
      new Promise<boolean>((resolve) => {
        const headers = trustedProxies === 0 ? {} : { 'x-forwarded-for': '127.0.0.1' };
        const socket = new WebSocket(`${origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
        afterwards(() => socket.terminate());
        socket.once('open', () => socket.send('{"type":"connection_init"}'));
        socket.once('message', () => resolve(true)).once('close', () => resolve(false));
      });
    const open = [from('127.0.0.1'), from('127.0.0.1')];
    for (const { text } of open) await expect.poll(() => statusesIn(text())).toEqual([101]);
    // It does not close its side, and is cut.
    expect(await from('127.0.0.1').closed).toContain(closeFrame('Too many WebSockets are open from this address.'));
    const other = from(OTHER);
    await expect.poll(() => statusesIn(other.text())).toEqual([101]);
    expect(await from('127.0.0.3').closed).toContain(closeFrame('Too many WebSockets are open. Try again'));
    expect(await isAccepted()).toBe(false);
    for (const { socket } of open) socket.resetAndDestroy();
    await expect.poll(isAccepted, poll).toBe(true);
  });

  it('is a number of event streams, whether they are opened or not', async () => {
    const { connect } = await startPaced({ callerLimits: { eventStreams: few } });
    const reserved = await connect(reserve).closed;
    const [token] = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}(?=\r\n0\r\n|$)/.exec(reserved) ?? [];
    const stream = connect(`GET /graphql?token=${token} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    await expect.poll(stream.text).toContain(':\n\n');
    expect(statusesIn(await connect(reserve).closed)).toEqual([201]);
    expect(await connect(reserve).closed).toMatch(/^HTTP\/1.1 429 .*RATE_LIMITED/s);
    expect(statusesIn(await connect(reserve, OTHER).closed)).toEqual([201]);
    expect(await connect(reserve, '127.0.0.3').closed).toMatch(/^HTTP\/1.1 503 .*OVERLOADED/s);
    stream.socket.resetAndDestroy();
    await expect.poll(async () => statusesIn(await connect(reserve).closed), poll).toEqual([201]);
  });

  it('is a number of subscriptions', async () => {
    const { connect, running } = await startPaced({ callerLimits: { subscriptions: few } });
    const follow = getOf('subscription { ticks }', `${events}${close}`);
    const open = [connect(follow), connect(follow)];
    await expect.poll(() => running.subscriptions).toBe(2);
    const refused = connect(follow);
    await expect.poll(refused.text).toContain('RATE_LIMITED');
    connect(follow, OTHER);
    await expect.poll(() => running.subscriptions).toBe(3);
    await expect.poll(connect(follow, '127.0.0.3').text).toContain('OVERLOADED');
    for (const { socket } of open) socket.resetAndDestroy();
    await expect.poll(() => running.subscriptions).toBe(1);
    connect(follow);
    await expect.poll(() => running.subscriptions).toBe(2);
  });

  it('is a share of the places, of which others have some at once', async () => {
    const { connect, running } = await startPaced({ concurrency: 5 });
    const waiting = Array.from({ length: 10 }, () => connect(getOf('{ wait }')));
    await expect.poll(() => running.waiting).toBe(2);
    // Two are at work, and eight wait: that is all that it may.
    expect(await connect(getOf('{ hello }', close)).closed).toMatch(/^HTTP\/1.1 429 .*RATE_LIMITED/s);
    expect(statusesIn(await connect(getOf('{ hello }', close), OTHER).closed)).toEqual([200]);
    for (const { socket } of waiting) socket.resetAndDestroy();
    await expect.poll(() => running.waiting).toBe(0);
    expect(statusesIn(await connect(getOf('{ hello }', close)).closed)).toEqual([200]);
  });

  it('is a share of the bytes of large bodies that are not complete', async () => {
    const { connect } = await startPaced({
      bodyLimit: 100_000,
      callerLimits: { unfinishedBytes: { each: 200_000, all: 300_000 } },
    });
    const begin = (address?: string) =>
      connect(
        `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99000\r\n${close}\r\n${'{"query":"{ hello }"'.padEnd(90_000)}`,
        address,
      );
    const end = '}'.padStart(9_000);
    const held = [begin(), begin()];
    await expect
      .poll(async () => {
        const { write, closed } = begin();
        write(end);
        return closed;
      }, poll)
      .toMatch(/^HTTP\/1.1 429 .*RATE_LIMITED/s);
    held.push(begin(OTHER));
    await expect
      .poll(async () => {
        const { write, closed } = begin('127.0.0.3');
        write(end);
        return closed;
      }, poll)
      .toMatch(/^HTTP\/1.1 503 .*OVERLOADED/s);
    for (const { write, closed } of held) {
      write(end);
      expect(statusesIn(await closed)).toEqual([200]);
    }
  });
});
