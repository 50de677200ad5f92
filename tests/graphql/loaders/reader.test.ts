import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import type { Graph, ReadOptions } from '../../../src/engine/graph/graph.ts';
import { createPlanner } from '../../../src/engine/planning/planner.ts';
import { createStatementTiers } from '../../../src/engine/planning/statement-tiers.ts';
import { everything } from '../../../src/engine/reads/filter.ts';
import { type ConnectionPlan, nothingOfTheEdge } from '../../../src/engine/reads/plan.ts';
import { createReader } from '../../../src/graphql/loaders/reader.ts';
import { readingRows } from '../../setup/graph-double.ts';

const plan: ConnectionPlan = {
  shape: 'connection',
  relation: null,
  target: { kind: 'Lab', columns: { name: 1 }, relations: {}, prefetched: {} },
  shared: false,
  filter: everything,
  order: [{ by: { property: 'name' }, type: 'string', descending: false, nullable: false }],
  page: { size: 2, backward: false, after: null, before: null },
  edge: nothingOfTheEdge,
  wants: { rows: true, totalCount: false, hasNextPage: false, hasPreviousPage: false },
  facets: {},
  indexScanAbove: null,
  isScanCheap: true,
  areTargetsScanCheap: true,
  signature: '',
};

/** A graph that has laboratories in each form in which they can be read, and tells how it was asked. */
function asked() {
  const ran: { readonly text: string; readonly options: ReadOptions | undefined }[] = [];
  const read = readingRows(async ({ text }, _, options) => {
    ran.push({ text, options });
    if (text.startsWith('EXPLAIN')) return [];
    const row = ['a', 'A'];
    return text.includes(' IN $p0') ? [[row, 'A', 'a']] : [[[row]]];
  });
  const graph: Graph = { ontology: cooperation, read, write: () => Promise.reject(new Error('There is no database.')) };
  return { ran, tiers: createStatementTiers(createPlanner(graph)), graph };
}

const admit = async () => () => {};

describe('a reader', () => {
  it('reads a new plan by parts, then has it planned, and then reads it whole, always with the same result', async () => {
    const { ran, tiers, graph } = asked();
    for (const _ of ['first', 'again', 'planned']) {
      const page = await createReader(graph, { admit }, { tiers }).page(plan);
      expect(page.nodes.map((node) => [node.slug, node.value('name')])).toEqual([['a', 'A']]);
      await tiers.plan({ name: 'other', text: 'RETURN 0' }, {});
    }
    const texts = ran.map(({ text }) => text).filter((text) => text !== 'EXPLAIN RETURN 0');
    const [part, again, explained, whole] = texts;
    expect(texts).toHaveLength(4);
    expect(again).toBe(part);
    expect(part).toContain('[k');
    expect(explained).toBe(`EXPLAIN ${whole}`);
    expect(whole).toContain('.name]');
  });

  it('takes what its caller may have planned only for statements that are new', async () => {
    const { ran, tiers, graph } = asked();
    await createReader(graph, { admit }, { tiers }).page(plan);
    await createReader(graph, { admit }, { tiers }).page(plan);
    expect(ran.filter(({ text }) => !text.startsWith('EXPLAIN')).map(({ options }) => options?.admit)).toEqual([
      admit,
      undefined,
    ]);
  });
});
