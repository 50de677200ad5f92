import { describe, expect, it, vi } from 'vitest';
import { GraphError, type GraphFault } from '../../../src/engine/graph/errors.ts';
import type { Graph, ReadOptions } from '../../../src/engine/graph/graph.ts';
import { changedGraph, create, link } from '../../engine/changes/changed-graph.ts';
import { type LiveServer, liveServers, take, transports } from '../../setup/live-server.ts';

const changed = changedGraph();
const start = liveServers('small data');
const connect = transports['graphql-ws'];
if (!connect) throw new Error('There is no such transport.');

const LABS = 'subscription { live { labs { nodes { slug name } } } }';
const slugsIn = ({ data }: { data?: { live: { labs: { nodes: { slug: string }[] } } } }) =>
  data?.live.labs.nodes.map(({ slug }) => slug);

/** Counts reads of labs. */
function counting(graph: Graph) {
  const reads: string[] = [];
  const counted: Graph = {
    ...graph,
    read: (statement, parameters, options?: ReadOptions) => {
      if (/Lab/.test(statement.name)) reads.push(statement.name);
      return graph.read(statement, parameters, options);
    },
  };
  return { graph: counted, reads };
}

const followers = (server: LiveServer, count: number) =>
  vi.waitFor(() => expect(server.feed.followers).toBe(count), { timeout: 5_000, interval: 5 });

