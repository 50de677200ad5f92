import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { findSimilar } from '../../../src/engine/traversal/similar.ts';
import { seedGraph, usualRelations } from '../../setup/seed-graph.ts';
import { silkgraph } from '../../setup/silkgraph.ts';
import { slowGraph } from '../../setup/slow-graph.ts';

const server = silkgraph();
const model = seedGraph();

const request = { ontology: cooperation, relations: usualRelations, kinds: null, to: 'ke', limit: 50 };

const whole = async () => {
  const found = await findSimilar(server.graph, request, { timeout: 60_000 });
  expect(found?.truncated).toBeNull();
  return found?.similar ?? [];
};

/** A graph whose first reads exceed every timeout. */
const slowBefore = (reads: number) => slowGraph(server.graph, (read) => read <= reads);

describe('similar entities, if not all neighbours are considered', () => {
  it('are found by the rarest of them, with scores that are never too high and a count of those left out', async () => {
    const all = new Map((await whole()).map((one) => [one.slug, one]));
    const effort = { relations: 20_000, visits: 30 };
    const found = await findSimilar(server.graph, request, { timeout: 60_000, effort });
    expect(found?.truncated).toMatchObject({ reason: 'SEARCH_LIMIT', atDepth: 1 });
    expect(found?.similar).not.toEqual([]);
    for (const { slug, score } of found?.similar ?? []) {
      const known = all.get(slug);
      if (known) expect(score).toBeLessThanOrEqual(known.score + 1e-9);
    }
    const looked = new Set(found?.similar.flatMap(({ because }) => because.map((shared) => shared.slug)));
    const visited = [...looked].reduce((sum, slug) => sum + model.degreeOf(slug), 0);
    expect(visited).toBeLessThanOrEqual(effort.visits);
    const counts = found?.truncated?.leftOut.map(({ count }) => count) ?? [];
    expect(counts).toEqual(counts.toSorted((left, right) => right - left));
  });

  it('counts what was not even read among what is left out', async () => {
    const degree = model.degreeOf('ke');
    const found = await findSimilar(server.graph, request, {
      timeout: 60_000,
      effort: { relations: 1, visits: 100_000 },
    });
    const leftOut = found?.truncated?.leftOut.reduce((sum, { count }) => sum + count, 0);
    expect(leftOut).toBe(degree - 1);
  });

  it('are those of a much smaller search if the usual one takes too long, marked as truncated', async () => {
    const found = await findSimilar(slowBefore(1), request, {
      timeout: 3_000,
      effort: { relations: 20_000, visits: 100_000 },
    });
    // So little is there around it that the smaller search is complete.
    expect(found?.similar).toEqual(await whole());
  });

  it('fails with a clear message if there is no time for that either', async () => {
    await expect(findSimilar(slowBefore(2), request, { timeout: 1_000 })).rejects.toMatchObject({ fault: 'TIMEOUT' });
  });
});
