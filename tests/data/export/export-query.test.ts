import { describe, expect, it } from 'vitest';
import { exportQuery } from '../../../src/data/export/export-query.ts';
import { schema } from '../../setup/served.ts';
import { silkgraph } from '../../setup/silkgraph.ts';
import { textOf } from '../exported.ts';

const server = silkgraph();

async function exportOf(query: string, variables: Readonly<Record<string, unknown>> = {}) {
  let asked = 0;
  const text = await textOf(
    exportQuery({
      schema,
      query,
      variables,
      format: 'jsonl',
      ask: async (text, values) => {
        asked += 1;
        if (asked > 50) throw new Error('It goes on for ever.');
        return { data: await server.data(text, values) };
      },
    }),
  );
  return { lines: text.split('\n').length - 1, asked };
}

describe('the export of a list', () => {
  it('has all of its pages', async () => {
    const { labs } = await server.data('{ labs { totalCount } }');
    const { lines, asked } = await exportOf('{ labs(first: 25) { nodes { slug } } }');
    expect(lines).toBe(labs.totalCount);
    expect(asked).toBe(Math.ceil(labs.totalCount / 25));
  });

  it.each([
    ['{ labs(first: 0) { nodes { slug } } }', {}],
    ['query ($first: Int) { labs(first: $first) { nodes { slug } } }', { first: 0 }],
  ])('ends where its pages are to have no items: %s', async (query, variables) => {
    expect(await exportOf(query, variables)).toEqual({ lines: 0, asked: 1 });
  });
});
