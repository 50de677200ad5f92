import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/graphql/limits.ts';
import { createServer } from '../../../src/service/server.ts';
import { served } from '../../setup/served.ts';
import { createTinyServer } from '../tiny-server.ts';

const tiny = createTinyServer();

const repeat = (count: number, write: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => write(at)).join(' ');

/** A list literal, or a list, so many brackets deep. */
const literal = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Fragments each of which spreads the next twice, under two aliases: two to the power of so many fields. */
const bomb = (size: number) =>
  `{ ...F0 } ${repeat(size, (at) => `fragment F${at} on Query { hello a: failsTwice { ...G${at} } }`)} ${repeat(
    size,
    (at) => `fragment G${at} on Failing { a: name ${at + 1 < size ? `...G${at + 1} ... { ...G${at + 1} }` : ''} }`,
  )}`;

describe('a document', () => {
  it.each([
    ['a text too long', `{ hello } # ${'x'.repeat(limits.characters)}`, limits.characters],
    [
      'too many tokens',
      `{ hello(name: """${'x'}""") ${repeat(limits.tokens / 2, () => 'hello')} ${repeat(limits.tokens / 2, () => 'hello')} }`,
      limits.tokens,
    ],
    ['brackets too deep in a literal', `{ hello(name: ${literal(limits.brackets + 1)}) }`, limits.brackets],
    ['brackets that overflow a parser', `{ hello(name: ${literal(4_000)}) }`, limits.brackets],
    ['selections that overflow a parser', `${'{a'.repeat(4_000)}${'}'.repeat(4_000)}`, limits.brackets],
    [
      'fields too deep',
      `${'{ a '.repeat(limits.fieldDepth + 1)}${'}'.repeat(limits.fieldDepth + 1)}`,
      limits.fieldDepth,
    ],
    ['too many fields', `{ failsTwice { ${repeat(limits.fields, () => 'name')} } }`, limits.fields],
    ['too many root fields', `{ ${repeat(limits.rootFields + 1, () => 'hello')} }`, limits.rootFields],
    [
      'too many root fields in fragments',
      `{ ...F ...G } fragment F on Query { ${repeat(30, () => 'hello')} } fragment G on Query { ${repeat(30, () => 'hello')} }`,
      limits.rootFields,
    ],
    ['too many aliases', `{ failsTwice { ${repeat(limits.aliases + 1, (at) => `a${at}: name`)} } }`, limits.aliases],
    ['too many directives', `{ hello ${repeat(limits.directives + 1, () => '@skip(if: false)')} }`, limits.directives],
    [
      'too many directives on an operation',
      `query ${repeat(limits.directives + 1, () => '@a')} { hello }`,
      limits.directives,
    ],
    [
      'too many fragments',
      `{ hello } ${repeat(limits.fragments + 1, (at) => `fragment F${at} on Query { hello }`)}`,
      limits.fragments,
    ],
    ['fragments that multiply', bomb(40), limits.fields],
  ])('with %s is refused with the number', async (_, query, limit) => {
    const { response, body } = await tiny.ask(query);
    expect(response.status).toBe(400);
    expect(body).toEqual({
      errors: [{ message: expect.stringContaining(String(limit)), extensions: { code: 'LIMIT_EXCEEDED' } }],
    });
    // The second time as well, when it may have been kept.
    expect((await tiny.ask(query)).body).toEqual(body);
  });

  it.each(['{ then: hello }', '{ failsTwice { then: __typename } }', '{ ...F } fragment F on Query { then: hello }'])(
    'with an alias that would make its answer look like a promise is refused: %s',
    async (query) => {
      const { response, body } = await tiny.ask(query);
      expect(response.status).toBe(400);
      expect(body).toEqual({
        errors: [
          {
            message: 'No field can be called `then` in an answer. Choose another alias.',
            extensions: { code: 'BAD_USER_INPUT' },
          },
        ],
      });
    },
  );

  it('may have as much as the limits say', async () => {
    const query = `{ failsTwice { ${repeat(limits.aliases, (at) => `a${at}: __typename`)} } ${repeat(limits.rootFields - 1, () => '__typename')} }`;
    const { body } = await tiny.ask(query);
    expect(body.data).toEqual({ failsTwice: [expect.anything(), expect.anything()], __typename: 'Query' });
  });

  it('does not count brackets within texts and comments', async () => {
    const { body } = await tiny.ask(`{ hello(name: "${'['.repeat(500)}") # ${'{'.repeat(500)}\n }`);
    expect(body.data.hello).toContain('[[[');
  });

  it('whose fragments spread each other is refused by validation', async () => {
    const { body } = await tiny.ask('{ ...A } fragment A on Query { ...B } fragment B on Query { hello ...A }');
    expect(body.errors[0]).toMatchObject({
      message: expect.stringContaining('Cannot spread fragment "A" within itself'),
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
  });

  it('with very many faults is told the first of them', async () => {
    const { body } = await tiny.ask(`{ ${repeat(40, (at) => `nothing${at}`)} }`);
    expect(body.errors).toHaveLength(limits.validationErrors + 1);
    for (const { extensions } of body.errors) expect(extensions).toEqual({ code: 'GRAPHQL_VALIDATION_FAILED' });
  });

  it('is told in 200 that it is too large where the client takes application/json', async () => {
    const { response, body } = await tiny.ask(`{ hello(name: ${literal(200)}) }`, {}, { accept: 'application/json' });
    expect(response.status).toBe(200);
    expect(body.errors[0].extensions.code).toBe('LIMIT_EXCEEDED');
  });
});

describe('variables', () => {
  it.each([
    ['too deep', literal(limits.variableDepth + 1), limits.variableDepth],
    ['deep enough to overflow a stack', literal(100_000), limits.bodyDepth],
    ['too many', `[${repeat(limits.variableValues, () => '1').replaceAll(' ', ',')}]`, limits.variableValues],
  ])('%s are refused with the number, also where no argument takes them', async (_, name, limit) => {
    const response = await tiny.request('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: `{"query":"query ($name: String) { hello(name: $name) }","variables":{"name":${name}}}`,
    });
    expect(response.status).toBe(400);
    expect((await response.json()).errors).toEqual([
      { message: expect.stringContaining(String(limit)), extensions: { code: 'LIMIT_EXCEEDED' } },
    ]);
  });

  it('may be as deep as the limit says', async () => {
    const { body } = await tiny.ask('query ($name: String) { hello(name: $name) }', {
      name: JSON.parse(literal(limits.variableDepth)),
    });
    expect(body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('introspection', () => {
  const closed = createTinyServer({ introspection: false });

  it('is answered unless it is off', async () => {
    expect((await tiny.ask('{ __schema { queryType { name } } }')).body.data.__schema.queryType.name).toBe('Query');
    expect((await tiny.request('/schema.graphql')).status).toBe(200);
  });

  it('is answered as text with descriptions or, for readers with little room, without', async () => {
    const describedSchema = buildSchema('"""What is said.""" type Query { """A greeting.""" hello: String }');
    const { request } = createTinyServer({ schema: describedSchema });
    const [whole, on, bare, wrong] = await Promise.all(
      ['', '?descriptions=on', '?descriptions=off', '?descriptions=no'].map((search) =>
        request(`/schema.graphql${search}`),
      ),
    );
    expect(await whole?.text()).toContain('What is said.');
    expect(on?.headers.get('etag')).toBe(whole?.headers.get('etag'));
    expect(await bare?.text()).toBe('type Query {\n  hello: String\n}\n');
    expect(bare?.headers.get('etag')).not.toBe(whole?.headers.get('etag'));
    expect([wrong?.status, await wrong?.json()]).toEqual([
      400,
      { message: expect.stringContaining('must be on or off') },
    ]);
  });

  it.each(['{ __schema { queryType { name } } }', '{ __type(name: "Query") { name } }'])(
    'is refused where it is off: %s',
    async (query) => {
      const { response, body } = await closed.ask(query);
      expect(response.status).toBe(400);
      expect(body.data).toBeUndefined();
      expect(body.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    },
  );

  it('leaves __typename and everything else where it is off, but not the text of the schema', async () => {
    expect((await closed.ask('{ __typename hello }')).body.data).toEqual({ __typename: 'Query', hello: 'Hello you' });
    expect((await closed.request('/schema.graphql')).status).toBe(404);
  });

  it.each([
    ['{ helo }', {}],
    ['{ hello(nam: "x") }', {}],
    ['{ failsTwice { nam } }', {}],
    ['{ hello { ... on Faling { name } } }', {}],
    ['query ($name: Strin) { hello(name: $name) }', {}],
  ])('lets no message suggest a name where it is off: %s', async (query, variables) => {
    expect((await tiny.ask(query, variables)).text).toContain('Did you mean');
    expect((await closed.ask(query, variables)).text).not.toContain('Did you mean');
  });

  it.each([
    ['a value', 'query ($k: [EntityKind!]) { search(query: "x", kinds: $k) { totalCount } }', { k: ['LABS'] }],
    ['a key', 'query ($f: LabFilter) { labs(filter: $f) { totalCount } }', { f: { nam: { eq: 'x' } } }],
  ])('lets no variable find out %s where it is off', async (_, query, variables) => {
    const ask = async (introspection: boolean) => {
      const server = createServer({ ...served, context: () => ({}), introspection });
      const response = await server.fetch(
        new Request('http://silkgraph/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query, variables }),
        }),
      );
      return (await response.json()).errors[0];
    };
    expect((await ask(true)).message).toContain('Did you mean');
    const { message, extensions } = await ask(false);
    expect(message).not.toContain('Did you mean');
    expect(extensions.code).toBe('BAD_USER_INPUT');
  });
});
