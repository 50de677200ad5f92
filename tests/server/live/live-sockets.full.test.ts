import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createConnection, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { anonymous } from '../../../src/engine/access/viewer.ts';
import type { Listening } from '../../../src/server/connections/listen.ts';
import { createLiveSockets, type LiveSocketOptions } from '../../../src/server/live/live-sockets.ts';
import type { ServerOptions } from '../../../src/service/server.ts';
import { startPaced } from '../connections/paced-server.ts';
import { createTinyServer } from '../tiny-server.ts';

const open: Listening[] = [];
afterEach(async () => {
  for (const listening of open.splice(0)) await listening.close(0);
});

async function start(options: Partial<ServerOptions> = {}) {
  const tiny = createTinyServer(options);
  const listening = await tiny.server.listen(0, '127.0.0.1');
  open.push(listening);
  return { ...tiny, ...listening, port: Number(new URL(listening.origin).port) };
}

/** The sockets alone, at a port. */
async function startSockets(times: Pick<LiveSocketOptions, 'messageLimit' | 'messageTimeout' | 'pingInterval'>) {
  const unfinished = 100 * times.messageLimit;
  const sockets = createLiveSockets({
    path: '/graphql',
    limits: { webSockets: { each: 1_000, all: 1_000 }, unfinishedBytes: { each: unfinished, all: unfinished } },
    proxies: 0,
    unsent: { recount: () => {} },
    waitingFor: () => undefined,
    answer: async () => new Response(null, { status: 500 }),
    authenticator: { authenticate: async () => anonymous },
    origins: [],
    refusals: { refused: () => {} },
    answerLimit: 1_000_000,
    log: pino({ level: 'silent' }),
    ...times,
  });
  const server = createServer().on('upgrade', sockets.upgrade).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async () => {
    sockets.cut();
    server.close();
  };
  open.push({ origin, drain: () => {}, close });
  return { sockets, origin };
}

type Message = Record<string, unknown> & { readonly type: string; readonly payload?: unknown };

/** A socket that speaks the protocol by hand. */
async function connect(origin: string, { path = '/graphql', protocol = 'graphql-transport-ws', ...options } = {}) {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}${path}`, protocol === '' ? [] : protocol, options);
  const messages: Message[] = [];
  const waiting: ((message: Message) => void)[] = [];
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as Message;
    const next = waiting.shift();
    if (next) next(message);
    else messages.push(message);
  });
  const closed = new Promise<string>((resolve) => {
    socket.once('close', (code, reason) => resolve(`${code} ${reason}`.trim()));
  });
  socket.on('error', () => {});
  await Promise.race([new Promise((resolve) => socket.once('open', resolve)), closed]);
  return {
    socket,
    closed,
    send: (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    next: () =>
      new Promise<Message>((resolve) => {
        const message = messages.shift();
        if (message) resolve(message);
        else waiting.push(resolve);
      }),
  };
}

type Connected = Awaited<ReturnType<typeof connect>>;

async function greet({ send, next }: Connected, payload?: unknown) {
  send({ type: 'connection_init', ...(payload === undefined ? {} : { payload }) });
  expect(await next()).toEqual({ type: 'connection_ack' });
}

/** What a socket is refused with before it is one. */
const refusedWith = (origin: string, path: string, headers: Record<string, string> = {}) =>
  new Promise<string>((resolve) => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}${path}`, 'graphql-transport-ws', { headers });
    socket.once('open', () => {
      socket.terminate();
      resolve('open');
    });
    socket.once('unexpected-response', (_, response) => {
      let text = '';
      response.on('data', (part) => {
        text += part;
      });
      response.on('end', () => resolve(`${response.statusCode} ${JSON.parse(text).errors[0].message}`));
    });
    socket.once('error', (error) => resolve(error.message));
  });

const ask = (query: string, id = '1', more: Record<string, unknown> = {}) => ({
  id,
  type: 'subscribe',
  payload: { query, ...more },
});

