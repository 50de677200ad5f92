import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { createChangeFeed } from '../../../src/engine/changes/log/change-feed.ts';
import { keepStatistics } from '../../../src/engine/reads/statistics.ts';
import { createContext } from '../../../src/graphql/index.ts';
import { announcingFeed } from '../../../src/server/replicas/announcing-feed.ts';
import { connectReplicas } from '../../../src/server/replicas/replicas.ts';
import { changedGraph } from '../../engine/changes/changed-graph.ts';
import { liveServers, take, transports } from '../../setup/live-server.ts';
import { noStore, store } from '../../setup/valkey.ts';

const changed = changedGraph();
const start = liveServers();

const FOLLOW = { query: 'subscription { changes { ... on EntityChange { slug } } }' };
const create = (slug: string) =>
  `mutation { createSource: create(input: { entity: { source: { slug: "${slug}", name: "A source", type: MEDIA, reliability: LOW } } }) { outcome } }`;

/** Number of changes that are timed. */
const CHANGES = 21;

it('subscribers of one server hear within 50 ms, in the median, what another one writes', async ({ skip }) => {
  const valkey = await store();
  if (!valkey) return skip(noStore);
  onTestFinished(() => valkey.stop());
  await valkey.start();
  const statistics = keepStatistics(changed.graph);
  /** A server that reads the log only once a minute unless it is woken. */
  async function serve() {
    const feed = createChangeFeed(changed.graph, { interval: 60_000 });
    let heard = 0;
    const onChange = () => {
      heard += 1;
      feed.wake();
    };
    const replicas = await connectReplicas({ address: valkey?.address ?? '', graph: 'test', onChange });
    onTestFinished(() => replicas.close());
    const announced = announcingFeed(feed, replicas);
    const viewer = { name: 'eve', role: 'editor' } as const;
    const server = await start(changed.graph, {
      access: { authenticator: { authenticate: async () => viewer }, reading: 'open' },
      context: (given) => createContext(changed.graph, statistics, { ...given, feed: announced, viewer }),
    });
    await expect.poll(() => heard, { timeout: 20_000 }).toBeGreaterThan(0);
    return { server, feed };
  }
  const [one, other] = [await serve(), await serve()];
  const client = transports['graphql-sse']?.(other.server);
  const [writer] = [transports['graphql-sse']?.(one.server, { authorization: 'Bearer x' })];
  const events = client?.iterate(FOLLOW);
  const first = events?.next();
  await expect.poll(() => other.feed.followers, { timeout: 20_000 }).toBe(1);
  const delays: number[] = [];
  for (let count = 0; count < CHANGES; count += 1) {
    const slug = `announced-${randomUUID()}`;
    const next = count === 0 ? first : events?.next();
    await (writer && take(writer.iterate({ query: create(slug) }), 1));
    const answered = performance.now();
    expect((await next)?.value).toEqual({ data: { changes: { slug } } });
    delays.push(performance.now() - answered);
  }
  const [median] = delays.toSorted((left, right) => left - right).slice(CHANGES >> 1);
  expect(median).toBeLessThan(50);
  for (const each of [client, writer]) each?.dispose();
});
