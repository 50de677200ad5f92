import { expect, it } from 'vitest';
import { createWatch, readWatches } from '../../../src/history/watching/watch-store.ts';
import { losingAnswer } from '../../doors/data/failing-graph.ts';
import { changedGraph } from '../../engine/changes/changed-graph.ts';

const own = changedGraph();

it('a watch whose commit was done but not answered is made once, and its secret is told', async () => {
  const graph = losingAnswer(own.graph, 'watch-create', 1);
  const watch = await createWatch(graph, { url: 'https://example.org/hook', scope: '', owner: null });
  expect(await readWatches(own.graph)).toEqual([watch]);
});
