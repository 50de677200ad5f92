import type { Driver } from 'neo4j-driver';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import { createGraph, type Graph } from '../../../src/engine/graph/graph.ts';
import { changeCursor } from '../../../src/graphql/changes/change-types.ts';
import { testAddress } from '../../setup/database.ts';
import { liveServers } from '../../setup/live-server.ts';

const start = liveServers();
let driver: Driver;
let graph: Graph;

beforeAll(async () => {
  const address = await testAddress();
  driver = openDriver(address);
  graph = createGraph(driver, cooperation, address);
});
afterAll(() => driver.close());

it('a subscription that waits for a cursor beyond the log takes no place from others', async () => {
  let looks = 0;
  const watched: Graph = {
    ...graph,
    read: (statement, ...more) => {
      if (statement.name === 'change-log-last') looks += 1;
      return graph.read(statement, ...more);
    },
  };
  // Longer than a request waits for a place.
  const server = await start(watched, { concurrency: 1, feedOptions: { timeout: 4_000 } });
  const subscribing = fetch(server.graphql, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({
      query: 'subscription ($after: String) { changes(after: $after) { __typename } }',
      variables: { after: changeCursor(10 ** 9) },
    }),
  });
  await expect.poll(() => looks).toBeGreaterThan(0);
  const response = await fetch(server.graphql, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ __typename }' }),
  });
  expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
  expect(await (await subscribing).text()).toContain('INVALID_CURSOR');
});
