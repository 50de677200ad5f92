import { cooperation } from '../../src/cooperation/ontology.ts';
import { createChangeFeed } from '../../src/engine/changes/log/change-feed.ts';
import { openDriver } from '../../src/engine/database/open-driver.ts';
import { createGraph } from '../../src/engine/graph/graph.ts';
import { keepStatistics } from '../../src/engine/reads/statistics.ts';
import { createContext } from '../../src/graphql/index.ts';
import { createMetrics } from '../../src/server/observability/metrics.ts';
import { createServer } from '../../src/service/server.ts';
import { served } from '../../tests/setup/served.ts';
import { receiveSetting } from './run-as-server.ts';

/** What the server holds in memory, in bytes; with all garbage collected where that is asked for. */
export interface Held {
  readonly heap: number;
  readonly resident: number;
  readonly followers: number;
  /** Statements that subscribers caused: not those that read the log, and those of mutations. */
  readonly statements: number;
}

const { address } = await receiveSetting();
let statements = 0;
const graph = createGraph(openDriver(address), cooperation, {
  database: address.database,
  observe: ({ name }) => {
    if (/^\w+-[A-Z]/.test(name)) statements += 1;
  },
});
const statistics = keepStatistics(graph);
const feed = createChangeFeed(graph);
const metrics = createMetrics();
/** Those who follow one question together are one follower of the feed. */
const subscriptions = async () => Number(/silkgraph_subscriptions (\d+)/.exec(await metrics.text())?.[1]);
const server = createServer({
  metrics,
  ...served,
  // They come faster here than subscribers do, and none may be told to try again.
  concurrency: 1_000,
  // All subscribers come from one address.
  callerConnections: 10_000,
  context: (options) => createContext(graph, statistics, { ...options, feed }),
  access: { authenticator: { authenticate: async () => ({ name: 'bench', role: 'editor' }) }, reading: 'open' },
});
const { origin } = await server.listen(0, '127.0.0.1');
process.on('message', async (wanted) => {
  if (wanted === 'memory') globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  const held: Held = { heap: heapUsed + external, resident: rss, followers: await subscriptions(), statements };
  process.send?.(held);
});
process.on('disconnect', () => process.exit());
process.send?.({ port: Number(new URL(origin).port) });
