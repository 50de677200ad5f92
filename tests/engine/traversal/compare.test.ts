import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import { compareNeighbors, MOST_SHARED } from '../../../src/engine/traversal/compare.ts';
import { readingRows } from '../../setup/graph-double.ts';
import { knownStatistics } from '../../setup/known-statistics.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();
const walk = { ontology: cooperation, relations: ['RESEARCHES'], kinds: null } as const;

const labs = Array.from({ length: MOST_SHARED + 200 }, (_, number) => `lab-${String(number).padStart(4, '0')}`);

/** A graph in which two areas have all of these laboratories in common, and the first has one more at each end. */
const crowded = (): Graph => ({
  ...server.graph,
  read: readingRows(async ({ name }, parameters) => {
    if (name === 'compare-shared') {
      const limit = 'limit' in parameters ? Number(parameters.limit) : 0;
      return [[labs.slice(0, limit).map((slug) => [slug, 'RESEARCHES', true])]];
    }
    const steps = (slugs: readonly string[]) => slugs.map((slug) => [slug, 'RESEARCHES', false]);
    const one = ['one', ['Entity', 'Area'], steps(['a-lab', ...labs, 'z-lab']), null];
    const other = ['other', ['Entity', 'Area'], steps(labs), null];
    return [[[one, other]]];
  }),
});

describe('a comparison of entities that share more than is listed', () => {
  it('shows as a difference only what is known to be one, and counts the rest', async () => {
    const statistics = await knownStatistics('seeds', server.graph)();
    const { shared, differing, truncated } = await compareNeighbors(crowded(), ['one', 'other'], walk, { statistics });
    expect(shared.map(({ slug }) => slug)).toEqual(labs.slice(0, MOST_SHARED));
    expect(differing.map(({ neighbors }) => neighbors.map(({ slug }) => slug))).toEqual([['a-lab'], []]);
    // Of the one 200 that are shared and one that is not, of the other 200.
    expect(truncated).toEqual({ reason: 'LIMIT', atDepth: 1, leftOut: [{ relation: 'RESEARCHES', count: 401 }] });
  });
});
