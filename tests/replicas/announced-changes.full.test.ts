import { expect, it, onTestFinished } from 'vitest';
import { createChangeFeed } from '../../src/changes/log/change-feed.ts';
import { keepStatistics } from '../../src/graph/reads/statistics.ts';
import { announcingFeed } from '../../src/replicas/announcing-feed.ts';
import { connectReplicas } from '../../src/replicas/replicas.ts';
import { createContext } from '../../src/schema/index.ts';
import { changedGraph } from '../changes/changed-graph.ts';
import { liveServers, take, transports } from '../setup/live-server.ts';
import { noStore, store } from '../setup/valkey.ts';

const changed = changedGraph();
const start = liveServers();

const FOLLOW = { query: 'subscription { changes { ... on EntityChange { slug } } }' };
const CREATE =
  'mutation { createSource: create(input: { entity: { source: { slug: "announced", name: "A source", type: MEDIA, reliability: LOW } } }) { outcome } }';

it('subscribers of one server hear at once what another one writes', async ({ skip }) => {
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
  const next = client && take(client.iterate(FOLLOW), 1);
  await expect.poll(() => other.feed.followers, { timeout: 20_000 }).toBe(1);
  const begun = performance.now();
  await (writer && take(writer.iterate({ query: CREATE }), 1));
  expect(await next).toEqual([{ data: { changes: { slug: 'announced' } } }]);
  expect(performance.now() - begun).toBeLessThan(30_000);
  for (const each of [client, writer]) each?.dispose();
});
