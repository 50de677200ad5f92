import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { limits } from '../../../src/graphql/limits.ts';
import { readTrustedDocuments, TrustedDocumentsError } from '../../../src/server/documents/trusted-documents.ts';
import { served } from '../../setup/served.ts';
import { createTinyServer } from '../tiny-server.ts';

const query = 'query ($name: String) { hello(name: $name) }';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const named = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });

function asking({ request }: ReturnType<typeof createTinyServer>) {
  return async (body: unknown) => {
    const response = await request('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
}

describe('automatic persisted queries', () => {
  it('are known by their hash once they were sent with it, over GET as well', async () => {
    const tiny = createTinyServer();
    const ask = asking(tiny);
    // Clients know by this very message that they have to send the document.
    expect(await ask({ extensions: named(sha256(query)) })).toEqual({
      status: 404,
      body: { errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'BAD_USER_INPUT' } }] },
    });
    const extensions = encodeURIComponent(JSON.stringify(named(sha256(query))));
    const headers = { accept: 'application/graphql-response+json' };
    const unknown = await tiny.request(`/graphql?extensions=${extensions}`, { headers });
    // A cache that kept it would hide the document from all who ask afterwards.
    expect([unknown.status, unknown.headers.get('cache-control')]).toEqual([404, 'no-store']);
    expect((await ask({ query, extensions: named(sha256(query)) })).body.data).toEqual({ hello: 'Hello you' });
    const again = await ask({ variables: { name: 'Nairobi' }, extensions: named(sha256(query)) });
    expect(again.body).toEqual({ data: { hello: 'Hello Nairobi' } });
    const got = await tiny.request(`/graphql?extensions=${extensions}&variables={"name":"x"}`);
    expect(await got.json()).toEqual({ data: { hello: 'Hello x' } });
  });

  it.each([undefined, new Map([[sha256(query), query]])])(
    'that are unknown get 200 where the client accepts application/json, since some read no body of another status',
    async (trustedDocuments) => {
      const tiny = createTinyServer(trustedDocuments && { trustedDocuments });
      const extensions = named(sha256('{ other: hello }'));
      const posted = await tiny.request('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: '*/*' },
        body: JSON.stringify({ extensions }),
      });
      const got = await tiny.request(`/graphql?extensions=${encodeURIComponent(JSON.stringify(extensions))}`, {
        headers: { accept: 'application/json' },
      });
      for (const response of [posted, got]) {
        expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
        expect((await response.json()).errors).toMatchObject([{ message: 'PersistedQueryNotFound' }]);
      }
    },
  );

  it('are refused where the document is no text', async () => {
    const ask = asking(createTinyServer());
    for (const wrong of [5, true, ['{ hello }'], { a: 1 }]) {
      const { status, body } = await ask({ query: wrong, extensions: named(sha256('{ hello }')) });
      expect([status, body.errors[0].extensions.code], JSON.stringify(wrong)).toEqual([400, 'BAD_USER_INPUT']);
    }
  });

  it('are known by `documentId` as well, over GET too', async () => {
    const tiny = createTinyServer();
    const ask = asking(tiny);
    const documentId = `sha256:${sha256(query)}`;
    expect(await ask({ documentId })).toMatchObject({
      status: 404,
      body: { errors: [{ message: 'PersistedQueryNotFound' }] },
    });
    await ask({ query, documentId });
    const variables = { name: 'Nairobi' };
    expect((await ask({ documentId, variables })).body).toEqual({ data: { hello: 'Hello Nairobi' } });
    const got = await tiny.request(`/graphql?documentId=${encodeURIComponent(documentId)}&variables={"name":"x"}`);
    expect(await got.json()).toEqual({ data: { hello: 'Hello x' } });
    expect(await ask({ documentId: 7 })).toMatchObject({
      status: 400,
      body: { errors: [{ message: expect.stringContaining('`documentId`'), extensions: { code: 'BAD_USER_INPUT' } }] },
    });
    expect((await ask({ documentId, extensions: 7 })).status).toBe(400);
  });

  it('are refused under a hash that is not theirs, and not kept', async () => {
    const ask = asking(createTinyServer());
    const wrong = named(sha256('{ other }'));
    expect(await ask({ query, extensions: wrong })).toEqual({
      status: 400,
      body: { errors: [{ message: 'PersistedQueryMismatch', extensions: { code: 'BAD_USER_INPUT' } }] },
    });
    expect((await ask({ extensions: wrong })).status).toBe(404);
  });

  it.each([{ version: 2 }, { version: '1' }, { version: undefined }, { sha256Hash: 7 }])(
    'are refused alike with %j, whether or not the document is known or sent',
    async (other) => {
      const ask = asking(createTinyServer());
      const { persistedQuery } = named(sha256(query));
      const extensions = { persistedQuery: { ...persistedQuery, ...other } };
      const refused = await ask({ extensions });
      expect(refused).toEqual({
        status: 400,
        body: {
          errors: [{ message: expect.stringContaining('"version": 1'), extensions: { code: 'BAD_USER_INPUT' } }],
        },
      });
      expect(await ask({ query, extensions })).toEqual(refused);
      await ask({ query, extensions: named(sha256(query)) });
      expect(await ask({ extensions })).toEqual(refused);
    },
  );

  it('are held to the same limits, and one that is too long is not kept', async () => {
    const ask = asking(createTinyServer());
    const long = `{ hello } # ${'x'.repeat(limits.characters)}`;
    expect((await ask({ query: long, extensions: named(sha256(long)) })).body.errors[0].extensions.code).toBe(
      'LIMIT_EXCEEDED',
    );
    expect((await ask({ extensions: named(sha256(long)) })).status).toBe(404);
  });
});

describe('trusted documents', () => {
  const trustedDocuments = new Map([[sha256(query), query]]);
  const tiny = createTinyServer({ trustedDocuments });
  const ask = asking(tiny);

  it('are answered by their id or their text, with any variables', async () => {
    const answer = { status: 200, body: { data: { hello: 'Hello Nairobi' } } };
    const variables = { name: 'Nairobi' };
    expect(await ask({ variables, extensions: named(sha256(query)) })).toEqual(answer);
    expect(await ask({ query, variables })).toEqual(answer);
    expect(await ask({ documentId: sha256(query), variables })).toEqual(answer);
    expect(await ask({ documentId: `sha256:${sha256(query)}`, variables })).toEqual(answer);
  });

  it('are joined by what the explorer asks, by its text or its id', async () => {
    const { documents } = served.explorer;
    expect(documents.length).toBeGreaterThan(10);
    // Refusing each takes long, so a busy machine may turn the next one away at first.
    const refused = async (asked: object) => {
      for (;;) {
        const { status, body } = await ask(asked);
        if (status !== 503) return body.errors[0].message;
      }
    };
    for (const document of documents) {
      for (const asked of [{ query: document }, { extensions: named(sha256(document)) }]) {
        // This schema has no such fields and types; a document that is not trusted is not even looked at.
        expect(await refused(asked)).toMatch(/^(Cannot query field|Unknown type)/);
      }
    }
  });

  it('are the only ones that are answered', async () => {
    expect(await ask({ query: '{ hello }' })).toEqual({
      status: 403,
      body: {
        errors: [{ message: expect.stringContaining('trusted documents only'), extensions: { code: 'FORBIDDEN' } }],
      },
    });
    expect((await tiny.request('/graphql?query={hello}')).status).toBe(403);
    expect((await ask({ query: '{ hello }', extensions: named(sha256('{ hello }')) })).status).toBe(403);
    expect((await ask({ query: `${query} ` })).status).toBe(403);
  });

  it('that are not known are refused in the words that clients know', async () => {
    const { status, body } = await ask({ extensions: named(sha256('{ hello }')) });
    expect(status).toBe(404);
    expect(body.errors).toEqual([{ message: 'PersistedQueryNotFound', extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('have to be named', async () => {
    const { status, body } = await ask({});
    expect(status).toBe(400);
    expect(body.errors[0]).toMatchObject({
      message: expect.stringContaining('persistedQuery'),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('do not spare variables their limits', async () => {
    const name = JSON.parse(`${'['.repeat(limits.variableDepth + 1)}${']'.repeat(limits.variableDepth + 1)}`);
    const { body } = await ask({ variables: { name }, extensions: named(sha256(query)) });
    expect(body.errors[0].extensions.code).toBe('LIMIT_EXCEEDED');
  });
});

describe('a file of trusted documents', () => {
  const folder = mkdtempSync(join(tmpdir(), 'silkgraph-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const written = (text: string) => {
    const path = join(folder, 'documents.json');
    writeFileSync(path, text);
    return path;
  };

  it('is read as GraphQL Code Generator writes it, and as Apollo does', () => {
    expect([...readTrustedDocuments(written(JSON.stringify({ abc: '{ a }', 'sha256:def': '{ b }' })))]).toEqual([
      ['abc', '{ a }'],
      ['def', '{ b }'],
    ]);
    const manifest = {
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [{ id: 'abc', body: '{ a }' }],
    };
    expect([...readTrustedDocuments(written(JSON.stringify(manifest)))]).toEqual([['abc', '{ a }']]);
  });

  it.each(['not json', '[]', '{}', '7', '{"a": 1}', '{"operations": [{}]}', '{"operations": [7]}'])(
    'is refused in words where it holds %s',
    (text) => {
      expect(() => readTrustedDocuments(written(text))).toThrow(TrustedDocumentsError);
    },
  );

  it('is refused in words where there is none', () => {
    expect(() => readTrustedDocuments(join(folder, 'none.json'))).toThrow(/cannot be read/);
  });
});
