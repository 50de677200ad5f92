import { buildSchema, getIntrospectionQuery } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { createServer } from '../../../src/service/server.ts';

/** A server whose schema counts how often its types are listed. */
function createCountingServer() {
  const schema = buildSchema('type Query { lab: String } type Other { name: String }');
  const listed = vi.spyOn(schema, 'getTypeMap');
  const server = createServer({ schema, context: () => ({}) });
  return {
    listed: () => listed.mock.calls.length,
    async ask(query: string, more: object = {}) {
      const response = await server.fetch('http://silkgraph/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
        body: JSON.stringify({ query, ...more }),
      });
      return response.json() as Promise<{ data?: Record<string, unknown>; errors?: unknown; extensions?: unknown }>;
    },
  };
}

const types = '{ __schema { types { name } } }';

describe('an introspection', () => {
  it('is executed once, and answered the same again', async () => {
    const { ask, listed } = createCountingServer();
    const first = await ask(getIntrospectionQuery());
    const before = listed();
    expect(await ask(getIntrospectionQuery())).toEqual(first);
    expect(listed()).toBe(before);
    expect(first.data).toHaveProperty('__schema.queryType', { name: 'Query', kind: 'OBJECT' });
  });

  it('has an ETag, and is not sent to a client that has it', async () => {
    const server = createServer({ schema: buildSchema('type Query { lab: String }'), context: () => ({}) });
    const address = `http://silkgraph/graphql?query=${encodeURIComponent(getIntrospectionQuery())}`;
    const tag = (await server.fetch(address)).headers.get('etag');
    expect(tag).toMatch(/^W\/"/);
    const again = await server.fetch(address, { headers: { 'if-none-match': String(tag) } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('is answered whatever the limit of other responses, up to twice the whole schema', async () => {
    const server = createServer({
      schema: buildSchema('type Query { lab: String }'),
      context: () => ({}),
      answerLimit: 1_000,
    });
    const ask = async (query: string) => {
      const response = await server.fetch(`http://silkgraph/graphql?query=${encodeURIComponent(query)}`);
      return (await response.json()) as { data?: { __schema: object }; errors?: readonly object[] };
    };
    const whole = await ask(getIntrospectionQuery());
    expect(whole.errors).toBeUndefined();
    expect(JSON.stringify(whole).length).toBeGreaterThan(1_000);
    const several = (count: number) =>
      `{ ${Array.from({ length: count }, (_, n) => `s${n}: __schema { types { description fields { description } } }`).join(' ')} }`;
    expect((await ask(several(1))).errors).toBeUndefined();
    expect((await ask(several(20))).errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED' } }]);
  });

  it('with another text has an answer of its own', async () => {
    const { ask } = createCountingServer();
    await ask(types);
    expect(await ask('{ __type(name: "Other") { name } }')).toEqual({ data: { __type: { name: 'Other' } } });
  });

  it('with variables is executed each time', async () => {
    const { ask } = createCountingServer();
    const query = 'query ($name: String!) { __type(name: $name) { name } }';
    for (const name of ['Query', 'Other']) {
      expect(await ask(query, { variables: { name } })).toEqual({ data: { __type: { name } } });
    }
  });

  it('beside another field is executed each time', async () => {
    const { ask, listed } = createCountingServer();
    const query = '{ lab __schema { types { name } } }';
    await ask(query);
    const before = listed();
    await ask(query);
    expect(listed()).toBeGreaterThan(before);
  });

  it('that fails is not kept', async () => {
    const { ask } = createCountingServer();
    const invalid = '{ __schema { nothing } }';
    expect(await ask(invalid)).toEqual(await ask(invalid));
    expect(await ask(invalid)).not.toHaveProperty('data');
  });
});
