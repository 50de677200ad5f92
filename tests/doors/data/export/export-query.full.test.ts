import { describe, expect, it } from 'vitest';
import { exportQuery } from '../../../../src/doors/data/export/export-query.ts';
import { schema } from '../../../setup/served.ts';
import { silkgraph } from '../../../setup/silkgraph.ts';
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
    [
      'paths',
      'pathsBetween(from: ["kh"], to: ["china-asean-technology-transfer-center"], maxHops: 2, first: 1)',
      'length',
    ],
    ['ranks', 'structure(projection: { kinds: [LAB, COUNTRY] }, measure: DEGREE, kinds: [LAB], first: 50)', 'slug'],
  ])('has all pages of %s, too', async (_, list, field) => {
    const { all } = await server.data(`{ all: ${list} { totalCount nodes { ${field} } } }`);
    expect(all.totalCount).toBeGreaterThan(all.nodes.length);
    expect((await exportOf(`{ ${list} { nodes { ${field} } } }`)).lines).toBe(all.totalCount);
  });

  it('has the values of one related entity at the same place in all columns, with nothing for an absent one', async () => {
    const query = '{ labs { nodes { sources { nodes { slug publisher } } } } }';
    const ask = async (text: string, values: Readonly<Record<string, unknown>>) => ({
      data: await server.data(text, values),
    });
    const text = await textOf(exportQuery({ schema, query, variables: {}, format: 'csv', ask }));
    const { labs } = await server.data(
      '{ labs(first: 100) { nodes { sources(first: 100) { nodes { slug publisher } } } } }',
    );
    const lacking = labs.nodes.find(
      ({ sources }: { sources: { nodes: { publisher: string | null }[] } }) =>
        sources.nodes.some(({ publisher }) => publisher === null) &&
        sources.nodes.some(({ publisher }) => publisher !== null),
    );
    const [slugs, publishers] = ['slug', 'publisher'].map((name) =>
      lacking.sources.nodes.map((source: Record<string, string | null>) => source[name] ?? '').join(';'),
    );
    const row = text.split('\r\n').find((line) => line.startsWith(`${slugs},`)) ?? '';
    expect(row.slice(`${slugs},`.length).replaceAll('"', '')).toBe(publishers);
  });

  it.each([
    ['{ labs(first: 0) { nodes { slug } } }', {}],
    ['query ($first: Int) { labs(first: $first) { nodes { slug } } }', { first: 0 }],
  ])('ends where its pages are to have no items: %s', async (query, variables) => {
    expect(await exportOf(query, variables)).toEqual({ lines: 0, asked: 1 });
  });
});
