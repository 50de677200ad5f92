import { describe, expect, it } from 'vitest';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import { createContext } from '../../../src/graphql/index.ts';
import { createServer } from '../../../src/service/server.ts';
import { changedGraph, create } from '../../engine/changes/changed-graph.ts';
import { knownStatistics } from '../../setup/known-statistics.ts';
import { served } from '../../setup/served.ts';

const own = changedGraph();

let made = 0;
const addLab = () => own.change([create('Lab', `lab-${++made}`)]);

const QUERY = '{ labs { nodes { slug } } }';

/** Asks a server for labs, with a number of changes that each come in while the labs are read. */
async function ask(changes: number, limits: { readonly requests?: number; readonly cost?: number } = {}) {
  await addLab();
  let readings = 0;
  const graph: Graph = {
    ...own.graph,
    async read(statement, parameters, options) {
      const rows = await own.graph.read(statement, parameters, options);
      if (statement.name !== 'connection-Lab') return rows;
      readings += 1;
      if (readings <= changes) await addLab();
      return rows;
    },
  };
  const rate = (requests: number | undefined) => (requests ? { requests, seconds: 1e9 } : undefined);
  const server = createServer({
    ...served,
    timeout: 60_000,
    rateLimit: rate(limits.requests),
    costRate: rate(limits.cost),
    context: (read) => createContext(graph, knownStatistics('small data', graph), read),
  });
  const response = await server.fetch(
    new Request('http://silkgraph/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: QUERY, extensions: { revision: true, cost: true } }),
    }),
  );
  const { data, extensions } = await response.json();
  const left = Object.fromEntries(
    [...String(response.headers.get('ratelimit')).matchAll(/"(\w+)";r=(\d+)/g)].map(([, name, count]) => [
      name,
      Number(count),
    ]),
  );
  return { labs: data.labs.nodes.length, readings, left, ...extensions };
}

describe('an answer with its revision, while changes come in', () => {
  it('is charged for each time that it is read, and `actual` is what was read for the one that is given', async () => {
    const quiet = await ask(0, { requests: 10, cost: 1_000_000 });
    const { estimated, actual } = quiet.cost;
    expect(quiet).toMatchObject({ labs: 1, readings: 1, revision: { isExact: true } });
    expect(quiet.left).toEqual({ requests: 9, cost: 1_000_000 - estimated });
    const busy = await ask(2, { requests: 10, cost: 1_000_000 });
    expect(busy).toMatchObject({ labs: 4, readings: 3, revision: { isExact: true } });
    expect(busy.left).toEqual({ requests: 7, cost: 1_000_000 - 3 * estimated });
    expect(busy.cost).toMatchObject({ estimated, actual: 4 * actual });
  });

  it.each([
    ['requests', { requests: 2 }],
    ['costs', { cost: 5 }],
  ])('is read no more often than the limit on the rate of %s allows', async (_, limits) => {
    const answer = await ask(5, limits);
    expect(answer).toMatchObject({ labs: answer.readings, revision: { isExact: false } });
    expect(answer.readings).toBeLessThan(3);
  });

  it('is read three times at most', async () => {
    expect(await ask(5)).toMatchObject({ readings: 3, labs: 3, revision: { isExact: false } });
  });
});
