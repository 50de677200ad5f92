import { connect as connectTo, createServer, type Socket } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { followChanges } from '../../src/client/follow-changes.ts';
import {
  type Change,
  type ChangesOptions,
  changesDocument,
  createClient,
  endDocument,
  SilkgraphError,
} from '../../src/client/index.ts';
import { createSend } from '../../src/client/send.ts';
import { changedGraph, create, link } from '../engine/changes/changed-graph.ts';
import { type LiveServer, liveServers } from '../setup/live-server.ts';
import { answer, complete, cut, fakeServers, next, refusal, stream } from './fake-server.ts';

const start = fakeServers();

const change = (sequence: number) => ({
  changes: { __typename: 'EntityChange', sequence, cursor: `c${sequence}`, slug: `lab-${sequence}` },
});
const end = answer({ data: { changes: { lastCursor: 'c0' } } });

/** The sequences of the next changes. */
async function sequences(changes: AsyncIterator<Change>, count: number): Promise<number[]> {
  const found: number[] = [];
  while (found.length < count) {
    const step = await changes.next();
    if (step.done) break;
    found.push(step.value.sequence);
  }
  return found;
}

const afters = (received: readonly { variables?: Readonly<Record<string, unknown>> }[]) =>
  received.map(({ variables }) => variables?.after);

const failureOf = (asked: Promise<unknown>) =>
  asked.then(
    () => expect.fail('It went on.'),
    (error: unknown) => error,
  );

