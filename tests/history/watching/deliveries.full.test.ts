import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import cooperationGraph from '../../../src/cooperation/graph.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import { readScope } from '../../../src/graphql/watching/scope-text.ts';
import { createGraphStates } from '../../../src/history/revisions/graph-states.ts';
import { readScoped } from '../../../src/history/scope/scoped-log.ts';
import {
  type DeliveryOptions,
  keepDelivering,
  ScopeRefused,
  signatureOf,
} from '../../../src/history/watching/deliveries.ts';
import {
  createWatch,
  readDeadLetters,
  readWatches,
  removeWatch,
  resendDeadLetters,
  rotateSecret,
} from '../../../src/history/watching/watch-store.ts';
import { changedGraph, create, link, unlink } from '../../engine/changes/changed-graph.ts';

const own = changedGraph();

interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let receiver: Server;
let url: string;
let received: Received[];
/** What the receiver does with each delivery; `hang` is no answer at all. */
let answer: (body: string) => number | 'hang' | Promise<number>;
let answerHeaders: Readonly<Record<string, string>>;
const stops: (() => Promise<void>)[] = [];

beforeEach(async () => {
  received = [];
  answer = () => 204;
  answerHeaders = {};
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const status = await answer(body);
    if (status === 'hang') return;
    if (status < 300) received.push({ headers: request.headers, body });
    response.writeHead(status, { location: 'http://127.0.0.1:1/', ...answerHeaders }).end();
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  receiver.closeAllConnections();
  receiver.close();
});

function deliver(options: Partial<DeliveryOptions> = {}, graph = own.graph) {
  const states = createGraphStates(graph);
  const stop = keepDelivering(graph, {
    states: () => states,
    readScope: (text) => readScope(cooperationGraph.schema, cooperation, text),
    allowPrivate: true,
    interval: 20,
    timeout: 10_000,
    waitFor: () => 10,
    report: (error) => {
      throw error;
    },
    ...options,
  });
  stops.push(stop);
  return stop;
}

/** The changes received, each where it came first: a delivery may be repeated. */
const sequences = () => [
  ...new Set(
    received.flatMap(({ body }) => JSON.parse(body).changes.map(({ sequence }: { sequence: number }) => sequence)),
  ),
];

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

const area = (slug: string) => own.change([create('Area', slug)]);

const soon = { timeout: 20_000, interval: 20 };

/** No server delivers to the one watch at the moment. */
const released = () =>
  vi.waitFor(async () => {
    const free = await own.ask('MATCH (watch:`_Watch`) WHERE watch.owner IS NULL RETURN watch.id');
    expect(free).toHaveLength(1);
  }, soon);

