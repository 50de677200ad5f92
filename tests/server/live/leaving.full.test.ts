import { createHook } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { AccessRefused } from '../../../src/engine/access/access-refused.ts';
import type { Authenticator } from '../../../src/engine/access/authenticator.ts';
import { createMetrics } from '../../../src/server/observability/metrics.ts';
import { changedGraph, create } from '../../engine/changes/changed-graph.ts';
import { type LiveClient, liveServers, take, transports } from '../../setup/live-server.ts';

const changed = changedGraph();
const start = liveServers();

const FOLLOW = 'subscription ($after: String) { changes(after: $after) { ... on Change { sequence } } }';
const ALL = Buffer.from(JSON.stringify(['changes', 0])).toString('base64url');
const ASKED = { query: FOLLOW, variables: { after: ALL } };

const shown = { authorization: 'Bearer some' };
const revoked = new Set<string>();

/** What each shows ends some day, so that there is a timer for each. */
const authenticator: Authenticator = {
  async authenticate({ authorization }) {
    if (revoked.has(authorization ?? '')) throw new AccessRefused('This API key was revoked. Ask for a new one.');
    return { name: 'Ana', role: 'reader', expiresAt: Date.now() + 3_600_000 };
  },
};

/** The timers of this process, also those that keep nothing alive. */
function watchTimers() {
  const alive = new Set<number>();
  const hook = createHook({
    init: (id, type) => void (type === 'Timeout' && alive.add(id)),
    destroy: (id) => void alive.delete(id),
  }).enable();
  return { alive, stop: () => hook.disable() };
}

/** Ways to leave, by when. */
const ways = {
  'before it has begun': async (client: LiveClient) => {
    const results = client.iterate(ASKED);
    const first = results.next().catch(() => undefined);
    await pause(Math.random() * 8);
    await results.return?.();
    await first;
  },
  'after the first change': async (client: LiveClient) => {
    const results = client.iterate(ASKED);
    expect((await take(results, 1))[0]?.data.changes.sequence).toBe(1);
    await results.return?.();
  },
  'while it waits for the next, by hanging up': async (client: LiveClient) => {
    const results = client.iterate(ASKED);
    await take(results, 1);
    const next = results.next().catch(() => undefined);
    client.dispose();
    await next;
  },
};

const CYCLES = 340;
const AT_ONCE = 20;
const polling = { timeout: 20_000, interval: 50 };

describe.each(Object.entries(transports))('who leaves over %s', (_, connect) => {
  it('leaves nothing behind, hundreds of times: no reader, timer or statement', { timeout: 120_000 }, async () => {
    const metrics = createMetrics();
    const server = await start(changed.graph, { metrics, access: { authenticator, reading: 'closed' } });
    await changed.change([create('Lab', 'lab')]);
    // The first one waits until the server has looked at the graph.
    const first = connect(server, shown);
    await take(first.iterate(ASKED), 1);
    first.dispose();
    const timers = watchTimers();
    try {
      for (let done = 0; done < CYCLES; done += AT_ONCE) {
        const leaving = Array.from({ length: AT_ONCE }, async (_, index) => {
          const client = connect(server, shown);
          await Object.values(ways)[index % 3]?.(client);
          client.dispose();
        });
        await Promise.all(leaving);
      }
      await vi.waitFor(() => expect(server.feed.followers).toBe(0), polling);
      await vi.waitFor(async () => expect(await metrics.text()).toMatch(/^silkgraph_subscriptions 0$/m), polling);
      // Those of connections that are kept, by the clients, the server and the driver, are few, however many came.
      await vi.waitFor(() => expect(timers.alive.size).toBeLessThan(3 * AT_ONCE), polling);
      const running =
        'SHOW TRANSACTIONS YIELD currentQuery WHERE NOT currentQuery STARTS WITH "SHOW" RETURN currentQuery';
      await vi.waitFor(async () => expect(await changed.ask(running)).toEqual([]), polling);
    } finally {
      timers.stop();
    }
  });
});

describe.each(Object.entries(transports))('who follows over %s with a key that is revoked', (_, connect) => {
  it('is told so and let go, and whose key still counts is not', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const server = await start(changed.graph, { access: { authenticator, reading: 'closed' } });
      await changed.change([create('Lab', 'lab')]);
      const [gone, kept] = ['Bearer gone', 'Bearer kept'].map((authorization) => connect(server, { authorization }));
      const [ending, going] = [gone, kept].map((client) => (client as LiveClient).iterate(ASKED));
      if (!ending || !going) throw new Error('Nobody follows.');
      await Promise.all([take(ending, 1), take(going, 1)]);
      revoked.add('Bearer gone');
      vi.advanceTimersByTime(10_000);
      expect(await take(ending, 2)).toMatchObject([{ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] }]);
      await vi.waitFor(() => expect(server.feed.followers).toBe(1));
      const next = take(going, 1);
      await changed.change([create('Lab', 'another')]);
      expect((await next)[0]?.data.changes.sequence).toBe(2);
      for (const client of [gone, kept]) client?.dispose();
      await vi.waitFor(() => expect(server.feed.followers).toBe(0), polling);
    } finally {
      revoked.clear();
      vi.useRealTimers();
    }
  });
});

describe('a connection on which nothing happens', () => {
  it.each(['one operation', 'many operations'])(
    'is kept open by a word every 12 s, as event stream of %s',
    async (of) => {
      // Yoga does not wait that long under test.
      vi.stubEnv('NODE_ENV', 'production');
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      const hangUp = new AbortController();
      try {
        const server = await start(changed.graph);
        const headers: Record<string, string> = { accept: 'text/event-stream', 'content-type': 'application/json' };
        if (of === 'many operations') {
          const reserved = await fetch(server.graphql, { method: 'PUT' });
          headers['x-graphql-event-stream-token'] = await reserved.text();
        }
        const { body } = await fetch(server.graphql, {
          headers,
          signal: hangUp.signal,
          ...(of === 'one operation' ? { method: 'POST', body: JSON.stringify({ query: FOLLOW }) } : {}),
        });
        let text = '';
        // What waits in a test goes by timers, and would move those that are looked at.
        const heard = async (words: string) => {
          for (let turn = 0; text !== words && turn < 200; turn += 1) await pause(20);
          expect(text).toBe(words);
        };
        const reading = (async () => {
          for await (const part of body ?? []) text += Buffer.from(part).toString();
        })().catch(() => {});
        await heard(':\n\n');
        for (const pings of [1, 2]) {
          vi.advanceTimersByTime(11_999);
          await pause(30);
          expect(text).toBe(':\n\n'.repeat(pings));
          vi.advanceTimersByTime(1);
          await heard(':\n\n'.repeat(pings + 1));
        }
        hangUp.abort();
        await reading;
      } finally {
        vi.useRealTimers();
        vi.unstubAllEnvs();
      }
    },
  );
});
