import type { Driver } from 'neo4j-driver';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cooperation } from '../../src/cooperation/ontology.ts';
import { openDriver } from '../../src/engine/database/open-driver.ts';
import { createGraph } from '../../src/engine/graph/graph.ts';
import { createContext } from '../../src/graphql/index.ts';
import type { Listening } from '../../src/server/connections/listen.ts';
import { createServer } from '../../src/service/server.ts';
import { testAddress } from '../setup/database.ts';
import { codeOf, hostileInputs, leak, send } from '../setup/hostile-inputs.ts';
import { knownStatistics } from '../setup/known-statistics.ts';
import { served } from '../setup/served.ts';

let driver: Driver;
let listening: Listening;
let before: unknown;

/** Counts everything but what any server of this graph may create meanwhile: its secret and its locks. */
async function countAll(): Promise<unknown> {
  const { records } = await driver.executeQuery(
    'RETURN COUNT { (n:!(`_Secret`|`_Lock`)) } AS nodes, COUNT { ()-->() } AS relations, COUNT { (n) WHERE n.polluted IS NOT NULL } AS polluted',
  );
  return records[0]?.toObject();
}

beforeAll(async () => {
  const address = await testAddress();
  driver = openDriver(address);
  const graph = createGraph(driver, cooperation, address);
  const statistics = knownStatistics('seeds', graph);
  const server = createServer({ ...served, context: (read) => createContext(graph, statistics, read) });
  listening = await server.listen(0, '127.0.0.1');
  before = await countAll();
});
afterAll(async () => {
  await listening.close(0);
  await driver.close();
});

/** Waits until the caller may ask again: one whose operation kept the server busy rests as long, and each input is judged alone. */
async function rested(): Promise<void> {
  const ask = () =>
    send(listening.origin, { headers: { 'content-type': 'application/json' }, body: '{"query":"{ __typename }"}' });
  await expect.poll(async () => (await ask()).status).toBe(200);
}

describe('hostile input', () => {
  beforeEach(rested);

  it.each(hostileInputs.map((one) => [one.name, one] as const))('%s', async (_, { sent, status, code }) => {
    const received = await send(listening.origin, sent);
    expect([received.status, codeOf(received)], received.text.slice(0, 500)).toEqual([status, code]);
    expect(received.text).not.toMatch(leak);
    expect((await fetch(`${listening.origin}/health`)).status).toBe(200);
  });

  it('comes in at least sixty sorts', () => {
    expect(new Set(hostileInputs.map(({ name }) => name)).size).toBeGreaterThanOrEqual(60);
  });

  it('changed nothing, in the graph or in the language', async () => {
    expect(await countAll()).toEqual(before);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
