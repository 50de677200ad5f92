import type { Driver } from 'neo4j-driver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { anonymous, type Role } from '../../../src/engine/access/viewer.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import { createGraph, type Graph } from '../../../src/engine/graph/graph.ts';
import { keepStatistics } from '../../../src/engine/reads/statistics.ts';
import { createContext } from '../../../src/graphql/index.ts';
import type { Exporting } from '../../../src/server/access/exporting.ts';
import { createServer, type ServerOptions } from '../../../src/service/server.ts';
import { testAddress } from '../../setup/database.ts';
import { served } from '../../setup/served.ts';

let driver: Driver;
let graph: Graph;

beforeAll(async () => {
  const address = await testAddress();
  driver = openDriver(address);
  graph = createGraph(driver, cooperation, address);
});
afterAll(() => driver.close());

function serve(options: Partial<ServerOptions>) {
  const statistics = keepStatistics(graph);
  return createServer({
    ...served,
    context: (read) => createContext(graph, statistics, read),
    access: {
      authenticator: {
        authenticate: async ({ apiKey }) => (apiKey ? { name: apiKey, role: apiKey as Role } : anonymous),
      },
      reading: 'open',
    },
    ...options,
  });
}

const exported = async (server: ReturnType<typeof serve>, role?: Role, method = 'GET') => {
  const headers = role === undefined ? {} : { 'x-api-key': role };
  const response = await server.fetch(
    new Request('http://silkgraph/export?format=jsonl&kind=PARK', { method, headers }),
  );
  await response.body?.cancel();
  return response.status;
};

const documents = new Map([['id', '{ parks(first: 1) { nodes { slug } } }']]);

describe('the permission to export the graph', () => {
  it.each([
    ['open', [200, 200, 200, 200]],
    ['closed', [401, 200, 200, 200]],
    ['admin', [401, 403, 403, 200]],
    ['off', [403, 403, 403, 403]],
  ] as const)('is %s', async (exporting: Exporting, expected) => {
    const server = serve({ exporting });
    for (const method of ['GET', 'HEAD']) {
      const statuses = [];
      for (const role of [undefined, 'reader', 'editor', 'admin'] as const)
        statuses.push(await exported(server, role, method));
      expect(statuses).toEqual(expected);
    }
  });

  it('is open by default, and closed with trusted documents, which would cover nothing otherwise', async () => {
    expect(await exported(serve({}))).toBe(200);
    const trusting = serve({ trustedDocuments: documents });
    expect([await exported(trusting), await exported(trusting, 'reader')]).toEqual([401, 200]);
    expect(await exported(serve({ trustedDocuments: documents, exporting: 'open' }))).toBe(200);
  });

  it('is not needed for the answer to a question, which may be asked page by page as well', async () => {
    const post = async (server: ReturnType<typeof serve>, query: string) => {
      const response = await server.fetch(
        new Request('http://silkgraph/export', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query, format: 'jsonl' }),
        }),
      );
      await response.body?.cancel();
      return response.status;
    };
    expect(await post(serve({ exporting: 'off' }), '{ parks { nodes { slug } } }')).toBe(200);
    const trusting = serve({ trustedDocuments: documents });
    expect(await post(trusting, documents.get('id') ?? '')).toBe(200);
    expect(await post(trusting, '{ labs { nodes { slug } } }')).toBe(403);
  });
});
