import { describe, expect, it } from 'vitest';
import { hitsOf } from '../../setup/hits-of.ts';
import { nestedQueries } from '../../setup/nested-queries.ts';
import { neverPlanned } from '../../setup/never-planned.ts';
import { runs } from '../../setup/runs.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const shared = silkgraph({ sharedFrom: 0 });
const nested = silkgraph({ sharedFrom: Number.POSITIVE_INFINITY });
const batched = silkgraph({ planning: false });
const byParts = silkgraph({ tiers: neverPlanned });

describe('targets that many entities share', () => {
  const { numRuns, seed } = runs(8);

  it.each(nestedQueries(numRuns, seed))('are the same as if each were read anew: %s', async (query) => {
    const answer = await batched.ask(query);
    for (const way of [byParts, shared, nested]) expect(await way.ask(query)).toEqual(answer);
  });

  it('cost hits by how many are distinct, not by how often they are met', async () => {
    const query = `{ institutions(first: 100) { nodes { country { slug institutions(first: 5) { nodes { name } } } } } }`;
    const hits = async (server: typeof shared) => {
      const { institutions } = await server.data(query);
      const met = institutions.nodes.flatMap(({ country }: { country: object | null }) => country ?? []);
      return { met: met.length, hits: await hitsOf(server.driver, server.ran) };
    };
    const [once, anew] = [await hits(shared), await hits(nested)];
    expect(once.met).toBe(anew.met);
    expect(once.hits).toBeLessThan(anew.hits / 2);
  });
});
