import { expect, it } from 'vitest';
import { createTag, readTags, TagRefused } from '../../../src/history/revisions/tags.ts';
import { losingAnswer } from '../../doors/data/failing-graph.ts';
import { changedGraph } from '../../engine/changes/changed-graph.ts';

const own = changedGraph();

it('a tag whose commit was done but not answered is given, and is refused to the next', async () => {
  const graph = losingAnswer(own.graph, 'tag-create', 1);
  const tag = await createTag(graph, 'report', 1, 'Ana');
  expect(tag).toMatchObject({ name: 'report', revision: 1, author: 'Ana' });
  expect(await readTags(own.graph)).toEqual([tag]);
  const again = createTag(own.graph, 'report', 1, 'Ana');
  await expect(again).rejects.toThrow(TagRefused);
  await expect(again).rejects.toThrow('already given, to revision 1');
});

it.each(['2026', '2026-11-27', '1'])(
  '%s cannot be a tag: where a revision is named by a text, it names another one',
  async (name) => {
    await expect(createTag(own.graph, name, 1, 'Ana')).rejects.toThrow(TagRefused);
    expect(await readTags(own.graph)).toEqual([]);
  },
);
