import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../src/engine/changes/operation.ts';
import { revertChanges } from '../../../src/history/revisions/revert.ts';
import { changedGraph } from '../../engine/changes/changed-graph.ts';

const graph = changedGraph();

const source = { kind: 'Source', slug: 'source', properties: { name: 'S', type: 'MEDIA', reliability: 'HIGH' } };
const flags = { definition: 'D', keyArea: false, topArea: false, editorial: false };
const area = (slug: string) => ({ kind: 'Area', slug, properties: { name: slug, ...flags } });
const group = {
  kind: 'CountryGroup',
  properties: { name: 'Group', type: 'UN_CATEGORY', membership: 'PARTIAL' },
};

const state = async () => [
  await graph.ask('MATCH (entity:Entity) RETURN entity.id, entity._kind ORDER BY entity.id'),
  await graph.ask('MATCH (from)-[relation]->(to) RETURN from.id, type(relation), to.id ORDER BY from.id, to.id'),
];

async function expectReverted(operations: readonly Operation[]): Promise<void> {
  const before = await state();
  const { changes } = await graph.change(operations);
  const [{ transaction = '' } = {}] = changes;
  expect(await state()).not.toEqual(before);
  await revertChanges(graph.graph, { transaction, author: 'tester' });
  expect(await state()).toEqual(before);
}

describe('what a transaction changed is reverted', () => {
  it('where an entity of another kind took the slug of one that it deleted', async () => {
    await graph.change([
      { action: 'CREATE', ...source },
      { action: 'CREATE', ...area('narrow'), sources: ['source'] },
      { action: 'CREATE', ...area('broad'), sources: ['source'] },
      { action: 'LINK', relation: 'BROADER', from: 'narrow', to: 'broad', properties: {} },
    ]);
    await expectReverted([
      { action: 'DELETE', kind: 'Area', slug: 'broad', detach: true },
      { action: 'CREATE', ...group, slug: 'broad', sources: ['source'] },
    ]);
  });

  it('where sources were replaced by others', async () => {
    await graph.change([
      { action: 'CREATE', ...source },
      { action: 'CREATE', ...area('broad'), sources: ['source'] },
    ]);
    await expectReverted([
      { action: 'UNLINK', relation: 'CITES', from: 'broad', to: 'source' },
      { action: 'DELETE', kind: 'Source', slug: 'source' },
      { action: 'CREATE', ...source, slug: 'other' },
      { action: 'LINK', relation: 'CITES', from: 'broad', to: 'other', properties: { supports: ['RECORD'] } },
    ]);
  });
});