describe('a live question', () => {
  it.each(Object.entries(transports))(
    'over %s is answered at once, and again after each change',
    async (_, connectOver) => {
      const server = await start(changed.graph);
      const client = connectOver(server);
      const answers = client.iterate({ query: LABS });
      expect((await take(answers, 1)).map(slugsIn)).toEqual([[]]);
      for (const [index, slug] of ['lab-a', 'lab-b'].entries()) {
        const next = take(answers, 1);
        await changed.change([create('Lab', slug)]);
        expect((await next).map(slugsIn)).toEqual([['lab-a', 'lab-b'].slice(0, index + 1)]);
      }
      client.dispose();
      await followers(server, 0);
    },
  );

  it('takes variables, names and fragments, as a query does', async () => {
    const server = await start(changed.graph);
    await changed.change([create('Lab', 'lab-one'), create('Area', 'area')]);
    const client = connect(server);
    const query = `
      subscription Named($slug: String!) { ...root }
      fragment root on Subscription { current: live { lab(slug: $slug) { ...named } } }
      fragment named on Lab { title: name areas { nodes { slug } } }`;
    const answers = client.iterate({ query, variables: { slug: 'lab-one' } });
    const [first] = await take(answers, 1);
    expect(first?.data).toEqual({ current: { lab: { title: 'The Lab lab-one', areas: { nodes: [] } } } });
    const next = take(answers, 1);
    await changed.change([link('RESEARCHES', 'lab-one', 'area')]);
    expect((await next)[0]?.data.current.lab.areas.nodes).toEqual([{ slug: 'area' }]);
    client.dispose();
  });

  it('is read again only after changes that touch it, and sent only if its answer has changed', async () => {
    const { graph, reads } = counting(changed.graph);
    const server = await start(graph);
    await changed.change([create('Lab', 'lab-one')]);
    const client = connect(server);
    const answers = client.iterate({ query: LABS });
    await take(answers, 1);
    expect(reads).toHaveLength(1);
    await changed.change([create('Area', 'area')]);
    await changed.change([
      { action: 'UPDATE', kind: 'Lab', slug: 'lab-one', properties: { description: 'Not selected.' } },
    ]);
    const next = take(answers, 1);
    await changed.change([create('Lab', 'lab-two')]);
    expect((await next).map(slugsIn)).toEqual([['lab-one', 'lab-two']]);
    // Not for the area; the two changes to labs may be read together.
    expect(reads.length).toBeLessThanOrEqual(3);
    client.dispose();
  });

  it('is read once for all who follow it', async () => {
    const { graph, reads } = counting(changed.graph);
    const server = await start(graph, { concurrency: 100 });
    const client = connect(server);
    const all = Array.from({ length: 50 }, () => client.iterate({ query: LABS }));
    await Promise.all(all.map((answers) => take(answers, 1)));
    expect(reads).toHaveLength(1);
    const next = all.map((answers) => take(answers, 1));
    await changed.change([create('Lab', 'lab-one')]);
    for (const answers of await Promise.all(next)) expect(answers.map(slugsIn)).toEqual([['lab-one']]);
    expect(reads).toHaveLength(2);
    expect(server.feed.followers).toBe(1);
    client.dispose();
    await followers(server, 0);
  });

  it('is read again by itself where the database is away for a moment, or an answer is not read in time', async () => {
    const faults: GraphFault[] = ['UNAVAILABLE'];
    const read: Graph['read'] = (...asked) => {
      const fault = /Lab/.test(asked[0].name) ? faults.shift() : undefined;
      return fault ? Promise.reject(new GraphError(fault, 'for a moment')) : changed.graph.read(...asked);
    };
    const client = connect(await start({ ...changed.graph, read }));
    const answers = client.iterate({ query: LABS });
    const [refused, first] = await take(answers, 2);
    expect(refused).toMatchObject({ errors: [{ extensions: { code: 'DATABASE_UNAVAILABLE' } }] });
    expect(first).toEqual({ data: { live: { labs: { nodes: [] } } } });
    // As where Neo4j stops while it reads: the answer that is known stays meanwhile.
    faults.push('CANCELLED');
    const second = take(answers, 1);
    await changed.change([create('Lab', 'lab-a')]);
    expect((await second).map(slugsIn)).toEqual([['lab-a']]);
    faults.push('TIMEOUT');
    const third = take(answers, 2);
    await changed.change([create('Lab', 'lab-b')]);
    const [late, last] = await third;
    expect(late?.errors).toMatchObject([{ extensions: { code: 'TIMEOUT' } }]);
    expect(last && slugsIn(last)).toEqual(['lab-a', 'lab-b']);
    client.dispose();
  });

  it('takes no place while the database is away', async () => {
    let isAway = true;
    const read: Graph['read'] = (...asked) =>
      isAway && asked[0].name === 'change-log-last'
        ? Promise.reject(new GraphError('UNAVAILABLE', 'away'))
        : changed.graph.read(...asked);
    const server = await start({ ...changed.graph, read }, { callerLimits: { subscriptions: { each: 1, all: 1 } } });
    const client = connect(server);
    const next = async () => (await take(client.iterate({ query: LABS }), 1))[0];
    for (let turn = 0; turn < 3; turn += 1) {
      const errors = await next().catch((errors: unknown) => errors);
      expect(errors).toMatchObject([{ extensions: { code: 'DATABASE_UNAVAILABLE' } }]);
    }
    isAway = false;
    expect(await next()).toMatchObject({ data: { live: { labs: { nodes: [] } } } });
    client.dispose();
  });

  it('is refused like a query that is invalid, too expensive or in error', async () => {
    const client = connect(await start(changed.graph));
    const poor = connect(await start(changed.graph, { costLimit: 1 }));
    const codesOf = async (query: string, by = client) => {
      const results = by.iterate({ query });
      try {
        const [first] = await take(results, 1);
        return first?.errors?.map(({ extensions }: { extensions: { code: string } }) => extensions.code);
      } catch (errors) {
        return (errors as { extensions: { code: string } }[]).map(({ extensions }) => extensions.code);
      }
    };
    expect(await codesOf('subscription { live { nothing } }')).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(
      await codesOf('subscription { live { lab(slug: "a") { areas(first: -1) { totalCount } } } }'),
    ).toBeUndefined();
    expect(await codesOf('subscription { live { labs(first: -1) { totalCount } } }')).toEqual(['BAD_USER_INPUT']);
    expect(await codesOf(LABS, poor)).toEqual(['LIMIT_EXCEEDED']);
    client.dispose();
    poor.dispose();
  });
});
