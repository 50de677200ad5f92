import { describe, expect, it } from 'vitest';
import { getOf, postOf, startPaced, statusesIn, upgradeOf } from './paced-server.ts';

const last = 'Connection: close\r\n';

describe('requests that come before the response to the one before them', () => {
  it('are answered in their order, whatever they are', async () => {
    const { connect, running } = await startPaced();
    const { closed } = connect(
      `${getOf('{ a: hello }')}${postOf('{"query":"{ b: hello }"}')}${getOf('{ c: nothing }')}${getOf('{ d: hello }', last)}`,
    );
    const text = await closed;
    expect(statusesIn(text)).toEqual([200, 200, 200, 200]);
    expect(text).toMatch(/"a":"Hello".*"b":"Hello".*GRAPHQL_VALIDATION_FAILED.*"d":"Hello"/s);
    expect(running.begun).toBe(3);
  });

  it('begin once the client has taken the response before', async () => {
    const { connect, running } = await startPaced();
    const { socket, closed } = connect();
    socket.pause();
    socket.write(Array.from({ length: 9 }, () => getOf('{ text(size: 9000000) }')).join('') + getOf('{ hello }', last));
    await expect.poll(() => running.begun).toBe(1);
    // Those of the same connection would have begun long since when others were answered.
    for (let turn = 0; turn < 10; turn += 1)
      expect(statusesIn(await connect(getOf('{ hello }', last)).closed)).toEqual([200]);
    expect(running.begun).toBe(11);
    socket.resume();
    expect(statusesIn(await closed)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(running.begun).toBe(20);
  });

  it('never begin when their client has left', async () => {
    const { connect, running } = await startPaced();
    const { socket } = connect(getOf('{ wait }').repeat(5));
    await expect.poll(() => running.waiting).toBe(1);
    socket.resetAndDestroy();
    await expect.poll(() => running.waiting).toBe(0);
    expect(statusesIn(await connect(getOf('{ hello }', last)).closed)).toEqual([200]);
    expect(running.begun).toBe(2);
  });

  it('are at most ten, and the connection is cut with the eleventh', async () => {
    const { connect, running } = await startPaced();
    const { write, closed } = connect(getOf('{ wait }').repeat(11));
    await expect.poll(() => running.waiting).toBe(1);
    write(getOf('{ hello }'));
    expect(await closed).toBe('');
    await expect.poll(() => running.waiting).toBe(0);
    expect(running.begun).toBe(1);
  });

  it('wait behind a stream of events, and never begin', async () => {
    const { connect, running } = await startPaced();
    const events = 'Accept: text/event-stream\r\n';
    const { socket, text, write } = connect(getOf('subscription { ticks }', events));
    await expect.poll(text).toContain('event: next');
    write(getOf('{ hello }'));
    expect(statusesIn(await connect(getOf('{ hello }', last)).closed)).toEqual([200]);
    socket.destroy();
    await expect.poll(() => running.subscriptions).toBe(0);
    // The one on the other connection.
    expect(running.begun).toBe(1);
  });

  it('leave nothing behind as subscriptions, however many come', async () => {
    const { connect, running, metrics } = await startPaced();
    for (let turn = 0; turn < 20; turn += 1) {
      const { socket, closed } = connect(getOf('subscription { ticks }', 'Accept: text/event-stream\r\n').repeat(11));
      await expect.poll(() => running.subscriptions).toBe(1);
      socket.resetAndDestroy();
      await closed;
      await expect.poll(() => running.subscriptions).toBe(0);
    }
    await expect.poll(() => metrics.text()).toMatch(/^silkgraph_subscriptions 0$/m);
  });

  it.each([
    ['websocket', upgradeOf()],
    ['h2c', upgradeOf().replace('websocket', 'h2c')],
  ])('may not change the protocol meanwhile, to %s', async (_, upgrade) => {
    const { connect, running } = await startPaced();
    const { write, closed } = connect(getOf('{ wait }'));
    await expect.poll(() => running.waiting).toBe(1);
    write(upgrade);
    expect(await closed).toBe('');
    await expect.poll(() => running.waiting).toBe(0);
  });
});
