import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import {
  getOf,
  type PacedServer,
  postOf,
  type RawConnection,
  statusesIn,
  upgradeOf,
} from '../connections/paced-server.ts';

/** Ways to end a connection. */
const endings: Readonly<Record<string, (connection: RawConnection) => unknown>> = {
  'closes it': ({ socket }) => socket.destroy(),
  'breaks it off': ({ socket }) => socket.resetAndDestroy(),
  'closes its half': ({ socket }) => {
    socket.end();
    // In the end nobody is there any more.
    setTimeout(() => socket.destroy(), 50);
  },
};

const events = 'Accept: text/event-stream\r\n';
const poll = { timeout: 10_000, interval: 5 };

/** Sends a text, and waits for the beginning of what comes back. */
const sent =
  (text: string, answer: string | RegExp) =>
  async ({ connect }: PacedServer) => {
    const connection = connect(text);
    await expect.poll(connection.text, poll).toMatch(answer);
    return connection;
  };

/** Sends a text to which nothing is answered yet, and waits for it to leave. */
const silent =
  (text: string) =>
  async ({ connect }: PacedServer) => {
    const connection = connect(text);
    await once(connection.socket, 'connect');
    await expect.poll(() => connection.socket.writableLength, poll).toBe(0);
    return connection;
  };

async function reserve({ connect }: PacedServer): Promise<string> {
  const { closed } = connect('PUT /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  const [token] = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}(?=\r\n0\r\n|$)/.exec(await closed) ?? [];
  if (token === undefined) throw new Error('No stream could be reserved.');
  return `X-GraphQL-Event-Stream-Token: ${token}\r\n`;
}

const openStream = (token: string) => `GET /graphql HTTP/1.1\r\nHost: localhost\r\n${token}\r\n`;
const operationOf = (query: string, id: string) => JSON.stringify({ query, extensions: { operationId: id } });

async function streamWith(server: PacedServer, query: string): Promise<RawConnection> {
  const token = await reserve(server);
  const stream = await sent(openStream(token), ':\n\n')(server);
  server.connect(postOf(operationOf(query, 'a'), `${token}Connection: close\r\n`));
  return stream;
}

/** What is going on at a connection when its client leaves. */
const moments: Readonly<Record<string, (server: PacedServer) => Promise<RawConnection>>> = {
  'before a request': silent(''),
  'within the head of a request': silent('GET /graphql HTTP/1.1\r\nHost: loc'),
  'within a body': silent(`${postOf('{"query":').replace(/Length: \d+/, 'Length: 50')}`),
  'within a body in chunks': silent(
    `${postOf('').replace('Content-Length: 0', 'Transfer-Encoding: chunked')}5\r\n{"que`,
  ),
  'while an operation runs': silent(getOf('{ wait }')),
  'within a large response': async ({ connect }) => {
    const connection = connect();
    connection.socket.pause().write(getOf('{ text(size: 9000000) }'));
    await expect.poll(() => connection.socket.bytesRead, poll).toBeGreaterThanOrEqual(0);
    return connection;
  },
  'between requests': sent(getOf('{ hello }'), 'Hello'),
  'with further requests waiting': silent(getOf('{ wait }').repeat(5)),
  'with further subscriptions waiting': silent(getOf('subscription { ticks }', events).repeat(5)),
  'while a subscription goes on': sent(getOf('subscription { ticks }', events), 'event: next'),
  'with a stream reserved': async (server) => {
    await reserve(server);
    return silent('')(server);
  },
  'with a stream open': async (server) => sent(openStream(await reserve(server)), ':\n\n')(server),
  'with an operation on a stream': (server) => streamWith(server, '{ wait }'),
  'with a subscription on a stream': async (server) => {
    const stream = await streamWith(server, 'subscription { ticks }');
    await expect.poll(stream.text, poll).toContain('event: next');
    return stream;
  },
  'when a WebSocket is refused': sent(upgradeOf(undefined, '/other'), '404'),
  'when a WebSocket of another site is refused': sent(
    upgradeOf('Host: localhost\r\nOrigin: http://evil.example\r\n'),
    '403',
  ),
  'when another protocol is offered': sent(upgradeOf().replace('websocket', 'h2c'), /HTTP\/1\.1 \d/),
  'before a WebSocket has said who it is': sent(upgradeOf(), '101'),
  'within a frame of a WebSocket': async (server) => {
    const connection = await sent(upgradeOf(), '101')(server);
    connection.socket.write(Buffer.from([0x81, 0xfe, 0x10, 0x00, 1, 2, 3, 4, 5]));
    return connection;
  },
};

/** Ways to leave a WebSocket that has said who it is, by what runs on it. */
const onSockets: Readonly<Record<string, string | undefined>> = {
  'with nothing on a WebSocket': undefined,
  'with an operation on a WebSocket': '{ wait }',
  'with a subscription on a WebSocket': 'subscription { ticks }',
  'within a large response on a WebSocket': '{ text(size: 9000000) }',
};

async function leaveSocket({ origin }: PacedServer, query: string | undefined, isClean: boolean): Promise<void> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  socket.on('error', () => {});
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  await once(socket, 'message');
  if (query !== undefined) socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
  const closed = once(socket, 'close');
  if (isClean) socket.close();
  else socket.terminate();
  await closed;
}

