import { describe, expect, it } from 'vitest';
import { createTinyServer, listeningLog } from './tiny-server.ts';

const { ask, request } = createTinyServer();

const post = (body: string, type = 'application/json') =>
  request('/graphql', { method: 'POST', headers: { 'content-type': type }, body });

describe('the caller’s fault', () => {
  it('is GRAPHQL_PARSE_FAILED with 400 where the text is not GraphQL, the second time as well', async () => {
    for (const _ of [1, 2]) {
      const { response, body } = await ask('{ hello');
      expect(response.status).toBe(400);
      expect(body).toEqual({
        errors: [
          expect.objectContaining({
            locations: [{ line: 1, column: 8 }],
            extensions: { code: 'GRAPHQL_PARSE_FAILED' },
          }),
        ],
      });
    }
  });

  it('is GRAPHQL_VALIDATION_FAILED with 400 where the schema has no such field', async () => {
    const { response, body } = await ask('{ nothing }');
    expect(response.status).toBe(400);
    expect(body.errors[0].extensions).toEqual({ code: 'GRAPHQL_VALIDATION_FAILED' });
  });

  it('is BAD_USER_INPUT with 400 where a variable has the wrong type', async () => {
    const { response, body } = await ask('query ($times: Int) { hello(times: $times) }', { times: 'often' });
    expect(response.status).toBe(400);
    expect(body.errors[0]).toMatchObject({
      message: expect.stringContaining('$times'),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('is BAD_USER_INPUT where an argument is null through its variable', async () => {
    const { body } = await ask('query ($first: Int = 1) { items(first: $first) }', { first: null });
    expect(body.errors[0]).toMatchObject({ path: ['items'], extensions: { code: 'BAD_USER_INPUT' } });
  });

  it('is BAD_USER_INPUT with 400 where there is no such operation', async () => {
    const response = await request('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: JSON.stringify({ query: 'query A { hello } query B { hello }', operationName: 'C' }),
    });
    expect(response.status).toBe(400);
    expect((await response.json()).errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  it('keeps the code and the sentence of a resolver', async () => {
    const { response, body } = await ask('{ refused hello }');
    expect(response.status).toBe(200);
    expect(body).toEqual({
      data: { refused: null, hello: 'Hello you' },
      errors: [
        {
          message: 'Name one slug.',
          path: ['refused'],
          locations: expect.any(Array),
          extensions: { code: 'INVALID_CURSOR' },
        },
      ],
    });
  });

  it.each(['{ not json', '', 'null', '7', '[]', '[{"query":"{ hello }"}]'])(
    'is BAD_USER_INPUT with 400 for the body %j',
    async (body) => {
      const response = await post(body);
      expect(response.status).toBe(400);
      expect((await response.json()).errors).toEqual([
        { message: expect.stringContaining('{"query": "…"'), extensions: { code: 'BAD_USER_INPUT' } },
      ]);
    },
  );

  it.each(['variables', 'extensions'])('is BAD_USER_INPUT with 400 for broken %s in the address', async (parameter) => {
    const response = await request(`/graphql?query={hello}&${parameter}={broken`);
    expect(response.status).toBe(400);
    expect((await response.json()).errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  it('is answered with 405 where a mutation comes by GET', async () => {
    const response = await request('/graphql?query=mutation{greet}');
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect((await response.json()).errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  it.each(['PATCH', 'DELETE', 'OPTIONS'])('is answered with 405 for %s', async (method) => {
    const response = await request('/graphql', { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, POST');
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/graphql',
  ])('is answered with 415 for a body of %s, which a foreign page could send', async (type) => {
    const response = await post('{"query":"{ hello }"}', type);
    expect(response.status).toBe(415);
    expect((await response.json()).errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  it.each([
    [{ 'content-type': 'application/json; charset=utf-16' }, 415],
    [{ 'content-type': 'application/json; charset=latin1' }, 415],
    [{ 'content-type': 'application/json', 'content-encoding': 'gzip' }, 415],
    [{ 'content-type': 'application/json; charset=utf-8' }, 200],
    [{ 'content-type': 'application/json;charset="UTF-8"' }, 200],
    [{ 'content-type': 'APPLICATION/JSON; charset=utf8', 'content-encoding': 'identity' }, 200],
  ])('is a body in another form than plain UTF-8: %j is answered with %i', async (headers, status) => {
    const response = await request('/graphql', { method: 'POST', headers, body: '{"query":"{ hello }"}' });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/charset=utf-8/);
  });

  it.each([[20_000], [1]])('is BAD_USER_INPUT for %i bytes of a body in another encoding', async (times) => {
    const body = Buffer.from(`{"query":"{ hello }","variables":{"name":"${'\u00e9'.repeat(times)}"}}`, 'latin1');
    const headers = { 'content-type': 'application/json', 'content-length': String(body.length) };
    const response = await request('/graphql', { method: 'POST', headers, body });
    expect([response.status, (await response.json()).errors]).toEqual([
      400,
      [
        {
          message: 'The body is not valid UTF-8. Encode its text in UTF-8.',
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ],
    ]);
  });

  it('is LIMIT_EXCEEDED with 413 for a body over the limit, announced or not', async () => {
    const small = createTinyServer({ bodyLimit: 100 });
    const body = JSON.stringify({ query: `{ hello } # ${'x'.repeat(100)}` });
    const length = { 'content-length': String(body.length) };
    for (const headers of [{}, length]) {
      const response = await small.request('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      expect(response.status).toBe(413);
      expect((await response.json()).errors[0].extensions.code).toBe('LIMIT_EXCEEDED');
    }
    expect((await small.ask('{ hello }')).body.data).toEqual({ hello: 'Hello you' });
  });
});

describe('our fault', () => {
  it('is INTERNAL_SERVER_ERROR with an id that is in the log, and no word of what happened', async () => {
    const { log, lines } = listeningLog();
    const { response, text, body } = await createTinyServer({ log }).ask('{ fails hello }', undefined, {
      'x-request-id': 'my-request',
    });
    expect(response.status).toBe(200);
    expect(body.data).toEqual({ fails: null, hello: 'Hello you' });
    expect(body.errors).toEqual([
      {
        message: expect.stringContaining('Internal server error'),
        path: ['fails'],
        locations: [{ line: 1, column: 3 }],
        extensions: { code: 'INTERNAL_SERVER_ERROR', errorId: expect.stringMatching(/^[\da-f-]{36}$/) },
      },
    ]);
    expect(text).not.toMatch(/secret|\.ts|\bat /);
    expect(lines).toEqual([
      expect.objectContaining({
        level: 50,
        errorId: body.errors[0].extensions.errorId,
        requestId: expect.stringMatching(/^[\da-f-]{36}$/),
        path: 'fails',
        err: expect.objectContaining({ message: 'secret words of the database', stack: expect.stringMatching(/\.ts/) }),
      }),
    ]);
  });

  it('is 500 where nothing is left of the answer', async () => {
    const { server } = createTinyServer({
      context: () => {
        throw new Error('secret words of the database');
      },
    });
    const response = await server.fetch(new Request('http://silkgraph/graphql?query={hello}'));
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(JSON.parse(text).errors[0].extensions.code).toBe('INTERNAL_SERVER_ERROR');
    expect(text).not.toContain('secret');
  });

  it('has one id and one line in the log where one fault fails many fields', async () => {
    const { log, lines } = listeningLog();
    const { body } = await createTinyServer({ log }).ask('{ failsTwice { name } }');
    const ids = body.errors.map((error: { extensions: { errorId: string } }) => error.extensions.errorId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(lines).toHaveLength(1);
  });

  it.each(['mustNotBeNull', 'wrongType'])(
    'is not put on the caller where our answer breaks our schema (%s)',
    async (field) => {
      // A server of its own: on a busy machine the first stack of a fault takes a second, and others then turn requests away.
      const { text, body } = await createTinyServer().ask(`{ ${field} }`);
      expect(body.errors[0].extensions.code).toBe('INTERNAL_SERVER_ERROR');
      expect(text).not.toContain('secret');
    },
  );

  it('is INTERNAL_SERVER_ERROR where a statement is wrong, and the log has the statement', async () => {
    const { log, lines } = listeningLog();
    const { text, body } = await createTinyServer({ log }).ask('{ graphFault(fault: "STATEMENT") }');
    expect(body.errors[0].extensions.code).toBe('INTERNAL_SERVER_ERROR');
    expect(text).not.toMatch(/secret|MATCH/);
    expect(lines[0]).toMatchObject({ err: { statement: { text: 'MATCH (secret) RETURN secret' } } });
  });
});

describe('the database’s fault', () => {
  it.each([
    ['UNAVAILABLE', 'DATABASE_UNAVAILABLE'],
    ['CANCELLED', 'DATABASE_UNAVAILABLE'],
    ['TIMEOUT', 'TIMEOUT'],
    ['OVERLOADED', 'OVERLOADED'],
  ])('%s reaches the client as %s, and the log as a warning', async (fault, code) => {
    const { log, lines } = listeningLog();
    const { response, text, body } = await createTinyServer({ log }).ask(
      'query ($fault: String!) { graphFault(fault: $fault) hello }',
      { fault },
    );
    expect(response.status).toBe(200);
    expect(body.data).toEqual({ graphFault: null, hello: 'Hello you' });
    expect(body.errors[0].extensions).toEqual({ code });
    expect(text).not.toMatch(/secret|MATCH/);
    expect(lines).toEqual([expect.objectContaining({ level: 40, code })]);
  });
});
