import { request as httpRequest } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { AccessRefused } from '../../../src/engine/access/access-refused.ts';
import type { Authenticator } from '../../../src/engine/access/authenticator.ts';
import type { Access } from '../../../src/server/access/access.ts';
import { changedGraph, create, link } from '../../engine/changes/changed-graph.ts';
import {
  type Headers,
  type LiveClient,
  type LiveServer,
  liveServers,
  take,
  transports,
} from '../../setup/live-server.ts';

const changed = changedGraph();
const start = liveServers();

const FOLLOW = `subscription ($after: String, $kinds: [EntityKind!], $ids: [ID!]) {
  changes(after: $after, kinds: $kinds, ids: $ids) {
    __typename
    ... on Change { sequence cursor author action }
    ... on EntityChange { slug revision after entity { slug name } }
    ... on Lagged { cursor behind }
  }
}`;

const follow = (client: LiveClient, variables: Record<string, unknown> = {}) =>
  client.iterate({ query: FOLLOW, variables });

const cursorAt = (sequence: number) => Buffer.from(JSON.stringify(['changes', sequence])).toString('base64url');

const sequencesOf = (results: readonly { data?: { changes: { sequence: number } } }[]) =>
  results.map(({ data }) => data?.changes.sequence);

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

const writeLabs = async (from: number, to: number) => {
  for (const number of numbers(from, to)) await changed.change([create('Lab', `lab-${number}`)]);
};

const followers = (server: LiveServer, count: number) =>
  vi.waitFor(() => expect(server.feed.followers).toBe(count), { timeout: 5_000, interval: 5 });

describe.each(Object.entries(transports))('changes over %s', (_, connect) => {
  it('come replayed, then live, in order and once, with the entity as it is now', async () => {
    const server = await start(changed.graph);
    await writeLabs(1, 3);
    const client = connect(server);
    const [replayed, live] = [follow(client, { after: cursorAt(1) }), follow(client)];
    expect((await take(replayed, 2)).map(({ data }) => data.changes)).toMatchObject([
      { __typename: 'EntityChange', sequence: 2, slug: 'lab-2', action: 'CREATED', revision: 1, author: 'tester' },
      { sequence: 3, slug: 'lab-3', entity: { slug: 'lab-3', name: 'The Lab lab-3' }, after: { status: 'PLANNED' } },
    ]);
    const next = [take(replayed, 1), take(live, 1)];
    await followers(server, 2);
    await writeLabs(4, 4);
    for (const events of await Promise.all(next)) expect(sequencesOf(events)).toEqual([4]);
    client.dispose();
    await followers(server, 0);
  });

  it('are those of the kinds and entities asked for, and of their relations', async () => {
    const server = await start(changed.graph);
    const client = connect(server);
    const kinds = take(follow(client, { after: cursorAt(0), kinds: ['AREA'] }), 2);
    const ids = take(follow(client, { after: cursorAt(0), ids: ['lab-2'] }), 2);
    await followers(server, 2);
    await writeLabs(1, 2);
    await changed.change([
      create('Area', 'area'),
      link('RESEARCHES', 'lab-2', 'area'),
      link('RESEARCHES', 'lab-1', 'area'),
    ]);
    expect(sequencesOf(await kinds)).toEqual([3, 4]);
    expect(sequencesOf(await ids)).toEqual([2, 4]);
    client.dispose();
  });

  it('stop at once when the reader leaves, thirty times over', async () => {
    const server = await start(changed.graph);
    const client = connect(server);
    for (const round of numbers(1, 3)) {
      const all = numbers(1, 10).map(() => follow(client, { after: cursorAt(0) }));
      const firsts = all.map((results) => take(results, 1));
      await followers(server, 10);
      await writeLabs(round, round);
      await Promise.all(firsts);
      await Promise.all(all.map((results) => results.return?.()));
      await followers(server, 0);
    }
    client.dispose();
  });

  it('are refused with a code for a cursor that is broken, of another list, or beyond the end', async () => {
    const server = await start(changed.graph);
    const client = connect(server);
    const foreign = Buffer.from(JSON.stringify(['history lab', 1])).toString('base64url');
    for (const after of ['broken', foreign, cursorAt(1), cursorAt(-1), cursorAt(0.5)]) {
      expect(await refusalOf(follow(client, { after }))).toMatch(/INVALID_CURSOR|400/);
    }
    expect(server.feed.followers).toBe(0);
    client.dispose();
  });

  it('are interrupted, not completed, when the server ends, which does not wait for them', async () => {
    const server = await start(changed.graph);
    const client = connect(server);
    const results = follow(client);
    const first = take(results, 1);
    await followers(server, 1);
    await writeLabs(1, 1);
    expect(sequencesOf(await first)).toEqual([1]);
    const rest = take(results, 1).then(
      () => 'completed',
      () => 'interrupted',
    );
    const begun = performance.now();
    await server.close();
    expect(performance.now() - begun).toBeLessThan(3_000);
    expect(await rest).toBe('interrupted');
    expect(server.feed.followers).toBe(0);
    client.dispose();
  });
});

