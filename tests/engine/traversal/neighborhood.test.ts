import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import { findNeighborhood } from '../../../src/engine/traversal/neighborhood.ts';
import { knownStatistics } from '../../setup/known-statistics.ts';
import { runs } from '../../setup/runs.ts';
import { allSlugs, seedGraph, usualRelations } from '../../setup/seed-graph.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();
const model = seedGraph();

/** Number of relations that make a hub for prefetching. */
const HUB = 200;

const isNearHub = (slug: string) =>
  model.degreeOf(slug) > HUB || model.stepsOf(slug).some(({ far }) => model.degreeOf(far) > HUB);

/** The same graph, which has its relations read whole and one level at a time. */
const levelByLevel = (): Graph => ({
  ...server.graph,
  read: (statement, parameters, options) =>
    server.graph.read(
      statement,
      statement.name === 'neighborhood-expand' ? { ...parameters, ahead: false, bound: 1_000 } : parameters,
      options,
    ),
});

/** How often next to entities was read, and what was found. */
async function look(graph: Graph, of: string, limit: number, depth = 2) {
  const before = server.ran.length;
  const statistics = await knownStatistics('seeds', server.graph)();
  const request = { ontology: cooperation, relations: usualRelations, kinds: null, of: [of], depth, limit };
  const { nodes, truncated } = await findNeighborhood(graph, request, { statistics, timeout: 60_000 });
  const reads = server.ran.slice(before).filter(({ name }) => name.startsWith('neighborhood-'));
  const sizes = Array.from({ length: depth + 1 }, (_, level) => nodes.filter((node) => node.depth === level).length);
  return { nodes, truncated, sizes, reads: reads.length };
}

describe('a neighbourhood of two levels that is read ahead', () => {
  it('is the one that is read level by level, as far as no hub is cut short', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...allSlugs), fc.integer({ min: 2, max: 300 }), async (of, limit) => {
        const ahead = await look(server.graph, of, limit);
        const inTurn = await look(levelByLevel(), of, limit);
        expect(ahead.sizes).toEqual(inTurn.sizes);
        expect(ahead.truncated?.reason).toBe(inTurn.truncated?.reason);
        expect(ahead.truncated?.atDepth).toBe(inTurn.truncated?.atDepth);
        if (isNearHub(of)) return;
        expect(ahead.nodes).toEqual(inTurn.nodes);
        expect(ahead.truncated).toEqual(inTurn.truncated);
      }),
      runs(60),
    );
  }, 120_000);

  it('takes one statement if that is enough', async () => {
    const of = allSlugs.find((slug) => model.degreeOf(slug) > 2 && model.degreeOf(slug) < 10 && !isNearHub(slug)) ?? '';
    expect(await look(server.graph, of, 50)).toMatchObject({ reads: 1 });
    expect(await look(levelByLevel(), of, 50)).toMatchObject({ reads: 2 });
  });

  it('reads more of a hub if more of it is returned', async () => {
    const of = model.stepsOf('cn').find(({ far }) => model.degreeOf(far) < 4)?.far ?? '';
    expect(model.degreeOf('cn')).toBeGreaterThan(HUB);
    const { nodes, reads } = await look(server.graph, of, 300);
    expect(nodes).toHaveLength(300);
    expect(reads).toBe(2);
  });
});
