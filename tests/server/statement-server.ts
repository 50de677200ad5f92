import { buildSchema } from 'graphql';
import type { Driver } from 'neo4j-driver';
import { afterAll, beforeAll } from 'vitest';
import { cooperation } from '../../src/cooperation/ontology.ts';
import type { Viewer } from '../../src/engine/access/viewer.ts';
import { anonymous } from '../../src/engine/access/viewer.ts';
import { openDriver } from '../../src/engine/database/open-driver.ts';
import { createGraph, type Graph } from '../../src/engine/graph/graph.ts';
import { readStatistics } from '../../src/engine/reads/statistics.ts';
import { type Context, createContext } from '../../src/graphql/index.ts';
import { createMetrics, type Metrics } from '../../src/server/observability/metrics.ts';
import { createServer, type Server, type ServerOptions } from '../../src/service/server.ts';
import { testAddress } from '../setup/database.ts';
import { listeningLog } from './tiny-server.ts';

/** Works for hours, if nobody stops it. */
export const endless = 'UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a * b AS c RETURN sum(c)';

/** Fields that run whatever statement they are given: how long it takes and what it leaves is for the test to choose. */
const schema = buildSchema(/* GraphQL */ `
  type Query {
    run(text: String!, name: String = "test"): String
    runInTurn(texts: [String!]!): [String]
  }
  type Mutation {
    write(text: String!): String
  }
`);

interface Arguments {
  readonly text: string;
  readonly name: string;
  readonly texts: readonly string[];
}

type Resolver = (args: Arguments, context: Context) => unknown;

const resolvers: Readonly<Record<string, Resolver>> = {
  run: async ({ text, name }, { graph }) => JSON.stringify(await graph.read({ name, text }, {})),
  runInTurn: async ({ texts }, { graph }) => {
    const answers: string[] = [];
    for (const text of texts) answers.push(JSON.stringify(await graph.read({ name: 'turn', text }, {})));
    return answers;
  },
  write: async ({ text }, { graph }) => JSON.stringify(await graph.write((run) => run({ name: 'test', text }, {}))),
};

export interface StatementServer {
  readonly graph: Graph;
  readonly lines: Record<string, unknown>[];
  readonly operations: Record<string, unknown>[];
  readonly metrics: Metrics;
  fetch(request: Request): Promise<Response>;
  ask(
    query: string,
    options?: { variables?: Record<string, unknown>; headers?: Record<string, string>; extensions?: unknown },
    // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers whose shape its own question gives.
  ): Promise<{ response: Response; body: any; ms: number }>;
}

/** Gives a test file a server over the database of the run; `viewer` says who its callers are, by their key. */
export function statementServer(
  options: Partial<ServerOptions> = {},
  viewers: Readonly<Record<string, Viewer>> = {},
): StatementServer {
  const { log, lines, operations } = listeningLog();
  const metrics = createMetrics();
  let driver: Driver;
  let graph: Graph;
  let server: Server;
  for (const type of [schema.getQueryType(), schema.getMutationType()]) {
    for (const [name, field] of Object.entries(type?.getFields() ?? {})) {
      field.resolve = (_, args: Arguments, context: Context) => resolvers[name]?.(args, context);
    }
  }
  beforeAll(async () => {
    const address = await testAddress();
    driver = openDriver(address);
    graph = createGraph(driver, cooperation, { ...address, observe: metrics.statement });
    const statistics = await readStatistics(createGraph(driver, cooperation, address));
    server = createServer({
      schema,
      context: (given) => createContext(graph, async () => statistics, given),
      access: {
        authenticator: { authenticate: async ({ apiKey }) => viewers[apiKey ?? ''] ?? anonymous },
        reading: 'open',
      },
      log,
      metrics,
      ...options,
    });
  });
  afterAll(() => driver.close());
  return {
    lines,
    operations,
    metrics,
    get graph() {
      return graph;
    },
    fetch: (request) => server.fetch(request),
    async ask(query, { variables, headers = {}, extensions } = {}) {
      const begun = performance.now();
      const response = await server.fetch(
        new Request('http://silkgraph/graphql', {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            accept: 'application/graphql-response+json',
            ...headers,
          },
          body: JSON.stringify({ query, variables, extensions }),
        }),
      );
      return { response, body: await response.json(), ms: performance.now() - begun };
    },
  };
}