export type Departure = readonly [name: string, leave: (server: PacedServer) => Promise<unknown>];

/** Each way to come and go. */
export const departures: readonly Departure[] = [
  ...Object.entries(moments).flatMap(([moment, open]) =>
    Object.entries(endings).map(
      ([ending, end]): Departure => [
        `${ending} ${moment}`,
        async (server) => {
          const connection = await open(server);
          end(connection);
          await connection.closed;
        },
      ],
    ),
  ),
  ...Object.entries(onSockets).flatMap(([moment, query]) =>
    [true, false].map(
      (isClean): Departure => [
        `${isClean ? 'closes' : 'breaks off'} ${moment}`,
        (server) => leaveSocket(server, query, isClean),
      ],
    ),
  ),
];

/** How many of everything that is limited there are, as a test sets them. */
export const CAPACITY = 40;
const capacity = { each: CAPACITY, all: CAPACITY };

/** Limits that are soon met where anything is left behind. */
export const tightLimits = {
  connections: capacity,
  webSockets: capacity,
  eventStreams: capacity,
  subscriptions: capacity,
};

/** Kinds of what keeps a process busy, with how many there are of each that a connection or an operation has. */
export function activeResources(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = { TCPSocketWrap: 0, Timeout: 0 };
  for (const name of process.getActiveResourcesInfo()) {
    if (Object.hasOwn(counts, name)) counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** Waits until no more is active than before. */
export async function settle(before: ReturnType<typeof activeResources>): Promise<void> {
  const left = () => Object.entries(activeResources()).filter(([name, count]) => count > (before[name] ?? 0));
  for (const end = performance.now() + 20_000; performance.now() < end && left().length > 0; ) await pause(20);
  expect(left()).toEqual([]);
}

/** Takes all there is of everything: what somebody left behind would be missing. */
export async function takeAll(server: PacedServer): Promise<void> {
  const { connect, running } = server;
  const put = 'PUT /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
  for (let count = 0; count < CAPACITY; count += 1) {
    // Reservations that nobody opens are given up after ten seconds.
    await expect
      .poll(async () => statusesIn(await connect(put).closed), { timeout: 20_000, interval: 100 })
      .toEqual([201]);
  }
  const subscriptions: RawConnection[] = [];
  // One after the other, since only some of them may wait for their turn at the same time.
  for (let count = 1; count <= CAPACITY; count += 1) {
    subscriptions.push(connect(getOf('subscription { ticks }', events)));
    await expect.poll(() => running.subscriptions, poll).toBe(count);
  }
  for (const { socket } of subscriptions) socket.resetAndDestroy();
  await expect.poll(() => running.subscriptions, poll).toBe(0);
  const sockets = Array.from({ length: CAPACITY }, () => connect(upgradeOf()));
  for (const { text } of sockets) await expect.poll(() => statusesIn(text()), poll).toEqual([101]);
  for (const { socket } of sockets) socket.resetAndDestroy();
}
