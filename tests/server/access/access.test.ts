import { buildSchema } from 'graphql';
import { afterEach, describe, expect, it } from 'vitest';
import { AccessRefused } from '../../../src/engine/access/access-refused.ts';
import type { Authenticator, Credentials } from '../../../src/engine/access/authenticator.ts';
import type { ReadAccess } from '../../../src/engine/access/reading.ts';
import { anonymous, type Viewer } from '../../../src/engine/access/viewer.ts';
import { GraphError } from '../../../src/engine/graph/errors.ts';
import { refuseOperation } from '../../../src/server/access/access-refusal.ts';
import type { ServerOptions } from '../../../src/service/server.ts';
import { createTinyServer, listeningLog } from '../tiny-server.ts';

const shownBy: Credentials[] = [];
const secret = 'a'.repeat(43);
const keyOf = (name: string) => `sg_${name.padEnd(10, 'x').slice(0, 10)}_${secret}`;

const people: Readonly<Record<string, Viewer>> = {
  [keyOf('reader')]: { name: 'Ana (reader)', role: 'reader' },
  [keyOf('editor')]: { name: 'Ben (editor)', role: 'editor' },
};

const authenticator: Authenticator = {
  async authenticate(shown) {
    shownBy.push(shown);
    const text = shown.apiKey ?? shown.authorization?.replace('Bearer ', '') ?? '';
    if (text === keyOf('down')) throw new GraphError('UNAVAILABLE', 'secret words of the database');
    if (text === keyOf('broken')) throw new Error('secret words of the program');
    const viewer = people[text];
    if (!viewer) throw new AccessRefused('This API key is unknown.');
    return viewer;
  },
};

const serve = (reading: ReadAccess, options: Partial<ServerOptions> = {}) =>
  createTinyServer({ access: { authenticator, reading }, ...options });

const bearer = (name: string) => ({ authorization: `Bearer ${keyOf(name)}` });

afterEach(() => void shownBy.splice(0));

