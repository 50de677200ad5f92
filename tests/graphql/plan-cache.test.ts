import { describe, expect, it } from 'vitest';
import { readStatistics } from '../../src/engine/reads/statistics.ts';
import { createContext } from '../../src/graphql/index.ts';
import { createPlanCache } from '../../src/graphql/plan-cache.ts';
import { createMetrics } from '../../src/server/observability/metrics.ts';
import { createServer } from '../../src/service/server.ts';
import { served } from '../setup/served.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const plans = createPlanCache();
const server = silkgraph({ plans });

/** Asks, and counts the plans that had to be made. */
async function plansOf(query: string, variables: Readonly<Record<string, unknown>>) {
  const before = plans.misses;
  const data = await server.data(query, variables);
  return { data, made: plans.misses - before };
}

const lookup = `query ($slug: String!, $first: Int, $name: String) {
  country(slug: $slug) { slug ...Labs }
}
fragment Labs on Country { labs(first: $first, filter: { name: { contains: $name } }) { nodes { name } } }`;

describe('the plan of a selection', () => {
  it('is made once for all entities', async () => {
    expect((await plansOf(lookup, { slug: 'ke', first: 2 })).made).toBe(1);
    const { data, made } = await plansOf(lookup, { slug: 'pk', first: 2 });
    expect(made).toBe(0);
    expect(data.country.slug).toBe('pk');
  });

  it('differs if a variable used below it differs', async () => {
    const one = await plansOf(lookup, { slug: 'pk', first: 1 });
    const three = await plansOf(lookup, { slug: 'pk', first: 3 });
    expect([one.made, three.made]).toEqual([1, 1]);
    expect(one.data.country.labs.nodes).toHaveLength(1);
    expect(three.data.country.labs.nodes).toHaveLength(3);
    const [, name] = three.data.country.labs.nodes.map((lab: { name: string }) => lab.name);
    const named = await plansOf(lookup, { slug: 'pk', first: 3, name });
    expect(named.made).toBe(1);
    expect(named.data.country.labs.nodes).toEqual([{ name }]);
  });

  it('of a list depends on the arguments of the list itself', async () => {
    const page = 'query ($first: Int) { labs(first: $first) { nodes { slug } } }';
    expect((await plansOf(page, { first: 2 })).data.labs.nodes).toHaveLength(2);
    expect((await plansOf(page, { first: 4 })).data.labs.nodes).toHaveLength(4);
    expect((await plansOf(page, { first: 4 })).made).toBe(0);
  });

  it('is made once for all parents, however much the variables of an operation bring along', async () => {
    const { data, made } = await plansOf(
      `query ($slugs: [String!]!) {
        labs(first: 100) { nodes { milestones { source { sources(filter: { slug: { in: $slugs } }) { totalCount } } } } }
      }`,
      { slugs: Array.from({ length: 150 }, (_, index) => `a-source-with-a-name-of-some-length-${index}`) },
    );
    const named = data.labs.nodes.flatMap(({ milestones }: { milestones: { source: unknown }[] }) =>
      milestones.filter(({ source }) => source !== null),
    );
    expect(named.length).toBeGreaterThan(50);
    expect(made).toBe(2);
    expect(server.ran).toHaveLength(2);
  });

  it('is made once for paths between any entities', async () => {
    const paths = 'query ($from: ID!) { paths(from: $from, to: "pk", limit: 1) { paths { nodes { name } } } }';
    await plansOf(paths, { from: 'ke' });
    expect((await plansOf(paths, { from: 'eg' })).made).toBeLessThanOrEqual(1);
    expect((await plansOf(paths, { from: 'ke' })).made).toBe(0);
  });

  it('is counted by the server that needs it', async () => {
    const statistics = await readStatistics(server.graph);
    const start = () => {
      const metrics = createMetrics();
      const { fetch } = createServer({
        ...served,
        metrics,
        context: (read) => createContext(server.graph, async () => statistics, read),
      });
      return { metrics, fetch };
    };
    const [first, second] = [start(), start()];
    await first.fetch('http://silkgraph/graphql?query={labs{nodes{slug}}}');
    const misses = 'silkgraph_plan_cache_lookups_total{result="miss"}';
    expect(await first.metrics.text()).toContain(`${misses} 1`);
    expect(await second.metrics.text()).toContain(`${misses} 0`);
  });
});