describe('a watch', () => {
  it('receives every change, in order, signed, with the revision', async () => {
    const { id, secret } = await createWatch(own.graph, { url, scope: '', owner: null });
    deliver();
    for (const slug of ['a1', 'a2', 'a3']) await area(slug);
    await vi.waitFor(() => expect(sequences()).toEqual([1, 2, 3]), soon);
    for (const { headers, body } of received) {
      const { revision, changes, watch } = JSON.parse(body);
      expect([watch, revision]).toEqual([id, changes.at(-1).sequence]);
      const [name, time] = [String(headers['webhook-id']), String(headers['webhook-timestamp'])];
      expect(headers['webhook-signature']).toBe(signatureOf(secret, name, time, body));
    }
  });

  it('goes on at once although the clock of the database was set back', async () => {
    await createWatch(own.graph, { url, scope: '', owner: null });
    deliver();
    await area('a1');
    await vi.waitFor(() => expect(sequences()).toEqual([1]), soon);
    await released();
    const hour = "duration('PT1H')";
    await own.ask(
      `MATCH (watch:\`_Watch\`) SET watch.dueAt = watch.dueAt + ${hour}, watch.leasedUntil = watch.leasedUntil + ${hour}`,
    );
    await area('a2');
    await vi.waitFor(() => expect(sequences()).toEqual([1, 2]), soon);
  });

  it('names deliveries anew after a restore, so that no receiver takes them for those that it has', async () => {
    await createWatch(own.graph, { url, scope: '', owner: null });
    deliver();
    const names: string[] = [];
    for (const slug of ['a1', 'a2']) {
      received.length = 0;
      await area(slug);
      await vi.waitFor(() => expect(sequences()).toEqual([1]), soon);
      names.push(String(received[0]?.headers['webhook-id']));
      await released();
      await own.ask('MATCH (node:`_Change`|`_ChangeLog`) DELETE node');
      await own.ask('MATCH (watch:`_Watch`) SET watch.after = 0');
    }
    expect(new Set(names).size).toBe(2);
  });

  it('is signed with its new secret and the former one, but no longer with the one before', async () => {
    const { id, secret: first } = await createWatch(own.graph, { url, scope: '', owner: null });
    const { secret: second = '' } = (await rotateSecret(own.graph, id)) ?? {};
    const { secret: third = '' } = (await rotateSecret(own.graph, id)) ?? {};
    expect(new Set([first, second, third]).size).toBe(3);
    await area('a1');
    deliver();
    await vi.waitFor(() => expect(sequences()).toEqual([1]), soon);
    const [{ headers, body } = { headers: {}, body: '' }] = received;
    const [name, time] = [String(headers['webhook-id']), String(headers['webhook-timestamp'])];
    const signatures = [third, second].map((secret) => signatureOf(secret, name, time, body));
    expect(headers['webhook-signature']).toBe(signatures.join(' '));
    // What is on its way knows the secrets that it began with.
    await released();
    await own.ask('MATCH (watch:`_Watch`) SET watch.formerUntil = datetime()');
    await area('a2');
    await vi.waitFor(() => expect(received).toHaveLength(2), soon);
    expect(received[1]?.headers['webhook-signature']).not.toContain(' ');
    expect(await rotateSecret(own.graph, 'ffffffffffff')).toBeUndefined();
  });

  it('receives only what concerns its kinds and its entities', async () => {
    await createWatch(own.graph, { url, scope: 'kinds: [AREA], ids: ["a2"]', owner: null });
    await own.change([create('Institution', 'i1')]);
    await area('a1');
    await area('a2');
    deliver();
    await vi.waitFor(() => expect(sequences()).toEqual([3]), soon);
    await vi.waitFor(async () => expect((await readWatches(own.graph))[0]?.after).toBe(3), soon);
  });

  it.each([
    ['filter: { area: { name: { eq: "Other" } } }', [4, 5]],
    // As long as they are one hop apart, both are around the one.
    ['around: ["a1"], depth: 1', [1, 3, 4, 5]],
    // Also what a match consists of while it lasts.
    [
      'match: { entities: [{ as: "a" }, { as: "b" }], relations: [{ from: "a", to: "b", relation: BROADER }] }',
      [3, 4, 5],
    ],
  ])('receives what concerns %s, also on another server and after failures', async (scope, expected) => {
    await createWatch(own.graph, { url, scope, owner: null });
    let met = 0;
    answer = () => (met++ % 2 === 0 ? 500 : 204);
    const stop = deliver();
    await area('a1');
    await area('a2');
    await own.change([link('BROADER', 'a1', 'a2')]);
    await stop();
    deliver({}, own.another());
    await own.change([{ action: 'UPDATE', kind: 'Area', slug: 'a2', properties: { name: 'Other' } }]);
    await own.change([unlink('BROADER', 'a1', 'a2')]);
    await vi.waitFor(async () => expect((await readWatches(own.graph))[0]?.after).toBe(5), soon);
    expect(sequences()).toEqual(expected);
  });

  it('does not wait for a read that anybody may ask for', async () => {
    await area('a1');
    const states = createGraphStates(own.graph);
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const at = vi.fn(states.at).mockImplementationOnce((revision) => held.then(() => states.at(revision)));
    const shared = { at, bytes: 0 };
    const scope = readScope(cooperationGraph.schema, cooperation, 'around: ["a1"]');
    const feed = readScoped({ graph: own.graph, states: () => shared }, { scope, after: 0, first: 10 });
    await vi.waitFor(() => expect(at).toHaveBeenCalled(), soon);
    await createWatch(own.graph, { url, scope: 'around: ["a2"]', owner: null });
    deliver({ states: () => shared });
    await area('a2');
    try {
      await vi.waitFor(() => expect(sequences()).toEqual([2]), soon);
    } finally {
      letGo();
    }
    // Before questions about the past that wait for their states.
    expect(at.mock.calls.slice(1)).toEqual([[{ revision: 1, transaction: expect.any(String) }, { urgent: true }]]);
    expect((await feed).changes).toHaveLength(1);
  });

  it('loses nothing while the database is away, which is reported once', async () => {
    await createWatch(own.graph, { url, scope: '', owner: null });
    const reports: unknown[] = [];
    let isAway = true;
    let looks = 0;
    const write: Graph['write'] = (...asked) => {
      looks += 1;
      return isAway ? Promise.reject(new Error('away')) : own.graph.write(...asked);
    };
    deliver({ report: (error) => reports.push(error) }, { ...own.graph, write });
    await area('a1');
    await vi.waitFor(() => expect(looks).toBeGreaterThan(3), soon);
    expect(reports).toHaveLength(1);
    isAway = false;
    await vi.waitFor(() => expect(sequences()).toEqual([1]), soon);
    isAway = true;
    await area('a2');
    await vi.waitFor(() => expect(reports).toHaveLength(2), soon);
  });

  it('waits where its scope cannot be read, says why, and loses nothing', async () => {
    await createWatch(own.graph, { url, scope: 'kinds: [AREA]', owner: null });
    await area('a1');
    let isUnknown = true;
    deliver({
      readScope: () => {
        if (isUnknown) throw new ScopeRefused('There is no kind AREA.');
        return { questions: [] };
      },
      waitFor: () => null,
    });
    await vi.waitFor(async () => expect((await readWatches(own.graph))[0]?.lastError).toContain('no kind'), soon);
    expect(await readDeadLetters(own.graph)).toEqual([]);
    isUnknown = false;
    await own.ask('MATCH (watch:`_Watch`) SET watch.dueAt = datetime()');
    await vi.waitFor(() => expect(sequences()).toEqual([1]), soon);
  });

  it('loses nothing and keeps the order where its receiver fails, hangs, redirects and comes back', async () => {
    await createWatch(own.graph, { url, scope: '', owner: null });
    const troubles: (number | 'hang')[] = [500, 'hang', 301, 503, 'hang', 429];
    let met = 0;
    answer = () => troubles[met++] ?? 204;
    deliver({ timeout: 300 });
    for (const slug of upTo(8).map((number) => `a${number}`)) await area(slug);
    await vi.waitFor(() => expect(sequences()).toEqual(upTo(8)), soon);
    expect(met).toBeGreaterThan(troubles.length);
  });

  it.each([
    ['90', 90],
    ['86400', 3_600],
  ])('waits after Retry-After: %s for %i seconds', async (asked, expected) => {
    await createWatch(own.graph, { url, scope: '', owner: null });
    answer = () => 503;
    answerHeaders = { 'retry-after': asked };
    deliver();
    await area('a1');
    await vi.waitFor(async () => expect((await readWatches(own.graph))[0]?.lastError).toBe('Status 503.'), soon);
    const wait = 'duration.inSeconds(datetime(), watch.dueAt).seconds';
    const [[seconds] = []] = await own.ask(`MATCH (watch:\`_Watch\`) RETURN toFloat(${wait})`);
    expect(seconds).toBeGreaterThan(expected - 30);
    expect(seconds).toBeLessThanOrEqual(expected);
  });

  it('is resumed by another server where the first one ends', async () => {
    await createWatch(own.graph, { url, scope: '', owner: null });
    const stop = deliver();
    await area('a1');
    await vi.waitFor(() => expect(sequences()).toEqual([1]), soon);
    await stop();
    await area('a2');
    deliver({}, own.another());
    deliver({}, own.another());
    await vi.waitFor(() => expect(sequences()).toEqual([1, 2]), soon);
  });

  it('sets aside what is never taken, goes on, and sends it again on request', async () => {
    const { id } = await createWatch(own.graph, { url, scope: '', owner: null });
    answer = (body) => (body.includes('"a1"') ? 400 : 204);
    deliver({ waitFor: (failures) => (failures >= 3 ? null : 5) });
    await area('a1');
    await vi.waitFor(async () => expect(await readDeadLetters(own.graph)).toHaveLength(1), soon);
    expect(await readDeadLetters(own.graph)).toMatchObject([{ watch: id, after: 0, until: 1, error: 'Status 400.' }]);
    await area('a2');
    await vi.waitFor(() => expect(sequences()).toEqual([2]), soon);
    answer = () => 204;
    received = [];
    expect(await resendDeadLetters(own.graph, id)).toBe(true);
    await vi.waitFor(() => expect(sequences()).toEqual([1, 2]), soon);
    expect(await readDeadLetters(own.graph)).toEqual([]);
  });

  it('sends again what it is asked for while a delivery is on its way', async () => {
    const { id } = await createWatch(own.graph, { url, scope: '', owner: null });
    answer = () => 400;
    deliver({ waitFor: (failures) => (failures >= 2 ? null : 5) });
    await area('a1');
    await vi.waitFor(async () => expect(await readDeadLetters(own.graph)).toHaveLength(1), soon);
    const isLeased = async () => {
      expect(await own.ask('MATCH (watch:`_Watch`) WHERE watch.owner IS NOT NULL RETURN watch.id')).toHaveLength(1);
    };
    let asking: Promise<void> | undefined;
    answer = async () => {
      // Its server takes the watch again before the receiver answers.
      asking ??= resendDeadLetters(own.graph, id).then(() => vi.waitFor(isLeased, soon));
      await asking;
      return 204;
    };
    await area('a2');
    await vi.waitFor(() => expect(sequences()).toEqual([2, 1]), soon);
    await vi.waitFor(async () => expect((await readWatches(own.graph))[0]?.after).toBe(2), soon);
  });

  it('ends where its receiver is gone, and where it is removed', async () => {
    const { id } = await createWatch(own.graph, { url, scope: '', owner: null });
    answer = () => 410;
    deliver();
    await area('a1');
    await vi.waitFor(async () => expect((await readWatches(own.graph))[0]?.isGone).toBe(true), soon);
    expect(await removeWatch(own.graph, id)).toBe(true);
    expect(await removeWatch(own.graph, id)).toBe(false);
    expect(await readWatches(own.graph)).toEqual([]);
  });

  it('posts to no private network unless that is allowed', async () => {
    await createWatch(own.graph, { url, scope: '', owner: null });
    await createWatch(own.graph, { url: url.replace('127.0.0.1', 'localhost'), scope: '', owner: null });
    deliver({ allowPrivate: false, waitFor: () => 60_000 });
    await area('a1');
    await vi.waitFor(async () => {
      for (const { lastError } of await readWatches(own.graph)) expect(lastError).toContain('private network');
    }, soon);
    expect(received).toEqual([]);
  });

  it.each(['ftp://example.org/', 'https://user:word@example.org/', 'nothing'])(
    'refuses the address %s',
    async (bad) => {
      await expect(createWatch(own.graph, { url: bad, scope: '', owner: null })).rejects.toThrow('must be one of HTTP');
    },
  );
});
