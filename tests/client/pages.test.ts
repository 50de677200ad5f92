import { describe, expect, it } from 'vitest';
import { nodesOf, type Page, walkPages } from '../../src/client/pages.ts';

/** Pages that are asked for by the cursor at which the one before ended. */
const pagesOf = (pages: Readonly<Record<string, Page>>) => {
  const asked: (string | undefined)[] = [];
  const ask = async (after: string | undefined) => {
    asked.push(after);
    return pages[after ?? ''];
  };
  return { ask, asked };
};

async function all<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const found: Value[] = [];
  for await (const value of values) found.push(value);
  return found;
}

describe('pages', () => {
  it('are asked for one after the other, only as far as they are read', async () => {
    const { ask, asked } = pagesOf({
      '': { nodes: [1, 2], pageInfo: { hasNextPage: true, endCursor: 'b' } },
      b: { edges: [{ node: 3 }], pageInfo: { hasNextPage: true, endCursor: 'c' } },
      c: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } },
    });
    for await (const _ of walkPages(ask)) break;
    expect(asked).toEqual([undefined]);
    expect(await all(nodesOf(walkPages(ask)))).toEqual([1, 2, 3]);
    expect(asked).toEqual([undefined, undefined, 'b', 'c']);
  });

  it('are none where the connection is absent', async () => {
    expect(await all(walkPages(async () => null))).toEqual([]);
  });

  it('say what to select where it cannot be told where they go on', async () => {
    const { ask } = pagesOf({ '': { nodes: [1], pageInfo: { hasNextPage: true } } });
    await expect(all(walkPages(ask))).rejects.toThrow('Select `pageInfo { hasNextPage endCursor }`');
  });

  it('do not go round for ever where the cursor is not passed on', async () => {
    const page = { nodes: [1], pageInfo: { hasNextPage: true, endCursor: 'a' } };
    const walked: Page[] = [];
    await expect(
      (async () => {
        for await (const one of walkPages(async () => page)) walked.push(one);
      })(),
    ).rejects.toThrow('pass it as `after`');
    expect(walked.length).toBeLessThanOrEqual(2);
  });
});
