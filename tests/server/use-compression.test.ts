import { buildSchema } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { describe, expect, it } from 'vitest';
import { useCompression } from '../../src/server/use-compression.ts';

/** How responses with texts of these lengths are encoded, asked for one after the other. */
async function encodingsOf(lengths: readonly number[], largeAtOnce: number): Promise<readonly (string | null)[]> {
  const schema = buildSchema('type Query { text(length: Int!): String }');
  const text = schema.getQueryType()?.getFields().text;
  if (text) text.resolve = (_, { length }: { length: number }) => 'x'.repeat(length);
  const yoga = createYoga({ schema, logging: false, plugins: [useCompression(largeAtOnce)] });
  const encodings: (string | null)[] = [];
  for (const length of lengths) {
    const response = await yoga.fetch('http://silkgraph/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        'accept-encoding': 'br',
      },
      body: JSON.stringify({ query: `{ text(length: ${length}) }` }),
    });
    encodings.push(response.headers.get('content-encoding'));
    expect(response.headers.get('content-length')).toBe(String((await response.arrayBuffer()).byteLength));
  }
  return encodings;
}

describe('a response of 64 kB and more', () => {
  it('is sent as it is while as many as may be are compressed; a smaller one is compressed always', async () => {
    expect(await encodingsOf([70_000, 60_000], 0)).toEqual([null, 'br']);
  });

  it('gives its place back once it is compressed', async () => {
    expect(await encodingsOf([70_000, 70_000, 70_000], 1)).toEqual(['br', 'br', 'br']);
  });
});

describe('a response without a text, as to HEAD', () => {
  it('names no length, which would be that of nothing', async () => {
    const headers = { 'content-type': 'text/turtle; charset=utf-8' };
    const yoga = createYoga({
      schema: buildSchema('type Query { text: String }'),
      plugins: [
        { onRequest: ({ endResponse, fetchAPI }) => endResponse(new fetchAPI.Response(null, { headers })) },
        useCompression(),
      ],
    });
    const response = await yoga.fetch('http://silkgraph/', { method: 'HEAD', headers: { 'accept-encoding': 'gzip' } });
    expect([response.status, response.headers.get('content-length')]).toEqual([200, null]);
  });
});
