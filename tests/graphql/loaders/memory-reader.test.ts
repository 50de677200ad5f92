import { expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import type { Row } from '../../../src/engine/graph/statement.ts';
import { everything } from '../../../src/engine/reads/filter.ts';
import { type ConnectionPlan, nothingOfTheEdge } from '../../../src/engine/reads/plan.ts';
import { createMemoryReader, paceOf } from '../../../src/graphql/loaders/memory-reader.ts';
import { WholeGraph } from '../../../src/history/memory/graph-snapshot.ts';
import { createTally } from '../../../src/server/limits/use-cost.ts';

const plan: ConnectionPlan = {
  shape: 'connection',
  relation: null,
  target: { kind: 'Lab', columns: { name: 1 }, relations: {}, prefetched: {} },
  shared: false,
  filter: everything,
  order: [{ by: { property: 'name' }, type: 'string', descending: true, nullable: false }],
  page: { size: 3, backward: false, after: null, before: null },
  edge: nothingOfTheEdge,
  wants: { rows: true, totalCount: true, hasNextPage: false, hasPreviousPage: false },
  facets: {},
  indexScanAbove: null,
  isScanCheap: true,
  areTargetsScanCheap: true,
  signature: '',
};

function someLabs(count: number): WholeGraph {
  const graph = new WholeGraph(cooperation);
  for (let index = 0; index < count; index += 1)
    graph.put({ kind: 'Lab', slug: `lab-${index}`, form: { name: `Lab ${index}` } });
  return graph;
}

it('what is read of an earlier state is counted as what is read of today', async () => {
  const tally = createTally();
  await createMemoryReader(someLabs(10), paceOf({}), tally.report).page(plan);
  expect(tally.rows).toBe(3);
});

it('a list of an earlier state ends with the time of its caller, and lets others have their turn', async () => {
  const graph = someLabs(5_000);
  const rows: Row[] = [];
  const late = createMemoryReader(graph, paceOf({ timeout: 0 }), (read) => rows.push(...read));
  await expect(late.page(plan)).rejects.toMatchObject({ fault: 'TIMEOUT' });
  const leaving = new AbortController();
  leaving.abort();
  const left = createMemoryReader(graph, paceOf({ signal: leaving.signal }));
  await expect(left.page(plan)).rejects.toMatchObject({ fault: 'CANCELLED' });
  expect(rows).toEqual([]);
});