describe('access to a server that is open for reading', () => {
  it('answers who shows nothing, without asking who they are', async () => {
    const { ask, contexts } = serve('open');
    expect((await ask('{ hello }')).body).toEqual({ data: { hello: 'Hello you' } });
    expect(shownBy).toEqual([]);
    expect(contexts).toMatchObject([{ viewer: anonymous }]);
  });

  it('hands resolvers who asks, and finds out once for each request', async () => {
    const { ask, contexts } = serve('open');
    const { body } = await ask('{ hello again: hello }', {}, bearer('reader'));
    expect(body.data).toEqual({ hello: 'Hello you', again: 'Hello you' });
    await ask('{ hello }', {}, { 'x-api-key': keyOf('editor') });
    expect(contexts).toMatchObject([{ viewer: people[keyOf('reader')] }, { viewer: people[keyOf('editor')] }]);
    expect(shownBy).toEqual([
      { authorization: `Bearer ${keyOf('reader')}`, apiKey: null },
      { authorization: null, apiKey: keyOf('editor') },
    ]);
  });

  it('asks who wants to write to say who they are: 401, with a challenge, and says how', async () => {
    const { ask } = serve('open');
    const { response, body } = await ask('mutation { greet }');
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="silkgraph"');
    expect(response.headers.get('content-type')).toContain('application/graphql-response+json');
    expect(body).toEqual({
      errors: [
        {
          message:
            'Writing requires the role editor. Send an API key or a token as the header Authorization: Bearer ….',
          extensions: { code: 'UNAUTHENTICATED' },
        },
      ],
    });
  });

  it('tells a role that does not suffice: 403, without data', async () => {
    const { ask } = serve('open');
    const { response, body } = await ask('mutation { greet }', {}, bearer('reader'));
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="silkgraph", error="insufficient_scope"');
    expect(body).toEqual({
      errors: [
        {
          message: 'Writing requires the role editor, and Ana (reader) has the role reader.',
          extensions: { code: 'FORBIDDEN' },
        },
      ],
    });
  });

  it('refuses the one operation that is meant, whatever else the document holds', async () => {
    const { request } = serve('open');
    const run = async (operationName: string) => {
      const response = await request('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ query: 'query Read { hello } mutation Write { greet }', operationName }),
      });
      return { status: response.status, body: await response.json() };
    };
    expect(await run('Read')).toEqual({ status: 200, body: { data: { hello: 'Hello you' } } });
    expect(await run('Write')).toMatchObject({ status: 401, body: { errors: [{}] } });
  });

  it('lets an editor write', async () => {
    const { ask } = serve('open');
    expect((await ask('mutation { greet }', {}, bearer('editor'))).body).toEqual({ data: { greet: 'Hello' } });
  });

  it('lets nobody write where nobody can be told apart', async () => {
    const { ask } = createTinyServer();
    for (const headers of [{}, bearer('editor')]) {
      expect((await ask('mutation { greet }', {}, headers)).response.status).toBe(401);
    }
  });

  it.each([
    ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
    ['application/json', 'application/json; charset=utf-8'],
    ['*/*', 'application/json; charset=utf-8'],
  ])('refuses what does not count, in the form that is asked for: %s', async (accept, type) => {
    const { ask } = serve('open');
    const { response, body } = await ask('{ hello }', {}, { ...bearer('stranger'), accept });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="silkgraph", error="invalid_token"');
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-request-id')).toEqual(expect.any(String));
    expect(body).toEqual({
      errors: [{ message: 'This API key is unknown.', extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  it('refuses what does not count on every path that tells something of the graph', async () => {
    const { request } = serve('open');
    for (const path of ['/graphql?query={hello}', '/schema.graphql', '/graphql/stream', '/nothing']) {
      expect((await request(path, { headers: bearer('stranger') })).status, path).toBe(401);
    }
    for (const path of ['/health', '/ready']) {
      expect((await request(path, { headers: bearer('stranger') })).status, path).toBe(200);
    }
  });

  it.each([
    `api_key=${keyOf('editor')}`,
    'api_key=anything',
    'apikey=anything',
    'API-KEY=anything',
    'x-api-key=anything',
    'access_token=anything',
    'access%5Ftoken=anything',
    'token=anything',
    'authorization=anything',
    'jwt=anything',
    `whatever=${keyOf('editor')}`,
    `whatever=Bearer%20${keyOf('editor')}`,
    `variables=${encodeURIComponent(JSON.stringify({ name: keyOf('editor') }))}`,
    'whatever=eyJhbGciOiJub25lIn0.eyJyb2xlIjoiYWRtaW4ifQ.',
  ])('refuses a key in the address, and has it revoked: %s', async (parameter) => {
    const { request } = serve('open');
    for (const headers of [{}, bearer('editor')]) {
      for (const path of [`/graphql?query={hello}&${parameter}`, `/schema.graphql?${parameter}`]) {
        const response = await request(path, { headers });
        expect(response.status).toBe(401);
        const { errors } = (await response.json()) as { errors: { message: string; extensions: object }[] };
        expect(errors[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED' });
        expect(errors[0]?.message).toMatch(/URLs are logged.*Authorization: Bearer.*revoked/);
        expect(JSON.stringify(errors)).not.toContain(secret);
      }
    }
    expect(shownBy).toEqual([]);
  });

  it.each([
    'query={hello(name:"token")}',
    'query={hello}&variables={"token":"x"}',
    'query={hello}&operationName=',
    'query={hello}&token=0b0a3a38-6d60-4d0c-9cb4-0a9b0a7b0a7b',
    'query={hello}&after=eyJuYW1lIjoiQW5hIn0',
  ])('does not take for a key what is none: %s', async (parameters) => {
    const { request } = serve('open');
    const response = await request(`/graphql?${encodeURI(parameters)}`);
    expect(JSON.stringify(await response.json())).not.toContain('UNAUTHENTICATED');
  });

  it('writes no key into its log, and tells none back', async () => {
    const { log, lines } = listeningLog();
    const { ask, request } = serve('open', { log });
    const texts = [];
    for (const name of ['reader', 'stranger', 'down', 'broken']) {
      texts.push((await ask('mutation { greet }', {}, bearer(name))).text);
      texts.push(await (await request(`/graphql?query={fails}&api_key=${keyOf(name)}`)).text());
      texts.push((await ask('{ fails }', {}, { 'x-api-key': keyOf(name) })).text);
    }
    expect(lines.length).toBeGreaterThan(0);
    expect(JSON.stringify(lines)).not.toContain(secret);
    expect(texts.join()).not.toContain(secret);
  });

  it('says that the database does not answer where a key cannot be looked up, and lets nobody pass', async () => {
    const { log, lines } = listeningLog();
    const { ask } = serve('open', { log });
    const { response, body } = await ask('{ hello }', {}, bearer('down'));
    expect(response.status).toBe(503);
    expect(body).toEqual({
      errors: [
        {
          message: 'The database is not responding. Try again in a moment.',
          extensions: { code: 'DATABASE_UNAVAILABLE' },
        },
      ],
    });
    expect(lines).toMatchObject([{ code: 'DATABASE_UNAVAILABLE', requestId: expect.any(String) }]);
  });

  it('gives a fault of its own an id that is in the log, and no words of it', async () => {
    const { log, lines } = listeningLog();
    const { ask } = serve('open', { log });
    const { response, text, body } = await ask('{ hello }', {}, bearer('broken'));
    expect(response.status).toBe(500);
    expect(text).not.toContain('secret words');
    expect(body.errors[0].extensions.code).toBe('INTERNAL_SERVER_ERROR');
    expect(lines).toMatchObject([{ errorId: body.errors[0].extensions.errorId, err: { message: /secret words/ } }]);
  });

  it('tells who shows a key that it is not ready, rather than that the key is wrong', async () => {
    const readiness = { waitingFor: () => 'The graph is being prepared.', check: async () => undefined };
    const { ask, request } = serve('closed', { readiness });
    const { response, body } = await ask('{ hello }', {}, bearer('reader'));
    expect(response.status).toBe(503);
    expect(body.errors[0].message).toBe('The graph is being prepared. Try again in a moment.');
    expect((await request('/schema.graphql', { headers: bearer('reader') })).status).toBe(503);
    expect(shownBy).toEqual([]);
  });
});

describe('access to a server that is closed for reading', () => {
  it('asks everybody to say who they are, before it reads what they ask', async () => {
    const { ask } = serve('closed');
    // Not even what is wrong with a question is told, since that tells of the schema.
    for (const query of ['{ hello }', '{ __schema { types { name } } }', '{ helo }', '{', 'mutation { greet }']) {
      const { response, body } = await ask(query);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer realm="silkgraph"');
      expect(body).toEqual({
        errors: [
          {
            message:
              'Reading from this server requires authentication. Send an API key or a token as the header Authorization: Bearer ….',
            extensions: { code: 'UNAUTHENTICATED' },
          },
        ],
      });
    }
  });

  it('answers a reader', async () => {
    const { ask, request } = serve('closed');
    expect((await ask('{ hello }', {}, bearer('reader'))).body).toEqual({ data: { hello: 'Hello you' } });
    expect((await request('/schema.graphql', { headers: bearer('reader') })).status).toBe(200);
  });

  it('keeps every path closed but those that tell nothing of the graph', async () => {
    const { request } = serve('closed');
    const page = { accept: 'text/html' };
    for (const [path, headers] of [
      ['/schema.graphql', {}],
      ['/schema.graphql', page],
      ['/schema.graphql/', page],
      ['/graphql/stream', page],
      ['/nothing', {}],
    ] as const) {
      expect((await request(path, { headers })).status, path).toBe(401);
    }
    for (const [path, headers, status] of [
      ['/health', {}, 200],
      ['/ready', {}, 200],
      ['/graphql', page, 200],
      ['/', page, 302],
    ] as const) {
      expect((await request(path, { headers })).status, path).toBe(status);
    }
  });

  it('answers nothing but the page where a browser asks for one, even if it asks a question with it', async () => {
    const { request } = serve('closed');
    const response = await request('/graphql?query={hello}', { headers: { accept: 'text/html' } });
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).not.toContain('Hello you');
    const posted = await request('/graphql', {
      method: 'POST',
      headers: { accept: 'text/html', 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ hello }' }),
    });
    expect(posted.status).toBe(401);
  });
});

describe('what is executed', () => {
  const schema = buildSchema('type Query { once: Int } type Mutation { once: Int } type Subscription { ticks: Int }');
  for (const type of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) field.resolve = () => 1;
  }
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    field.subscribe = async function* ticks() {
      yield { ticks: 1 };
    };
  }

  /** A server whose callers became known by another way than their requests. */
  const run = async (viewer: Viewer, query: string) => {
    const { request } = createTinyServer({ schema, context: () => ({ viewer }) });
    const response = await request('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query }),
    });
    return response.text();
  };

  it.each(['query { once }', 'mutation { once }', 'subscription { ticks }'])(
    'is refused where what its viewer showed has ended, whatever let it in: %s',
    async (query) => {
      const editor: Viewer = { name: 'Ana', role: 'editor' };
      expect(await run({ ...editor, expiresAt: Date.now() + 60_000 }, query)).toMatch(/"(?:once|ticks)":1/);
      const refused = await run({ ...editor, expiresAt: Date.now() - 1 }, query);
      expect(refused).toContain('UNAUTHENTICATED');
      expect(refused).not.toMatch(/"(?:once|ticks)":1/);
    },
  );
});

describe('refuseOperation', () => {
  const reader: Viewer = { name: 'Ana', role: 'reader' };

  it('holds for subscriptions as for queries', () => {
    expect(refuseOperation(anonymous, 'subscription', 'open')).toBeUndefined();
    expect(refuseOperation(anonymous, 'subscription', 'closed')?.extensions.code).toBe('UNAUTHENTICATED');
    expect(refuseOperation(reader, 'subscription', 'closed')).toBeUndefined();
    expect(refuseOperation(reader, 'mutation', 'closed')?.extensions.code).toBe('FORBIDDEN');
  });

  it('ends what a viewer may when what they showed ends, on connections that last longer', () => {
    const until = { ...reader, expiresAt: 1_000 };
    for (const operation of ['query', 'subscription'] as const) {
      expect(refuseOperation(until, operation, 'open', 999)).toBeUndefined();
      expect(refuseOperation(until, operation, 'open', 1_000)?.extensions.code).toBe('UNAUTHENTICATED');
    }
  });
});
