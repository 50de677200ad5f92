import { expect, it, vi } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { createChangeFeed } from '../../../src/engine/changes/log/change-feed.ts';
import { createGraphRevisions } from '../../../src/engine/changes/log/graph-revisions.ts';
import { createContext } from '../../../src/graphql/index.ts';
import { createServer } from '../../../src/service/server.ts';
import { changedGraph, create } from '../../engine/changes/changed-graph.ts';
import { knownStatistics } from '../../setup/known-statistics.ts';
import { served } from '../../setup/served.ts';

const own = changedGraph();

function start() {
  const { graph } = own;
  const revisions = createGraphRevisions(graph, { staleness: 0, timeout: 10_000 });
  const server = createServer({
    ...served,
    // A busy machine takes its time to plan new statements.
    timeout: 60_000,
    context: (read) => createContext(graph, knownStatistics('small data', graph), { ...read, revisions }),
    answers: { ontology: cooperation, revisions: () => revisions, bytes: 2 ** 20 },
  });
  return async (query: string) => {
    const response = await server.fetch(
      new Request('http://silkgraph/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      }),
    );
    const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
    return errors ?? data;
  };
}

const NOW = '{ labs { nodes { slug } } }';
const EARLIER = 'query @asOf(revision: 2) { labs { nodes { slug } } }';
const DIFFERENCE = '{ diff(from: { revision: 1 }, to: { revision: 3 }) { nodes { entity { slug } } } }';

/** Labs, each of a transaction of its own. */
async function write(...slugs: readonly string[]): Promise<void> {
  for (const slug of slugs) await own.change([create('Lab', slug)]);
}

const labs = (...slugs: readonly string[]) => ({ labs: { nodes: slugs.map((slug) => ({ slug })) } });
const differing = (...slugs: readonly string[]) => ({ diff: { nodes: slugs.map((slug) => ({ entity: { slug } })) } });

it('nothing of the database before is answered where a log as long, or a longer one, was restored in its place', async () => {
  const ask = start();
  for (const slugs of [
    ['lab-a', 'lab-b', 'lab-c'],
    ['lab-x', 'lab-y', 'lab-z'],
    ['lab-w', 'lab-x', 'lab-y', 'lab-z'],
  ]) {
    await own.ask('MATCH (node) DETACH DELETE node');
    await write(...slugs);
    expect(await ask(NOW)).toEqual(labs(...slugs));
    expect(await ask(EARLIER)).toEqual(labs(...slugs.slice(0, 2)));
    expect(await ask(DIFFERENCE)).toEqual(differing(...slugs.slice(1, 3)));
    // Until it is stored: the last transaction counts once more with the next look into the log.
    for (let time = 0; time < 2; time += 1) expect(await ask(NOW)).toEqual(labs(...slugs));
  }
}, 120_000);

it('who follows changes is told where another log took the place of the one before', async () => {
  await write('lab-a', 'lab-b');
  const feed = createChangeFeed(own.graph, { interval: 20 });
  const events = await feed.follow({ after: 1 });
  expect((await events.next()).value).toMatchObject({ sequence: 2, entity: { slug: 'lab-b' } });
  const next = expect(events.next()).rejects.toThrow('as after a restore');
  // The feed knows the transaction of the last change once it has looked into the log.
  const before = own.ran.length;
  await vi.waitFor(() =>
    expect(own.ran.slice(before).filter(({ name }) => name === 'changes').length).toBeGreaterThan(1),
  );
  await own.ask('MATCH (node) DETACH DELETE node');
  await write('lab-w', 'lab-x', 'lab-y', 'lab-z');
  await next;
});