describe('an operation over a WebSocket', () => {
  it('is answered as over plain HTTP, and completed', async () => {
    const { origin } = await start();
    const connected = await connect(origin);
    await greet(connected);
    connected.send(ask('query ($name: String) { hello(name: $name) }', 'a', { variables: { name: '网络' } }));
    expect(await connected.next()).toEqual({ id: 'a', type: 'next', payload: { data: { hello: 'Hello 网络' } } });
    expect(await connected.next()).toEqual({ id: 'a', type: 'complete' });
    connected.send(ask('mutation { greet }', 'b'));
    expect(await connected.next()).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  it.each([
    ['{ hello', 'GRAPHQL_PARSE_FAILED'],
    ['{ helo }', 'GRAPHQL_VALIDATION_FAILED'],
    [`{ ${Array.from({ length: 400 }, (_, index) => `a${index}: hello`).join(' ')} }`, 'LIMIT_EXCEEDED'],
    [`{ hello(name: ${'['.repeat(200)}${']'.repeat(200)}) }`, 'LIMIT_EXCEEDED'],
    ['query ($times: Int) { hello(times: $times) }', 'BAD_USER_INPUT'],
    ['query A { hello } query B { hello }', 'BAD_USER_INPUT'],
  ])('that is refused over plain HTTP is refused with the same words: %.30s', async (query, code) => {
    const { origin, ask: askPlainly } = await start();
    const connected = await connect(origin);
    await greet(connected);
    const variables = { times: 'many' };
    connected.send(ask(query, '1', { variables }));
    const { body } = await askPlainly(query, variables);
    expect(await connected.next()).toEqual({ id: '1', type: 'error', payload: body.errors });
    expect(body.errors[0].extensions.code).toBe(code);
  });

  it('that fails tells its code and no more than over plain HTTP', async () => {
    const { origin } = await start();
    const connected = await connect(origin);
    await greet(connected);
    connected.send(ask('{ fails hello }'));
    const { payload } = await connected.next();
    expect(payload).toMatchObject({
      data: { fails: null, hello: 'Hello you' },
      errors: [{ path: ['fails'], extensions: { code: 'INTERNAL_SERVER_ERROR', errorId: expect.any(String) } }],
    });
    expect(JSON.stringify(payload)).not.toMatch(/secret|unexpected|"http"/);
  });

  it('waits until the server is ready', async () => {
    const { origin } = await start({
      readiness: { waitingFor: () => 'An import runs.', check: async () => undefined },
    });
    const { closed } = await connect(origin);
    expect(await closed).toBe('1013 An import runs. Try again in a moment.');
  });

  it('counts as a request of its caller', async () => {
    const { origin } = await start({ rateLimit: { requests: 2, seconds: 60 } });
    const connected = await connect(origin);
    await greet(connected);
    for (const id of ['1', '2', '3']) connected.send(ask('{ hello }', id));
    const all = [];
    while (all.length < 5) all.push(await connected.next());
    expect(all.filter(({ type }) => type === 'next')).toHaveLength(2);
    expect(all.find(({ type }) => type === 'error')).toMatchObject({
      payload: [{ extensions: { code: 'RATE_LIMITED' } }],
    });
  });

  it('is one of at most a hundred on its connection', async () => {
    const { origin, running } = await startPaced({ concurrency: 200 });
    const connected = await connect(origin);
    await greet(connected);
    for (let id = 1; id <= 101; id++) connected.send(ask('subscription { ticks }', String(id)));
    const answers = [];
    while (answers.length < 101) answers.push(await connected.next());
    expect(answers.filter(({ type }) => type !== 'next')).toMatchObject([
      { id: '101', type: 'error', payload: [{ extensions: { code: 'LIMIT_EXCEEDED' } }] },
    ]);
    expect(running.subscriptions).toBe(100);
    connected.socket.terminate();
    await expect.poll(() => running.subscriptions).toBe(0);
  });

  it('begins when fewer than five others of its connection are being answered', async () => {
    const { origin, running } = await startPaced();
    const connected = await connect(origin);
    await greet(connected);
    for (let id = 1; id <= 8; id++) connected.send(ask('{ wait }', String(id)));
    await expect.poll(() => running.waiting).toBe(5);
    // What is said of operations is heard meanwhile.
    connected.send({ type: 'ping' });
    expect(await connected.next()).toEqual({ type: 'pong' });
    expect(running.begun).toBe(5);
    connected.socket.terminate();
    await connected.closed;
    await expect.poll(() => running.waiting).toBe(0);
    expect(running.begun).toBe(5);
  });

  it('begins when the client has taken enough of the results before, and all are answered in the end', async () => {
    const { origin, running } = await startPaced({
      callerLimits: { unsentBytes: { each: 200_000_000, all: 200_000_000 } },
    });
    const connected = await connect(origin);
    await greet(connected);
    connected.socket.pause();
    // They arrive together. The first result is more than the buffers of a connection hold, so that none behind it leaves.
    const { _socket: wire } = connected.socket as unknown as { readonly _socket: Socket };
    wire.cork();
    for (let id = 1; id <= 20; id++)
      connected.send(ask(`{ text(size: ${id === 1 ? 12_000_000 : 1_000}) }`, String(id)));
    wire.uncork();
    await expect.poll(() => running.begun).toBe(5);
    for (let turn = 0; turn < 10; turn += 1) await fetch(`${origin}/health`);
    expect(running.begun).toBe(5);
    connected.socket.resume();
    for (let completed = 0; completed < 20; ) {
      const { type, payload } = await connected.next();
      expect(type, JSON.stringify(payload)).not.toBe('error');
      if (type === 'complete') completed += 1;
    }
    expect(running.begun).toBe(20);
  });
});

describe('a connection', () => {
  it.each<[string, unknown[], string]>([
    ['asks before it says who it is', [ask('{ hello }')], '4401 Unauthorized'],
    [
      'says twice who it is',
      [{ type: 'connection_init' }, { type: 'connection_init' }],
      '4429 Too many initialisation requests',
    ],
    ['sends no JSON', ['{'], '4400 Invalid message received'],
    ['sends another message', [{ type: 'connection_init' }, { type: 'other' }], '4400 Invalid message received'],
    ['sends what is too large', [{ type: 'connection_init', payload: { text: 'x'.repeat(1_100_000) } }], '1009'],
  ])('that %s is closed', async (_, messages, reason) => {
    const { origin } = await start();
    const { send, closed } = await connect(origin);
    for (const message of messages) send(message);
    expect(await closed).toBe(reason);
  });

  it('that gives two operations one name is closed', async () => {
    const { origin } = await start();
    const connected = await connect(origin);
    await greet(connected);
    for (const message of [ask('{ wait }'), ask('{ wait }')]) connected.send(message);
    expect(await connected.closed).toBe('4409 Subscriber for 1 already exists');
  });

  it('that does not say who it is is let go', async () => {
    const { origin } = await start();
    expect(await (await connect(origin)).closed).toBe('4408 Connection initialisation timeout');
  });

  it.each(['', 'graphql-ws'])('of another protocol (%j) is refused', async (protocol) => {
    const { origin } = await start();
    expect(await (await connect(origin, { protocol })).closed).toMatch(/^(4406|1006)/);
  });

  it('is taken at one path, and from pages of this site and of those that are allowed', async () => {
    const { origin } = await start({ corsOrigins: ['https://friend.example'] });
    expect(await refusedWith(origin, '/other')).toBe('404 WebSockets are accepted at /graphql.');
    expect(await refusedWith(origin, '/graphql', { origin })).toBe('open');
    expect(await refusedWith(origin, '/graphql', { origin: 'https://friend.example' })).toBe('open');
    for (const foreign of ['https://evil.example', 'null', `${origin}.evil.example`]) {
      expect(await refusedWith(origin, '/graphql', { origin: foreign })).toBe(
        '403 Pages of this origin may not connect to this server.',
      );
    }
  });

  it.each(['api_key=some', 'access_token=some', 'token=some', 'x=Bearer%20eyJhbGciOiJub25lIn0.e30.'])(
    'is refused with a key in its address, which is to be revoked: %s',
    async (parameter) => {
      const { origin } = await start();
      expect(await refusedWith(origin, `/graphql?${parameter}`)).toMatch(/^401 .*header Authorization.*revoked/);
      expect(await refusedWith(origin, '/graphql?version=1')).toBe('open');
    },
  );

  it('is refused with more parameters in its address than are decoded', async () => {
    const { origin } = await start();
    const path = `/graphql?a=1${'&a=%22%'.repeat(100)}`;
    expect(await refusedWith(origin, path)).toMatch(/^400 A URL may have up to 100 parameters\./);
    expect(await refusedWith(origin, `/graphql?a=1${'&a=1'.repeat(99)}`)).toBe('open');
  });

  it('of a host that is none is refused, and harms nobody', async () => {
    const { origin } = await start();
    expect(await refusedWith(origin, '/graphql', { host: '[' })).toBe('400 The URL of this request is malformed.');
    expect(await refusedWith(origin, '/graphql')).toBe('open');
  });

  it('is told that the server goes away', async () => {
    const { origin, close } = await start();
    const connected = await connect(origin);
    await greet(connected);
    const closing = close();
    expect(await connected.closed).toBe('1001 The server is stopping. Connect again.');
    await closing;
  });

  it('is kept until what runs on it has ended and is answered, while others are let go at once', async () => {
    const { origin, contexts, close } = await start();
    const [busy, idle] = [await connect(origin), await connect(origin)];
    await greet(busy);
    busy.send(ask('{ later(milliseconds: 2000) }'));
    await expect.poll(() => contexts.length).toBe(1);
    const begun = performance.now();
    const closing = close();
    expect(await idle.closed).toBe('1001 The server is stopping. Connect again.');
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(await busy.next()).toEqual({ id: '1', type: 'next', payload: { data: { later: 'at last' } } });
    expect(await busy.next()).toEqual({ id: '1', type: 'complete' });
    expect(await busy.closed).toBe('1001 The server is stopping. Connect again.');
    await closing;
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it('is cut when what runs on it takes longer than the grace', async () => {
    const { origin, contexts, close } = await start();
    const connected = await connect(origin);
    await greet(connected);
    connected.send(ask('{ wait }'));
    await expect.poll(() => contexts.length).toBe(1);
    const begun = performance.now();
    await close(200);
    expect(performance.now() - begun).toBeLessThan(1_000);
    await connected.closed;
    await expect.poll(() => contexts[0]?.signal?.aborted).toBe(true);
  });

  it('of a client that does not close holds the server up no longer than its grace', async () => {
    const { origin, port, close } = await start();
    const key = Buffer.from('0123456789abcdef').toString('base64');
    const socket = createConnection(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(
      `GET /graphql HTTP/1.1\r\nHost: ${new URL(origin).host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`,
    );
    await once(socket, 'data');
    const begun = performance.now();
    await close(200);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  it('is asked whether it still is there, and cut when it is not', async () => {
    const { sockets, origin } = await startSockets({ messageLimit: 1_000, messageTimeout: 30_000, pingInterval: 50 });
    const lively = await connect(origin);
    let pings = 0;
    lively.socket.on('ping', () => {
      pings += 1;
    });
    const dead = await connect(origin, { autoPong: false } as never);
    expect(await dead.closed).toBe('1006');
    await expect.poll(() => pings).toBeGreaterThan(3);
    expect(sockets.count).toBe(1);
    sockets.cut();
    await lively.closed;
    await expect.poll(() => sockets.count).toBe(0);
  });
});

describe('a message that does not end', () => {
  const pieces = { fin: false } as const;

  it('is waited for only so long, where it is no small one', async () => {
    const { origin, sockets } = await startSockets({ messageLimit: 100_000, messageTimeout: 300, pingInterval: 50 });
    const [large, small, whole, pinging] = await Promise.all([1, 2, 3, 4].map(() => connect(origin)));
    if (!large || !small || !whole || !pinging) throw new Error('Not all are connected.');
    for (const connected of [large, small, whole, pinging]) await greet(connected);
    const begun = performance.now();
    large.socket.send(`{"type":"ping"${' '.repeat(20_000)}`, pieces);
    small.socket.send(`{"type":"ping"${' '.repeat(10_000)}`, pieces);
    // Control frames may stand between the pieces of a message, and are none of them.
    for (let count = 0; count < 200; count += 1) pinging.socket.pong('x'.repeat(125));
    const sending = setInterval(() => {
      whole.socket.send(`{"type":"ping"${' '.repeat(20_000)}`, pieces);
      whole.socket.send('}');
    }, 20);
    try {
      expect(await large.closed).toBe('1006');
      expect(performance.now() - begun).toBeGreaterThan(290);
      // One every 20 ms: twice the time for which one message is waited for.
      for (let pongs = 0; pongs < 45; pongs += 1) expect(await whole.next()).toEqual({ type: 'pong' });
      expect(sockets.count).toBe(3);
    } finally {
      clearInterval(sending);
    }
    small.socket.send('}');
    expect(await small.next()).toEqual({ type: 'pong' });
  });

  it('is waited for only so long, also where it begins right behind another', async () => {
    const { origin } = await startSockets({ messageLimit: 100_000, messageTimeout: 300, pingInterval: 50 });
    const connected = await connect(origin);
    await greet(connected);
    const { _socket: wire } = connected.socket as unknown as { readonly _socket: Socket };
    wire.cork();
    connected.send({ type: 'ping' });
    connected.socket.send('x'.repeat(30_000), pieces);
    wire.uncork();
    expect(await connected.next()).toEqual({ type: 'pong' });
    expect(await connected.closed).toBe('1006');
  });

  it('has room beside a hundred of the largest; beyond, those that hold the most are cut', async () => {
    const { origin, sockets } = await startSockets({
      messageLimit: 20_000,
      messageTimeout: 30_000,
      pingInterval: 10_000,
    });
    const small = await connect(origin);
    await greet(small);
    small.socket.send(`{"type":"ping"${' '.repeat(10_000)}`, pieces);
    const open = async (bytes: number) => (await connect(origin)).socket.send('x'.repeat(bytes), pieces);
    await Promise.all(Array.from({ length: 100 }, () => open(19_000)));
    await pause(200);
    expect(sockets.count).toBe(101);
    await Promise.all(Array.from({ length: 20 }, () => open(19_500)));
    // 2,000,000 bytes are those of 104 of them and the small one.
    await expect.poll(() => sockets.count).toBeLessThanOrEqual(105);
    expect(sockets.count).toBeGreaterThan(95);
    small.socket.send('}');
    expect(await small.next()).toEqual({ type: 'pong' });
    sockets.cut();
    await expect.poll(() => sockets.count).toBe(0);
    const next = await connect(origin);
    await greet(next);
    next.socket.send(`{"type":"ping"${' '.repeat(19_000)}`, pieces);
    await pause(100);
    next.socket.send('}');
    expect(await next.next()).toEqual({ type: 'pong' });
  });
});

describe('a client that asks on and on without reading', () => {
  it('is not read from until it reads, and then loses nothing', async () => {
    const { origin } = await start();
    const connected = await connect(origin);
    await greet(connected);
    const { socket } = connected;
    let pongs = 0;
    socket.on('message', () => {
      pongs += 1;
    });
    socket.pause();
    const payload = { text: 'x'.repeat(10_000) };
    for (let count = 0; count < 2_000; count += 1) connected.send({ type: 'ping', payload });
    let before = Number.NaN;
    // What the network holds is soon full, and nothing more leaves.
    await expect
      .poll(
        () => {
          const [last, now] = [before, socket.bufferedAmount];
          before = now;
          return last === now;
        },
        { timeout: 10_000, interval: 300 },
      )
      .toBe(true);
    expect(socket.bufferedAmount).toBeGreaterThan(8_000_000);
    socket.resume();
    await expect.poll(() => pongs, { timeout: 60_000 }).toBe(2_000);
    socket.terminate();
  }, 90_000);
});

describe('a client that offers another protocol than a WebSocket', () => {
  it('is answered as if it had not, and keeps its connection', async () => {
    const { port } = await start();
    const body = '{"query":"{ hello }"}';
    const request = (more: string) =>
      `POST /graphql HTTP/1.1\r\nHost: h\r\n${more}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    let answer = '';
    const socket = createConnection(port, '127.0.0.1');
    socket.setEncoding('utf8').on('data', (part) => {
      answer += part;
    });
    socket.write(request('Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n'));
    await expect.poll(() => answer).toContain('Hello you');
    socket.write(request('Connection: close\r\n'));
    await once(socket, 'close');
    expect(answer.match(/HTTP\/1.1 200 /g)).toHaveLength(2);
  });
});
