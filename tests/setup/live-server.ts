import { createClient as createEventClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import { pino } from 'pino';
import { afterEach } from 'vitest';
import { WebSocket } from 'ws';
import cooperationGraph from '../../src/cooperation/graph.ts';
import type { ChangeFeed, FeedOptions } from '../../src/engine/changes/log/change-feed.ts';
import { createChangeFeed } from '../../src/engine/changes/log/change-feed.ts';
import type { Graph } from '../../src/engine/graph/graph.ts';
import { keepStatistics } from '../../src/engine/reads/statistics.ts';
import { createContext } from '../../src/graphql/index.ts';
import type { Listening } from '../../src/server/connections/listen.ts';
import { reconciliationFor } from '../../src/service/reconciliation-for.ts';
import { createServer, type ServerOptions } from '../../src/service/server.ts';
import { type KnownContent, knownStatistics } from './known-statistics.ts';
import { served } from './served.ts';

export interface LiveServer extends Listening {
  readonly feed: ChangeFeed;
  readonly graphql: string;
  readonly socketAddress: string;
}

interface LiveServerOptions extends Partial<ServerOptions> {
  readonly feedOptions?: FeedOptions;
  /** Any free one unless given. */
  readonly port?: number;
}

/**
 * Ways to start servers that listen; those that a test leaves running end with it.
 *
 * @param content what the graph holds, about, if other test files have the same
 */
export function liveServers(content?: KnownContent) {
  const running = new Set<LiveServer>();
  afterEach(async () => {
    for (const server of running) await server.close(0);
  });
  return async (
    graph: Graph,
    { feedOptions = {}, port = 0, ...options }: LiveServerOptions = {},
  ): Promise<LiveServer> => {
    const feed = createChangeFeed(graph, { interval: 20, ...feedOptions });
    const statistics = content ? knownStatistics(content, graph) : keepStatistics(graph);
    const server = createServer({
      ...served,
      reconciliation: reconciliationFor(cooperationGraph),
      context: (given) => createContext(graph, statistics, { ...given, feed }),
      log: pino({ level: 'error' }, pino.destination(2)),
      ...options,
    });
    const { origin, drain, close } = await server.listen(port, '127.0.0.1');
    const live: LiveServer = {
      origin,
      graphql: `${origin}/graphql`,
      socketAddress: `${origin.replace('http', 'ws')}/graphql`,
      feed,
      drain,
      close: (grace) => {
        running.delete(live);
        return close(grace);
      },
    };
    running.add(live);
    return live;
  };
}

interface Operation {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}

// biome-ignore lint/suspicious/noExplicitAny: a test looks into answers whose shape its own question gives.
type Result = { data?: any; errors?: any };

export interface LiveClient {
  iterate(operation: Operation): AsyncIterableIterator<Result>;
  dispose(): void;
}

export type Headers = Readonly<Record<string, string>>;

/** The real clients of each transport, that do not try again by themselves. */
export const transports: Readonly<Record<string, (server: LiveServer, headers?: Headers) => LiveClient>> = {
  'graphql-ws': ({ socketAddress }, headers = {}) => {
    const client = createSocketClient({
      url: socketAddress,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: headers,
    });
    return { iterate: (operation) => client.iterate(operation) as never, dispose: () => void client.dispose() };
  },
  'graphql-sse': ({ graphql }, headers = {}) => eventClient(graphql, headers, false),
  'graphql-sse on one connection': ({ graphql }, headers = {}) => eventClient(graphql, headers, true),
};

function eventClient(url: string, headers: Headers, singleConnection: boolean): LiveClient {
  const options = { url, retryAttempts: 0, headers: () => ({ ...headers }) };
  const client = singleConnection
    ? createEventClient({ ...options, singleConnection: true })
    : createEventClient({ ...options, singleConnection: false });
  return { iterate: (operation) => client.iterate(operation) as never, dispose: () => client.dispose() };
}

/** The next results of an operation; fewer where it ends. */
export async function take(results: AsyncIterator<Result>, count: number): Promise<Result[]> {
  const taken: Result[] = [];
  while (taken.length < count) {
    const { value, done } = await results.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}
