import { expect, it } from 'vitest';
import { ownSilkgraph } from '../../setup/own-silkgraph.ts';

const { server, mutate } = ownSilkgraph();

it('adds groups for all numbers between the first and the last, also below zero and beside entities without one', async () => {
  const batches = [-3, 1, undefined];
  for (const [index, batch] of batches.entries()) {
    const names = { slug: `batch-${index}`, name: `Batch ${index}` };
    const rest = { designation: 'PLANNED', inScope: false, status: 'AGREED', confidence: 'LOW' };
    expect(await mutate('createLab', { ...names, ...rest, batch, sources: ['source-a'] })).toMatchObject({
      errors: [],
    });
  }
  const { labsGroupBy } = await server.data(
    `{ labsGroupBy(by: [BATCH], emptyYears: true, filter: { slug: { startsWith: "batch-" } }) { nodes { count keys { value } } } }`,
  );
  const numbers = labsGroupBy.nodes.map(({ count, keys }: { count: number; keys: { value: string }[] }) => [
    keys[0]?.value,
    count,
  ]);
  expect(numbers).toEqual([
    ['-3', 1],
    ['-2', 0],
    ['-1', 0],
    ['0', 0],
    ['1', 1],
    [null, 1],
  ]);
});