describe('changes, where the connection is bad', () => {
  it('go on behind the last one after whatever breaks a stream off', async () => {
    const { url, received } = await start(
      stream([next(change(1)), complete]),
      cut(`${next(change(2))}event: next\ndata: {"data":{"chan`, 'text/event-stream'),
      stream([next(change(3))]),
      cut(),
      refusal('OVERLOADED', 503),
      answer('<h1>Bad Gateway</h1>', 502),
      stream([next(change(4)), 'event: next\ndata: garbage\n\n']),
      stream([next(change(5))], { ends: false }),
    );
    const broken: string[] = [];
    const changes = createClient({ url }).changes({ after: 'c0', broken: ({ code }) => void broken.push(code) });
    expect(await sequences(changes, 5)).toEqual([1, 2, 3, 4, 5]);
    await changes.return?.();
    expect(afters(received)).toEqual(['c0', 'c1', 'c2', 'c3', 'c3', 'c3', 'c3', 'c4']);
    expect(broken).toEqual([
      'NO_CONNECTION',
      'NO_CONNECTION',
      'NO_CONNECTION',
      'NO_CONNECTION',
      'OVERLOADED',
      'NO_ANSWER',
      'NO_ANSWER',
    ]);
  });

  it("end with the caller's own error, as it is, and with their connection", async () => {
    const mine = new Error('This is mine.');
    const fail = () => {
      throw mine;
    };
    let left = 0;
    const { url, received } = await start((response, one) => {
      response.on('close', () => {
        left += 1;
      });
      stream([next(change(1))], { ends: false })(response, one);
    });
    const client = createClient({ url });
    expect(await failureOf(client.changes({ after: 'c0', opened: fail }).next())).toBe(mine);
    expect(await failureOf(client.subscribe(changesDocument, {}, { opened: fail }).next())).toBe(mine);
    await vi.waitFor(() => expect(left).toBe(2), 10_000);
    expect(received).toHaveLength(2);
    const keyless = createClient({ url, key: () => Promise.reject(mine) });
    for (const options of [{}, { after: 'c0' }]) expect(await failureOf(keyless.changes(options).next())).toBe(mine);
    expect(await failureOf(keyless.query('{ labs { totalCount } }'))).toBe(mine);
    expect(received).toHaveLength(2);
  });

  it('miss nothing where the first stream breaks off before anything came', async () => {
    const { url, received } = await start(
      end,
      cut(':\n\n', 'text/event-stream'),
      stream([next(change(1))], { ends: false }),
    );
    const changes = createClient({ url }).changes();
    expect(await sequences(changes, 1)).toEqual([1]);
    await changes.return?.();
    expect(afters(received)).toEqual([undefined, 'c0', 'c0']);
  });

  it('tell that they are taken too slowly, and resume behind that', async () => {
    const { url, received } = await start(
      stream([next({ changes: { __typename: 'Lagged', cursor: 'c7', behind: 40 } }), complete]),
      stream([next(change(8))], { ends: false }),
    );
    const behind: number[] = [];
    const changes = createClient({ url }).changes({ after: 'c0', lagged: (count) => void behind.push(count) });
    expect(await sequences(changes, 1)).toEqual([8]);
    await changes.return?.();
    expect(behind).toEqual([40]);
    expect(afters(received)).toEqual(['c0', 'c7']);
  });

  it('take a stream on which nothing comes for broken off', async () => {
    const { url } = await start(stream([next(change(1))], { ends: false }), stream([next(change(2))], { ends: false }));
    const leaving = new AbortController();
    const changes = followChanges(createSend({ url }), { after: 'c0', signal: leaving.signal }, 100);
    expect(await sequences(changes, 2)).toEqual([1, 2]);
    leaving.abort();
    expect(await changes.next()).toMatchObject({ done: true });
  });

  it('wait as long as the server says', async () => {
    const { url, received } = await start(
      refusal('RATE_LIMITED', 429, { 'retry-after': '1' }),
      stream([next(change(1))], { ends: false }),
    );
    const changes = createClient({ url }).changes({ after: 'c0' });
    await sequences(changes, 1);
    await changes.return?.();
    expect(Number(received[1]?.at) - Number(received[0]?.at)).toBeGreaterThanOrEqual(990);
  });

  it('show a new key where the old one has expired on the way, and end where that does not count either', async () => {
    const expired =
      'event: next\ndata: {"errors":[{"message":"Expired.","extensions":{"code":"UNAUTHENTICATED"}}]}\n\n';
    const { url, received } = await start(
      stream([next(change(1)), expired, complete]),
      stream([next(change(2)), expired, complete]),
      refusal('UNAUTHENTICATED', 401),
    );
    let asked = 0;
    const changes = createClient({ url, key: () => `key-${++asked}` }).changes({ after: 'c0' });
    expect(await sequences(changes, 2)).toEqual([1, 2]);
    expect(await failureOf(changes.next())).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
    expect(received.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer key-1',
      'Bearer key-2',
      'Bearer key-3',
    ]);
  });

  it.each([
    ['a cursor of another list', refusal('INVALID_CURSOR', 400), 'INVALID_CURSOR'],
    ['a caller who may not read', refusal('FORBIDDEN', 403), 'FORBIDDEN'],
    [
      'a server that knows no such subscription',
      refusal('GRAPHQL_VALIDATION_FAILED', 400),
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('end at once for %s', async (_, reply, code) => {
    const { url, received } = await start(reply);
    const error = await failureOf(createClient({ url }).changes({ after: 'x' }).next());
    expect(error).toBeInstanceOf(SilkgraphError);
    expect(error).toMatchObject({ code });
    expect(received).toHaveLength(1);
  });

  it('end after the fifth fault in a row', async () => {
    const { url, received } = await start(refusal('INTERNAL_SERVER_ERROR', 500, { 'retry-after': '0' }));
    const error = await failureOf(createClient({ url }).changes({ after: 'c0' }).next());
    expect(error).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
    expect(received).toHaveLength(6);
  });

  it('are left while nothing comes, at once', async () => {
    const { url } = await start(stream([next(change(1))], { ends: false }));
    const changes = createClient({ url }).changes({ after: 'c0' });
    await changes.next();
    const waiting = changes.next();
    const begun = performance.now();
    await changes.return?.();
    expect(await waiting).toMatchObject({ done: true });
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

/** A way to a server that can be cut, and lead to another one afterwards. */
async function cuttable(first: LiveServer) {
  let goal = Number(new URL(first.origin).port);
  const sockets = new Set<Socket>();
  const way = createServer((near) => {
    const far = connectTo(goal, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
      socket.on('error', () => {});
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => way.listen(0, '127.0.0.1', resolve));
  const address = way.address();
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/graphql`,
    cut: cutAll,
    leadTo(server: LiveServer) {
      goal = Number(new URL(server.origin).port);
      cutAll();
    },
    close() {
      way.close();
      cutAll();
    },
  };
}

describe('changes of a real server', () => {
  const changed = changedGraph();
  const live = liveServers();

  const opened = (options: ChangesOptions = {}) => {
    const told = vi.fn();
    return {
      options: { ...options, opened: told },
      isOpen: () => vi.waitFor(() => expect(told).toHaveBeenCalled(), 20_000),
    };
  };

  it('say what was changed, typed by what it concerns', async () => {
    const server = await live(changed.graph);
    const { options, isOpen } = opened();
    const changes = createClient({ url: server.graphql }).changes(options);
    const first = changes.next();
    await isOpen();
    await changed.change([create('Lab', 'lab'), create('Area', 'area'), link('RESEARCHES', 'lab', 'area')]);
    const lab = (await first).value;
    expect(lab).toMatchObject({ __typename: 'EntityChange', kind: 'LAB', slug: 'lab', revision: 1, author: 'tester' });
    await changes.next();
    const relation = (await changes.next()).value;
    expect(relation).toMatchObject({ __typename: 'RelationChange', relation: 'RESEARCHES', to: { slug: 'area' } });
    await changes.return?.();
    await vi.waitFor(() => expect(server.feed.followers).toBe(0), { timeout: 5_000 });
  });

  it('are only those asked for', async () => {
    const server = await live(changed.graph);
    const client = createClient({ url: server.graphql });
    const [kinds, ids] = [opened({ kinds: ['AREA'] }), opened({ ids: ['lab'] })];
    const [ofKinds, ofIds] = [client.changes(kinds.options), client.changes(ids.options)];
    const found = [sequences(ofKinds, 1), sequences(ofIds, 1)];
    await Promise.all([kinds.isOpen(), ids.isOpen()]);
    await changed.change([create('Lab', 'lab'), create('Area', 'area')]);
    expect(await Promise.all(found)).toEqual([[2], [1]]);
    await Promise.all([ofKinds.return?.(), ofIds.return?.()]);
  });

  it('come from one that answers trusted documents only, once those of the client are listed', async () => {
    const trustedDocuments = new Map(Object.entries({ changesDocument, endDocument }));
    const server = await live(changed.graph, { trustedDocuments });
    const client = createClient({ url: server.graphql });
    const { options, isOpen } = opened();
    const changes = client.changes(options);
    const first = sequences(changes, 1);
    await isOpen();
    await changed.change([create('Lab', 'lab')]);
    expect(await first).toEqual([1]);
    await changes.return?.();
    expect(await failureOf(client.query('{ labs { totalCount } }'))).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('are exactly the log, though the way is cut twenty times and leads to another server', async () => {
    const [one, other] = [await live(changed.graph), await live(changed.another())];
    const way = await cuttable(one);
    try {
      const { options, isOpen } = opened();
      const changes = createClient({ url: way.url }).changes(options);
      const all = sequences(changes, 60);
      await isOpen();
      for (let number = 1; number <= 60; number += 1) {
        await changed.change([create('Lab', `lab-${number}`)]);
        if (number === 30) way.leadTo(other);
        else if (number % 3 === 0) way.cut();
      }
      expect(await all).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
      await changes.return?.();
    } finally {
      way.close();
    }
  });

  it('go on when the server comes back, and from a cursor that was kept', async () => {
    const one = await live(changed.graph);
    const way = await cuttable(one);
    try {
      const { options, isOpen } = opened();
      const changes = createClient({ url: way.url }).changes(options);
      const first = changes.next();
      await isOpen();
      await changed.change([create('Lab', 'lab-1')]);
      const { cursor } = (await first).value as Change;
      const rest = sequences(changes, 2);
      await one.close(0);
      await changed.change([create('Lab', 'lab-2')]);
      way.leadTo(await live(changed.graph));
      await changed.change([create('Lab', 'lab-3')]);
      expect(await rest).toEqual([2, 3]);
      await changes.return?.();
      const resumed = createClient({ url: way.url }).changes({ after: cursor });
      expect(await sequences(resumed, 2)).toEqual([2, 3]);
      await resumed.return?.();
    } finally {
      way.close();
    }
  });
});