/** What an operation is refused with, however its transport tells. */
async function refusalOf(results: AsyncIterator<{ errors?: unknown }>): Promise<string> {
  try {
    const { value, done } = await results.next();
    return done ? 'ended' : JSON.stringify(value);
  } catch (error) {
    // graphql-ws tells of a connection that was closed by the event itself.
    const { code, reason, message } = Object(error);
    return code === undefined ? (message ?? JSON.stringify(error)) : `${code} ${reason}`;
  }
}

describe('a reader who is cut off again and again', () => {
  it('gets exactly the log, on whatever server and by whatever transport they resume', async () => {
    const servers = [await start(changed.graph), await start(changed.another())];
    const connects = Object.values(transports);
    let isWriting = true;
    const writing = (async () => {
      for (let number = 1; isWriting; number++) await changed.change([create('Lab', `lab-${number}`)]);
    })();
    const got: number[] = [];
    let after = cursorAt(0);
    for (const round of numbers(1, 21)) {
      const server = servers[round % 2] as LiveServer;
      const client = connects[round % 3]?.(server) as LiveClient;
      for (const { data } of await take(follow(client, { after }), 1 + (round % 5))) {
        got.push(data.changes.sequence);
        after = data.changes.cursor;
      }
      client.dispose();
    }
    isWriting = false;
    await writing;
    // So that something is left to read.
    await changed.change([create('Source', 'the-last')]);
    const total = (await changed.log()).length;
    const client = connects[0]?.(servers[0] as LiveServer) as LiveClient;
    got.push(...sequencesOf(await take(follow(client, { after }), total - got.length)).map(Number));
    client.dispose();
    expect(got).toEqual(numbers(1, total));
    expect(total).toBeGreaterThan(21);
    for (const server of servers) await followers(server, 0);
  });
});

describe('two servers on one database', () => {
  it('hear of each other’s changes', async () => {
    const [one, other] = [changed.graph, changed.another()];
    const servers = [await start(one, { access: access('open') }), await start(other, { access: access('open') })];
    const clients = servers.map((server) => transports['graphql-ws']?.(server) as LiveClient);
    const events = clients.map((client) => take(follow(client), 2));
    for (const server of servers) await followers(server, 1);
    for (const [index, { graphql }] of servers.entries()) {
      const query = `mutation { createSource: create(input: { entity: { source: { slug: "source-${index}", name: "A source", type: MEDIA, reliability: LOW } } }) { outcome errors { message } } }`;
      const response = await fetch(graphql, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...asEditor },
        body: JSON.stringify({ query }),
      });
      expect(await response.json()).toEqual({ data: { createSource: { outcome: 'CREATED', errors: [] } } });
    }
    for (const heard of await Promise.all(events)) {
      expect(heard.map(({ data }) => data.changes.slug)).toEqual(['source-0', 'source-1']);
    }
    for (const client of clients) client.dispose();
  });

  it('hear of their own at once', async () => {
    const server = await start(changed.graph, { access: access('open'), feedOptions: { interval: 60_000 } });
    const client = transports['graphql-ws']?.(server, asEditor) as LiveClient;
    const event = take(follow(client), 1);
    await followers(server, 1);
    const query = `mutation { createSource: create(input: { entity: { source: { slug: "source", name: "A source", type: MEDIA, reliability: LOW } } }) { outcome } }`;
    await take(client.iterate({ query }), 1);
    expect(sequencesOf(await event)).toEqual([1]);
    client.dispose();
  });
});

