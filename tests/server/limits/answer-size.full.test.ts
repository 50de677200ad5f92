import { buildSchema, type GraphQLObjectType, getIntrospectionQuery } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { citationsOf } from '../../../src/doors/citations/use-citations.ts';
import { AnswerSize, leastBytes } from '../../../src/graphql/answer-size.ts';
import { limits } from '../../../src/graphql/limits.ts';
import { measureAnswers } from '../../../src/graphql/measure-answers.ts';
import { createServer } from '../../../src/service/server.ts';
import { type LiveServer, liveServers, take, transports } from '../../setup/live-server.ts';
import { ownSilkgraph } from '../../setup/own-silkgraph.ts';
import { silkgraph } from '../../setup/silkgraph.ts';
import { createPagedServer } from '../paged-server.ts';

const { server, address, mutate } = ownSilkgraph();
const seeded = silkgraph();
const start = liveServers();

/** What the text of one record may have, less what its other fields take. */
const long = 'x'.repeat(49_000);

beforeAll(async () => {
  const { errors, outcome } = await mutate('updateLab', { id: 'lab-one', description: long });
  expect({ errors, outcome }).toEqual({ errors: [], outcome: 'UPDATED' });
});

const repeated = (field: string, times = 250) => Array.from({ length: times }, (_, at) => `a${at}: ${field}`).join(' ');

/** 12 MB of one record. */
const attack = `{ lab(slug: "lab-one") { ${repeated('description')} } }`;

/** What takes the place of an answer that is too large. */
const refused = (limit: number = limits.answer) => ({
  message: `The response is larger than ${limit} bytes. Request smaller pages or fewer fields.`,
  extensions: { code: 'LIMIT_EXCEEDED' },
});

describe('an answer that is larger than it may be', () => {
  it('is refused as a whole', async () => {
    const { response, body } = await server.request(attack);
    expect(response.status).toBe(400);
    expect(body).toEqual({ errors: [refused()] });
    expect(await server.ask(attack)).toEqual({ errors: [refused()] });
  });

  it('is built no further, although each of its fields may be null', async () => {
    const schema = buildSchema('type Query { things: [Thing] } type Thing { text: String }');
    const fields = {
      ...schema.getQueryType()?.getFields(),
      ...(schema.getType('Thing') as GraphQLObjectType).getFields(),
    };
    let built = 0;
    Object.assign(fields.things ?? {}, { resolve: () => Array.from({ length: 1_000 }, () => ({})) });
    Object.assign(fields.text ?? {}, {
      resolve: () => {
        built += 1;
        return 'x'.repeat(100);
      },
    });
    const { fetch } = createServer({ schema: measureAnswers(schema), context: (given) => given, answerLimit: 1_000 });
    const response = await fetch('http://silkgraph/graphql?query={things{text}}');
    expect(await response.json()).toEqual({ errors: [refused(1_000)] });
    expect(built).toBeLessThan(11);
  });

  it('may have as many bytes as the limit, counted in UTF-8', async () => {
    const text = 'é'.repeat(1_000);
    const exact = Buffer.byteLength(
      JSON.stringify({
        data: { things: { nodes: [{ number: 1, text }], pageInfo: { endCursor: '1' } } },
      }),
    );
    const query = '{ things { nodes { number text } pageInfo { endCursor } } }';
    const ask = async (answerLimit: number) => {
      const response = await createPagedServer({ text, answerLimit }).post('/graphql', { query });
      return response.json();
    };
    expect((await ask(exact)).data.things.nodes).toEqual([{ number: 1, text }]);
    expect(await ask(exact - 1)).toEqual({ errors: [refused(exact - 1)] });
  });

  it('ends the export that it is a page of', async () => {
    const text = 'x'.repeat(20_000);
    const { post } = createPagedServer({ text, pages: 2, answerLimit: 10_000 });
    const response = await post('/export', { query: '{ things { nodes { number text } } }', format: 'jsonl' });
    expect(response.status).toBe(400);
    expect((await response.json()).errors).toEqual([refused(10_000)]);
  });

  it('lists no more citations', async () => {
    const entities = ['lab-one', 'lab-two'].map(
      (slug) => ({ kind: 'Lab', slug, pointers: ['/data'], places: 1 }) as const,
    );
    const cited = (limit: number) =>
      citationsOf(server.graph, { entities, relations: [] }, [], { answerSize: new AnswerSize(limit) });
    await expect(cited(10)).rejects.toMatchObject({ extensions: { code: 'LIMIT_EXCEEDED' } });
    await expect(cited(10_000)).resolves.toHaveProperty('uncited');
  });

  it('takes back no change, and says so', async () => {
    const { response, body } = await server.request(
      `mutation { updateLab: update(input: { entity: { lab: { id: "lab-two", batch: 7 } } }) { lab { batch } }
        second: update(input: { entity: { lab: { id: "lab-one", batch: 7 } } }) { lab { ${repeated('description')} } } }`,
    );
    expect(response.status).toBe(200);
    expect(body).toEqual({
      data: null,
      errors: [
        {
          message: `${refused().message} Changes made before the limit was reached have been saved.`,
          extensions: { code: 'LIMIT_EXCEEDED' },
        },
      ],
    });
    expect(await server.data('{ labs { nodes { batch } } }')).toEqual({
      labs: { nodes: [{ batch: 7 }, { batch: 7 }] },
    });
  });
});

