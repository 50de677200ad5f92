import { beforeAll, describe, expect, it } from 'vitest';
import { byUnderEstimate, type CostedQuery, rankCorrelation, underEstimated } from '../../setup/costs/cost-accuracy.ts';
import { randomQueries, slugsOf } from '../../setup/costs/random-queries.ts';
import { hitsOf } from '../../setup/hits-of.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph({ costLimit: 10_000_000, operationTimeout: 30_000 });

/** `bench/cost.ts` tries more of them, on a generated graph. */
const QUERIES = 60;

describe('the estimated cost of random queries', () => {
  const costed: CostedQuery[] = [];

  beforeAll(async () => {
    for (const query of randomQueries(QUERIES, 1, await slugsOf(server.driver))) {
      const { errors, extensions } = await server.ask(query, {}, { extensions: { cost: true } });
      // What no ontology can tell beforehand, such as a facet of a relation that has none.
      if (errors) continue;
      const { cost } = extensions as { cost: { estimated: number } };
      costed.push({ query, estimated: cost.estimated, hits: await hitsOf(server.driver, server.ran) });
    }
  }, 300_000);

  it('puts them in the order of what Neo4j reads for them', () => {
    expect(costed.length).toBeGreaterThan(QUERIES / 2);
    const estimates = costed.map(({ estimated }) => estimated);
    const hits = costed.map((each) => each.hits);
    expect(rankCorrelation(estimates, hits)).toBeGreaterThan(0.85);
  });

  it('is exceeded by none more than five times', () => {
    const tooLow = byUnderEstimate(costed).filter((each) => underEstimated(each) > 5);
    expect(tooLow).toEqual([]);
  });
});
