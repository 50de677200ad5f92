import { expect, it } from 'vitest';
import { importFiles } from '../../../../src/doors/data/import/import-files.ts';
import { changedGraph, create, leastOf } from '../../../engine/changes/changed-graph.ts';
import { dataFolder } from '../data-folder.ts';

const own = changedGraph();

it('an import into a graph that was emptied goes on from the revisions that clients know', async () => {
  await own.change([create('Area', 'tea')]);
  await own.change([{ action: 'DELETE', kind: 'Area', slug: 'tea' }]);
  await importFiles(own.graph, [dataFolder({ 'areas.json': [{ id: 'tea', ...leastOf('Area', 'tea') }] })]);
  const named = { action: 'UPDATE', kind: 'Area', slug: 'tea', properties: { name: 'Tea' } } as const;
  expect(await own.faults([{ ...named, expectedRevision: 1 }])).toEqual([
    expect.stringContaining('is at revision 3, not 1'),
  ]);
  await own.change([{ ...named, expectedRevision: 3 }]);
});