describe('the limit holds', () => {
  const small = silkgraphWith(100_000);
  const key = (name: string) => name.repeat(4_000);

  it.each([
    [
      'long response keys',
      `{ labs { nodes { ${'abcdefghijklm'
        .split('')
        .map((name) => `${key(name)}: slug`)
        .join(' ')} } } }`,
    ],
    [
      'long keys of objects',
      `{ labs { nodes { ${'abcdefghijklm'
        .split('')
        .map((name) => `${key(name)}: areas { totalCount }`)
        .join(' ')} } } }`,
    ],
    [
      'the names of types',
      `{ labs { nodes { ${'abcdefghijklm'
        .split('')
        .map((name) => `${key(name)}: __typename`)
        .join(' ')} } } }`,
    ],
    [
      'states in the log of changes',
      `{ changes(first: 100) { nodes { ... on EntityChange { ${repeated('after', 3)} } } } }`,
    ],
    [
      'compared values',
      `{ compare(ids: ["lab-one", "lab-two"]) { properties { ${repeated('values { value }', 3)} } } }`,
    ],
    ['places in citations', `query @cite { ${'k'.repeat(40_000)}: labs { nodes { slug } } }`],
  ])('for %s', async (_, query) => {
    const { body } = await small.request(query);
    expect(body).toEqual({ errors: [refused(100_000)] });
  });

  it.each(Object.keys(transports))('over %s, for an answer and for each event', async (transport) => {
    const live: LiveServer = await start(server.graph, { answerLimit: 100_000 });
    const client = transports[transport]?.(live);
    if (!client) throw new Error(`There is no transport ${transport}.`);
    try {
      const query = `{ lab(slug: "lab-one") { ${repeated('description', 3)} } }`;
      await expect(takeOrFail(client.iterate({ query }))).resolves.toMatchObject(refused(100_000));
      const introspection = '{ __schema { types { description fields { description args { description } } } } }';
      const schema = takeOrFail(client.iterate({ query: introspection }));
      // As a response of its own, it has a maximum of its own.
      if (transport === 'graphql-sse') await expect(schema).resolves.toBeUndefined();
      else await expect(schema).resolves.toMatchObject(refused(100_000));

      const subscription = `subscription { changes { ... on EntityChange { slug ${repeated('after', 3)} } } }`;
      const events = client.iterate({ query: subscription })[Symbol.asyncIterator]();
      const first = take(events, 2);
      await expect.poll(() => live.feed.followers).toBeGreaterThan(0);
      await mutate('updateLab', { id: 'lab-one', batch: Math.floor(performance.now()) });
      await mutate('updateLab', { id: 'lab-two', batch: Math.floor(performance.now()) });
      const [large, next] = await first;
      expect(large?.errors).toEqual([refused(100_000)]);
      expect(next?.data.changes.slug).toBe('lab-two');
      await events.return?.();
    } finally {
      client.dispose();
    }
  });
});

describe('the cost of an operation', () => {
  // Reads its statistics once the long record is there.
  const counting = silkgraph({ address });
  const costOf = async (query: string) => {
    const { response } = await counting.request(query);
    return Number(/estimated=(\d+)/.exec(response.headers.get('silkgraph-cost') ?? '')?.[1]);
  };

  it('grows with the length of values, which is known of each property', async () => {
    const short = await costOf('{ labs { nodes { nameZh } } }');
    expect(await costOf('{ labs { nodes { description } } }')).toBeGreaterThan(short + 500);
    expect(await costOf('{ labs { nodes { cities } } }')).toBeLessThan(short + 10);
  });

  it('grows with the length of keys', async () => {
    const short = await costOf('{ labs { nodes { a: slug b: areas { totalCount } } } }');
    const long = 'k'.repeat(10_000);
    expect(await costOf(`{ labs { nodes { ${long}: slug b: areas { totalCount } } } }`)).toBeGreaterThan(short + 300);
    expect(await costOf(`{ labs { nodes { a: slug ${long}: areas { totalCount } } } }`)).toBeGreaterThan(short + 300);
  });
});

describe('what is allowed', () => {
  it('is the largest record, and the whole schema', async () => {
    const { lab } = await server.data('{ lab(slug: "lab-one") { description } }');
    expect(lab.description).toBe(long);
    expect(await seeded.data(getIntrospectionQuery({ inputValueDeprecation: true }))).toHaveProperty('__schema');
  });
});

describe('bytes that are counted while an answer is built', () => {
  it.each([
    ['text', 'a "b" ü\n'],
    ['numbers', [1, 22, 3.5, true, null]],
    ['nested', { a: { b: ['x', {}, []] }, c: null, d: undefined }],
    ['nothing', null],
  ])('are never more than there are: %s', (_, value) => {
    const bytes = Buffer.byteLength(JSON.stringify(value));
    expect(leastBytes(value)).toBeLessThanOrEqual(bytes);
    expect(leastBytes(value)).toBeGreaterThanOrEqual(bytes / 4);
  });
});

function silkgraphWith(answerLimit: number) {
  return silkgraph({ address, answerLimit });
}

/** The error of an operation, in whichever way its transport tells it. */
async function takeOrFail(results: AsyncIterableIterator<{ data?: unknown; errors?: unknown[] }>): Promise<unknown> {
  try {
    const [result] = await take(results[Symbol.asyncIterator](), 1);
    return result?.errors?.[0];
  } catch (error) {
    return Array.isArray(error) ? error[0] : error;
  }
}