describe('a reader who does not read', () => {
  /** So much for each event that what the network holds for a reader is soon full. */
  const LARGE = `subscription {
    changes { __typename ... on Lagged { cursor behind } ... on EntityChange { sequence ${numbers(1, 40)
      .map((number) => `after${number}: after`)
      .join(' ')} } }
  }`;
  const COUNT = 50;

  const writeLarge = async () => {
    for (const number of numbers(1, COUNT)) {
      await changed.change([create('Program', `program-${number}`, { description: 'x'.repeat(10_000) })]);
    }
  };

  const expectLaggedAndAll = (events: readonly Record<string, unknown>[]) => {
    const lagged = events.findIndex((event) => event.__typename === 'Lagged');
    expect(lagged).toBeGreaterThan(0);
    expect(events[lagged]).toMatchObject({ cursor: cursorAt(lagged), behind: expect.any(Number) });
    const changes = events.filter((event) => event.__typename !== 'Lagged');
    expect(changes.map(({ sequence }) => sequence)).toEqual(numbers(1, COUNT));
  };

  const small = { feedOptions: { window: 4, pageSize: 2 } };

  it('is sent no more over a WebSocket, is told that they lag, and misses nothing', async () => {
    const server = await start(changed.graph, small);
    const socket = new WebSocket(server.socketAddress, 'graphql-transport-ws');
    const events: Record<string, unknown>[] = [];
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (message.type === 'connection_ack') {
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: LARGE } }));
      }
      if (message.type === 'next') events.push(message.payload.data.changes);
    });
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
    await followers(server, 1);
    socket.pause();
    await writeLarge();
    socket.resume();
    await vi.waitFor(() => expect(events.at(-1)).toMatchObject({ sequence: COUNT }), { timeout: 20_000 });
    expectLaggedAndAll(events);
    socket.terminate();
    await followers(server, 0);
  });

  it.each([false, true])('is sent no more over server-sent events, on one connection: %s', async (isShared) => {
    const server = await start(changed.graph, small);
    const headers: Record<string, string> = {};
    if (isShared) {
      const reserved = await fetch(server.graphql, { method: 'PUT' });
      headers['x-graphql-event-stream-token'] = await reserved.text();
    }
    const stream = httpRequest(server.graphql, {
      method: isShared ? 'GET' : 'POST',
      headers: { ...headers, accept: 'text/event-stream', 'content-type': 'application/json' },
    });
    const body = { query: LARGE, extensions: { operationId: 'some' } };
    stream.end(isShared ? undefined : JSON.stringify(body));
    let text = '';
    let resume = () => {};
    stream.on('response', (response) => {
      response.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      response.pause();
      resume = () => response.resume();
    });
    if (isShared) {
      const asked = await fetch(server.graphql, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect(asked.status).toBe(202);
    }
    await followers(server, 1);
    await writeLarge();
    resume();
    await vi.waitFor(() => expect(text).toMatch(new RegExp(`"sequence":${COUNT},.*\n(?:id: .*\n)?\n`)), {
      timeout: 20_000,
    });
    const events = [...text.matchAll(/^data: (\{.*\})\n/gm)].map(([, json = '']) => {
      const data = JSON.parse(json);
      return (data.payload ?? data).data.changes;
    });
    expectLaggedAndAll(events);
    stream.destroy();
    await followers(server, 0);
  });
});

const SOON = 1_500;

const authenticator: Authenticator = {
  async authenticate({ authorization, apiKey }) {
    const shown = apiKey ?? authorization?.replace('Bearer ', '');
    if (shown === undefined || shown === null) return { name: 'anonymous', role: null };
    if (shown === 'editor') return { name: 'eve', role: 'editor' };
    if (shown === 'short') return { name: 'bob', role: 'reader', expiresAt: Date.now() + SOON };
    throw new AccessRefused('This key is not known. Get another one.');
  },
};

const access = (reading: Access['reading']): Access => ({ authenticator, reading });

const asEditor = { authorization: 'Bearer editor' };

describe.each(Object.entries(transports))('who follows over %s', (name, connect) => {
  const isSocket = name === 'graphql-ws';

  it.each<[string, Headers]>([
    ['nothing', {}],
    ['what does not count', { authorization: 'Bearer other' }],
    ['a key that does not count', isSocket ? { apiKey: 'other' } : { 'x-api-key': 'other' }],
  ])('is refused where reading is closed and they show %s', async (_, headers) => {
    const server = await start(changed.graph, { access: access('closed') });
    const client = connect(server, headers);
    expect(await refusalOf(follow(client))).toMatch(/UNAUTHENTICATED|401|4403|Forbidden|not known/);
    expect(server.feed.followers).toBe(0);
    client.dispose();
  });

  it('is let in with a key, and let go when it ends', async () => {
    const server = await start(changed.graph, { access: access('closed') });
    const client = connect(server, { authorization: 'Bearer short' });
    const results = follow(client);
    const first = take(results, 1);
    await followers(server, 1);
    await writeLabs(1, 1);
    expect(sequencesOf(await first)).toEqual([1]);
    expect(await refusalOf(results)).toMatch(/UNAUTHENTICATED|expired|4403/);
    await followers(server, 0);
    client.dispose();
  });

  it('asks and writes there too, if they may', async () => {
    const server = await start(changed.graph, { access: access('open') });
    const mutation = `mutation { createSource: create(input: { entity: { source: { slug: "source", name: "A source", type: MEDIA, reliability: LOW } } }) { outcome } }`;
    const [stranger, eve] = [connect(server), connect(server, asEditor)];
    expect(await take(stranger.iterate({ query: '{ changes { totalCount } }' }), 2)).toEqual([
      { data: { changes: { totalCount: 0 } } },
    ]);
    expect(await refusalOf(stranger.iterate({ query: mutation }))).toMatch(/UNAUTHENTICATED|401/);
    expect(await take(eve.iterate({ query: mutation }), 2)).toEqual([
      { data: { createSource: { outcome: 'CREATED' } } },
    ]);
    expect((await changed.log()).map(({ author }) => author)).toEqual(['eve']);
    for (const client of [stranger, eve]) client.dispose();
  });
});
