import type { Driver } from 'neo4j-driver';
import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import cooperationGraph from '../../../../src/cooperation/graph.ts';
import { openDriver } from '../../../../src/engine/database/open-driver.ts';
import { createGraph, type Graph } from '../../../../src/engine/graph/graph.ts';
import { createContext } from '../../../../src/graphql/index.ts';
import { createServer, type ServerOptions } from '../../../../src/service/server.ts';
import { testAddress } from '../../../setup/database.ts';
import { knownStatistics } from '../../../setup/known-statistics.ts';
import { served } from '../../../setup/served.ts';

const origin = 'http://graph.test';

/** The server over the seeded database, asked by path. */
export function linkedServer(options: Partial<ServerOptions> = {}) {
  let driver: Driver;
  let graph: Graph;
  let server: ReturnType<typeof createServer>;
  beforeAll(async () => {
    const at = await testAddress();
    driver = openDriver(at);
    graph = createGraph(driver, cooperationGraph.ontology, { database: at.database });
    const statistics = knownStatistics('seeds', graph);
    server = createServer({
      ...served,
      schema: cooperationGraph.schema,
      explorer: cooperationGraph.explorer,
      log: pino({ level: 'error' }, pino.destination(2)),
      context: (read) => createContext(graph, statistics, read),
      // The first reads are planned, which takes a busy machine longer than a reader should wait.
      timeout: 60_000,
      ...options,
    });
  });
  afterAll(() => driver.close());
  const fetch = (path: string, init: RequestInit = {}) =>
    server.fetch(
      new Request(origin + path, { ...init, headers: { 'x-forwarded-for': '192.0.2.1', ...Object(init.headers) } }),
    );
  return {
    graph: () => graph,
    server: {
      origin,
      fetch,
      get: (path: string, accept?: string) => fetch(path, accept === undefined ? {} : { headers: { accept } }),
    },
  };
}
