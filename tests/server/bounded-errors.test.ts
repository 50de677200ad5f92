import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { limits } from '../../src/graphql/limits.ts';
import { boundedErrors } from '../../src/server/bounded-errors.ts';
import { createOfflineServer } from './limits/offline-server.ts';
import { createTinyServer } from './tiny-server.ts';

describe('the errors of a response', () => {
  it('are all there as far as 50', async () => {
    const { ask } = createTinyServer();
    const { body } = await ask(`{ hello ${Array.from({ length: 49 }, (_, at) => `a${at}: refused`).join(' ')} }`);
    expect(body.errors).toHaveLength(49);
    expect(body.data.hello).toBe('Hello you');
  });

  it('are at most 50, the last of which gives the number of those left out', () => {
    const errors = boundedErrors(Array.from({ length: 51 }, (_, at) => new GraphQLError(`Error ${at}.`)));
    expect(errors).toHaveLength(limits.errors);
    expect(errors.at(-2)?.message).toBe('Error 48.');
    expect(errors.at(-1)).toMatchObject({
      message: expect.stringMatching(/^2 more errors/),
      extensions: { code: 'LIMIT_EXCEEDED' },
    });
  });

  it('repeat no more than the start of a name', async () => {
    const { ask } = createTinyServer();
    const { body } = await ask(`{ ${'a'.repeat(90_000)} }`);
    expect(body.errors[0].message).toHaveLength(limits.messageLength);
    expect(body.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('have few locations, and none in a document of many lines', async () => {
    const { ask } = createTinyServer();
    const { body } = await ask(`query (${'$a: Int '.repeat(400)}) { hello }`);
    expect(body.errors[0].locations).toHaveLength(limits.errorLocations);
    const long = await ask(`${'\n'.repeat(limits.locatedLines)}{ nothing }`);
    expect(long.body.errors[0]).not.toHaveProperty('locations');
    const short = await ask(`${'\n'.repeat(limits.locatedLines - 1)}{ nothing }`);
    expect(short.body.errors[0].locations).toEqual([{ line: limits.locatedLines, column: 3 }]);
  });
});

describe('variables that cannot be used', () => {
  const server = createOfflineServer();
  async function ask(variables: object, query = 'query ($f: LabFilter) { labs(filter: $f) { totalCount } }') {
    const response = await server.fetch('http://silkgraph/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, body: await response.json() };
  }

  it('are refused with their place, the start of their value and a suggestion', async () => {
    const { status, body } = await ask({ f: { or: [{ slug: { eqq: 'x'.repeat(500) } }] } });
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      {
        message: expect.stringMatching(
          /^Variable "\$f" got invalid value \{ eqq: "x{100,120}… at "f\.or\[0\]\.slug"; Field "eqq" is not defined by type "\w+"\. Did you mean "eq"/,
        ),
        locations: [{ line: 1, column: 8 }],
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });

  it('are refused with few errors', async () => {
    const { body } = await ask({ f: { or: Array.from({ length: 1_000 }, () => ({ nothing: 1 })) } });
    expect(body.errors).toHaveLength(limits.variableErrors + 1);
    expect(body.errors.at(-1).message).toMatch(/more than 20 errors/);
  });

  it('are refused where they are absent', async () => {
    const { status, body } = await ask({}, 'query ($s: String!) { lab(slug: $s) { name } }');
    expect(status).toBe(400);
    expect(body.errors[0]).toMatchObject({
      message: 'Variable "$s" of required type "String!" was not provided.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('are refused where their objects have too many fields in all', async () => {
    const { status, body } = await ask({ f: { or: Array.from({ length: 15_000 }, () => ({})) } });
    expect(status).toBe(400);
    expect(body.errors[0].extensions.code).toBe('LIMIT_EXCEEDED');
  });
});
