import { describe, expect, it } from 'vitest';
import { readStoredEntities, readStoredRelations } from '../../../../src/engine/changes/apply/stored-records.ts';
import type { Graph } from '../../../../src/engine/graph/graph.ts';
import { library } from '../../../graphs/library.ts';

/** A graph that answers with one page after the other, and keeps what it was asked. */
function answering(...pages: readonly (readonly unknown[])[]) {
  const asked: unknown[] = [];
  const left = [...pages];
  const read = async (_: unknown, parameters: unknown) => {
    asked.push(parameters);
    return left.shift() ?? [];
  };
  return { asked, graph: { ontology: library, read } as unknown as Graph };
}

const all = async <Item>(pages: AsyncIterable<readonly Item[]>) => {
  const items: Item[] = [];
  for await (const page of pages) items.push(...page);
  return items;
};

const how = { name: 'test', pageSize: 2 };
const [kind = ''] = library.kindNames;
const [type = ''] = library.relationTypes;

describe('records of the database', () => {
  it('are read to their end although an entity at the end of a page is being deleted', async () => {
    const { graph, asked } = answering(
      [
        ['a', { id: 'a' }],
        [null, {}],
      ],
      [
        ['c', { id: 'c' }],
        ['d', null],
      ],
      [['e', { id: 'e' }]],
    );
    expect((await all(readStoredEntities(graph, kind, how))).map(([slug]) => slug)).toEqual(['a', 'c', 'e']);
    expect(asked).toEqual([
      { after: '', limit: 2 },
      { after: 'a', limit: 2 },
      { after: 'c', limit: 2 },
    ]);
  });

  it('are read again where all of a page is being deleted', async () => {
    const { graph, asked } = answering(
      [
        ['a', { id: 'a' }],
        ['b', { id: 'b' }],
      ],
      [
        ['c', {}],
        [null, null],
      ],
      [],
    );
    expect(await all(readStoredEntities(graph, kind, how))).toHaveLength(2);
    expect(asked.slice(1)).toEqual([
      { after: 'b', limit: 2 },
      { after: 'b', limit: 2 },
    ]);
  });

  it('are read to their end although a relation at the end of a page is being deleted', async () => {
    const { graph, asked } = answering(
      [
        ['a', 'b', {}],
        ['a', null, {}],
      ],
      [['b', 'c', {}]],
    );
    expect((await all(readStoredRelations(graph, type, how))).map(([from, to]) => `${from} ${to}`)).toEqual([
      'a b',
      'b c',
    ]);
    expect(asked[1]).toEqual({ from: 'a', to: 'b', limit: 2 });
  });
});
