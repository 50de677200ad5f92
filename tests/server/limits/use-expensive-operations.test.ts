import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import { createContext } from '../../../src/graphql/index.ts';
import { createMetrics } from '../../../src/server/observability/metrics.ts';
import { createServer } from '../../../src/service/server.ts';
import { served } from '../../setup/served.ts';
import { statisticsOf } from '../../setup/statistics-of.ts';

const expensive = '{ search(query: "tea", first: 100) { nodes { id slug name nameZh } } }';
const cheap = '{ __typename }';

/** A server with one place for expensive operations and four in its queue, whose searches last until they are released. */
function createBusyServer() {
  const searches: (() => void)[] = [];
  let most = 0;
  let isOver = false;
  const read = async ({ name }: { readonly name: string }) => {
    if (name === 'search' && !isOver) {
      await new Promise<void>((resolve) => {
        searches.push(resolve);
        most = Math.max(most, searches.length);
      });
    }
    return [];
  };
  const graph = { ontology: cooperation, read } as unknown as Graph;
  const metrics = createMetrics();
  const server = createServer({
    ...served,
    context: (given) => createContext(graph, async () => statisticsOf(), given),
    concurrency: 2,
    metrics,
  });
  return {
    async ask(query: string) {
      const response = await server.fetch('http://silkgraph/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
        body: JSON.stringify({ query }),
      });
      const { data, errors } = (await response.json()) as { data?: unknown; errors?: { extensions: unknown }[] };
      return { status: response.status, data, code: errors?.[0]?.extensions };
    },
    /** Ends the search that runs, once there is one. */
    async release() {
      await expect.poll(() => searches.length, { interval: 5 }).toBeGreaterThan(0);
      searches.shift()?.();
    },
    /** Ends each search at once from now on. */
    releaseAll() {
      isOver = true;
      for (const search of searches.splice(0)) search();
    },
    mostAtOnce: () => most,
    inFlight: async () => /^silkgraph_operations_in_flight (\d+)$/m.exec(await metrics.text())?.[1],
  };
}

describe('expensive operations', () => {
  it('have few places of their own, so that others are answered meanwhile', async () => {
    const { ask, release, mostAtOnce, inFlight } = createBusyServer();
    const asked = [ask(expensive), ask(expensive), ask(expensive)];
    for (let count = 0; count < 3; count += 1) {
      expect(await ask(cheap)).toEqual({ status: 200, data: { __typename: 'Query' }, code: undefined });
      await release();
    }
    for (const answer of asked) expect(await answer).toMatchObject({ status: 200, code: undefined });
    expect(mostAtOnce()).toBe(1);
    expect(await inFlight()).toBe('0');
  });

  it('are refused if too many wait, with a code, and hold no place then', async () => {
    const { ask, releaseAll, inFlight } = createBusyServer();
    // At most 6 are on their way to the other queue, in which there is room for 5.
    const answers = Array.from({ length: 12 }, () => ask(expensive));
    const refused = await Promise.race(answers);
    expect(refused).toEqual({
      status: 503,
      data: undefined,
      code: expect.objectContaining({ code: 'OVERLOADED' }),
    });
    releaseAll();
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    expect(await inFlight()).toBe('0');
  });
});
