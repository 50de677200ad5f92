import { beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { createClient, type Document, SilkgraphError } from '../../src/client/index.ts';
import { cooperation } from '../../src/cooperation/ontology.ts';
import { createKey } from '../../src/engine/access/api-key-store.ts';
import { createAuthenticator } from '../../src/engine/access/authenticator.ts';
import { openDriver } from '../../src/engine/database/open-driver.ts';
import { createGraph, type Graph } from '../../src/engine/graph/graph.ts';
import { seededGraph } from '../setup/contents.ts';
import { liveServers } from '../setup/live-server.ts';
import { ownDatabase } from '../setup/own-database.ts';
import { seeds } from '../setup/seeds.ts';

const address = ownDatabase();
const start = liveServers();
let graph: Graph;

beforeAll(async () => {
  await seededGraph.write(address());
  const driver = openDriver(address());
  graph = createGraph(driver, cooperation, address());
  return () => driver.close();
});

/** As GraphQL Code Generator makes them with `documentMode: 'string'`. */
class TypedDocumentString<Data, Variables> extends String {
  declare __apiType?: (variables: Variables) => Data;
}

interface LabsQuery {
  readonly labs: {
    readonly nodes: readonly { readonly slug: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  } | null;
}

const labsDocument = new TypedDocumentString<LabsQuery, { first: number; after?: string | null }>(
  'query ($first: Int!, $after: String) { labs(first: $first, after: $after) { nodes { slug } pageInfo { hasNextPage endCursor } } }',
);

const countryDocument = new TypedDocumentString<{ country: { name: string } | null }, { code: string }>(
  'query ($code: String) { country(code: $code) { name } }',
);

const failure = async (asked: Promise<unknown>): Promise<SilkgraphError> => {
  const error = await asked.then(
    () => undefined,
    (thrown) => thrown,
  );
  if (!(error instanceof SilkgraphError)) throw new Error('There was no SilkgraphError.', { cause: error });
  return error;
};

describe('a client of a real server', () => {
  it('asks what a generated document asks, and knows its types', async () => {
    const { graphql } = await start(graph);
    const { country } = await createClient({ url: graphql }).query(countryDocument, { code: 'KE' });
    expectTypeOf(country).toEqualTypeOf<{ name: string } | null>();
    expect(country).toEqual({ name: 'Kenya' });
  });

  it('asks what a text asks, of several operations the one that is named', async () => {
    const { graphql } = await start(graph);
    const client = createClient({ url: new URL(graphql) });
    const data = await client.query('query A { a: __typename } query B { b: __typename }', {}, { operationName: 'B' });
    expectTypeOf(data).toBeUnknown();
    expect(data).toEqual({ b: 'Query' });
  });

  it('takes no wrong variables and no parsed documents', () => {
    const client = createClient({ url: 'http://127.0.0.1:1/graphql' });
    // @ts-expect-error The code of a country is a text.
    const wrong = () => client.query(countryDocument, { code: 1 });
    // @ts-expect-error It is required.
    const none = () => client.query(countryDocument);
    expect([wrong, none]).toHaveLength(2);
    const parsed = { kind: 'Document', definitions: [] };
    // @ts-expect-error What is parsed is no text.
    const document: Document = parsed;
    return expect(client.query(document)).rejects.toThrow("documentMode: 'string'");
  });

  it('walks a whole list by its pages, and by what is on them', async () => {
    const { graphql } = await start(graph);
    const client = createClient({ url: graphql });
    const sizes: number[] = [];
    for await (const { nodes } of client.pages(labsDocument, { first: 30 }, ({ labs }) => labs))
      sizes.push(nodes.length);
    const count = seeds.entities.Lab.length;
    expect(sizes).toEqual([30, 30, 30, count - 90]);
    const slugs = new Set<string>();
    for await (const lab of client.all(labsDocument, { first: 100 }, ({ labs }) => labs)) {
      expectTypeOf(lab).toEqualTypeOf<{ readonly slug: string }>();
      slugs.add(lab.slug);
    }
    expect([...slugs].sort()).toEqual(seeds.entities.Lab.map(({ id }) => id).sort());
  });

  it.each([
    ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED', 'Cannot query field "nothing" on type "Query".'],
    ['{ labs', 'GRAPHQL_PARSE_FAILED', 'Syntax Error'],
    ['{ labs(first: 1000) { totalCount } }', 'BAD_USER_INPUT', '100'],
    ['{ labs(after: "junk") { totalCount } }', 'INVALID_CURSOR', 'cursor'],
    ['mutation { deleteLab: delete(input: { entity: { kind: LAB, id: "x" } }) { outcome } }', 'UNAUTHENTICATED', 'key'],
  ])('throws what the server says against %s', async (query, code, words) => {
    const { graphql } = await start(graph);
    const error = await failure(createClient({ url: graphql }).query(query));
    expect(error).toMatchObject({ name: 'SilkgraphError', code, requestId: expect.any(String) });
    expect(error.message).toContain(words);
  });

  it('hands on, with what failed, what was answered all the same', async () => {
    const { graphql } = await start(graph);
    const query = '{ kenya: country(code: "KE") { name } labs(first: -1) { totalCount } }';
    const { data, errors } = await failure(createClient({ url: graphql }).query(query));
    expect(data).toEqual({ kenya: { name: 'Kenya' }, labs: null });
    expect(errors).toMatchObject([{ path: ['labs'], extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('says of an address that is not that of GraphQL what to check', async () => {
    const { origin } = await start(graph);
    const client = createClient({ url: `${origin}/nothing` });
    for (const asked of [client.query('{ labs { totalCount } }'), client.changes().next()]) {
      expect(await failure(asked)).toMatchObject({
        code: 'NO_ANSWER',
        status: 404,
        message: expect.stringContaining('/graphql'),
      });
    }
  }, 60_000);

  it('says that nobody answers', async () => {
    const client = createClient({ url: 'http://127.0.0.1:1/graphql', retries: 0 });
    expect(await failure(client.query('{ labs { totalCount } }'))).toMatchObject({
      code: 'NO_CONNECTION',
      status: undefined,
    });
  });

  it('is ended by a signal, with its reason', async () => {
    const { graphql } = await start(graph);
    const client = createClient({ url: graphql });
    const signal = AbortSignal.abort(new Error('I left.'));
    await expect(client.query('{ labs { totalCount } }', {}, { signal })).rejects.toThrow('I left.');
    expect(await client.changes({ signal }).next()).toMatchObject({ done: true });
  });

  it('writes with a key, and sees what it has written; a repeat does nothing twice', async () => {
    const { key } = await createKey(graph, { name: 'Ana', role: 'editor' });
    const { graphql } = await start(graph, {
      access: { authenticator: createAuthenticator({ graph }), reading: 'open' },
    });
    const client = createClient({ url: graphql, key: key.text });
    const write = `mutation ($input: CreateInput!) {
      createArea: create(input: $input) { outcome repeated errors { message } area { slug revision } }
    }`;
    const fields = { name: 'Tea', definition: 'All about it.', keyArea: false, topArea: false, editorial: true };
    const input = { entity: { area: { slug: 'area-tea', ...fields } }, idempotencyKey: 'tea-1' };
    const created = { outcome: 'CREATED', errors: [], area: { slug: 'area-tea', revision: 1 } };
    expect(await client.query(write, { input })).toEqual({ createArea: { ...created, repeated: false } });
    expect(await client.query(write, { input })).toEqual({ createArea: { ...created, repeated: true } });
    expect(await client.query('{ area(slug: "area-tea") { name } }')).toEqual({ area: { name: 'Tea' } });
    const changes = client.subscribe(
      'subscription ($after: String) { changes(after: $after) { ... on Change { author } } }',
      {
        after: Buffer.from('["changes",1]').toString('base64url'),
      },
    );
    expect(await changes.next()).toEqual({
      done: false,
      value: { changes: { author: expect.stringMatching(/^Ana/) } },
    });
    await changes.return?.();
  });

  it('throws what the server says against a subscription', async () => {
    const { graphql } = await start(graph);
    const results = createClient({ url: graphql }).subscribe('subscription { changes(after: "junk") { __typename } }');
    expect(await failure(results.next())).toMatchObject({ code: 'INVALID_CURSOR' });
  });
});
