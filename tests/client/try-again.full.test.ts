import { describe, expect, it, vi } from 'vitest';
import { createClient, SilkgraphError } from '../../src/client/index.ts';
import { answer, cut, fakeServers, type Reply, refusal } from './fake-server.ts';

const start = fakeServers();

const QUESTION = '{ labs { totalCount } }';
const good = answer({ data: { labs: { totalCount: 110 } } });
const WRITE = 'mutation ($input: UpdateInput!) { updateLab: update(input: $input) { outcome } }';

const failure = (asked: Promise<unknown>): Promise<SilkgraphError> =>
  asked.then(
    () => expect.fail('It was answered.'),
    (error) => (error instanceof SilkgraphError ? error : expect.fail(`It threw ${error}`)),
  );

const passing: readonly (readonly [string, Reply])[] = [
  ['a connection that is cut before the answer', cut()],
  ['a connection that is cut within the answer', cut('{"data":{"labs"')],
  ['too many requests', refusal('RATE_LIMITED', 429)],
  ['a server that has too much to do', refusal('OVERLOADED', 503)],
  ['a database that is away', refusal('DATABASE_UNAVAILABLE', 503)],
  [
    'a database that went away in between',
    answer({ data: { labs: null }, errors: [{ message: 'Away.', extensions: { code: 'DATABASE_UNAVAILABLE' } }] }),
  ],
  ['a proxy that has no server behind it', answer('<h1>Bad Gateway</h1>', 502)],
];

const lasting: readonly (readonly [string, string, Reply])[] = [
  ['a question that is wrong', 'GRAPHQL_VALIDATION_FAILED', refusal('GRAPHQL_VALIDATION_FAILED', 400)],
  ['a caller that may not', 'FORBIDDEN', refusal('FORBIDDEN', 403)],
  ['a fault of the server', 'INTERNAL_SERVER_ERROR', refusal('INTERNAL_SERVER_ERROR', 500)],
  ['a page that is no answer', 'NO_ANSWER', answer('<h1>Welcome</h1>')],
  ['JSON that is no answer', 'NO_ANSWER', answer({ hello: 'world' })],
  ['an answer without an error', 'NO_ANSWER', answer({ errors: [] })],
  ['an error that is none', 'NO_ANSWER', answer({ errors: [null] })],
  ['a number', 'NO_ANSWER', answer('7')],
  ['nothing at all', 'NO_ANSWER', answer('')],
];

describe('a client', () => {
  it.each(passing)('asks again after %s', async (_, reply) => {
    const { url, received } = await start(reply, reply, good);
    expect(await createClient({ url }).query(QUESTION)).toEqual({ labs: { totalCount: 110 } });
    expect(received).toHaveLength(3);
  });

  it.each(lasting)('does not ask again after %s, and says %s', async (_, code, reply) => {
    const { url, received } = await start(reply, good);
    expect(await failure(createClient({ url }).query(QUESTION))).toMatchObject({ code });
    expect(received).toHaveLength(1);
  });

  it('asks nothing that cannot be written as JSON, and says what that is', async () => {
    const { url, received } = await start(good);
    await expect(createClient({ url }).query(QUESTION, { first: 1n })).rejects.toThrow(/BigInt/);
    expect(received).toHaveLength(0);
  });

  it('gives up after as many retries as it was told, and says why', async () => {
    const { url, received } = await start(refusal('OVERLOADED', 503, { 'x-request-id': 'r-1' }));
    const error = await failure(createClient({ url, retries: 1 }).query(QUESTION));
    expect(error).toMatchObject({
      code: 'OVERLOADED',
      status: 503,
      requestId: 'r-1',
      message: 'Refused by OVERLOADED.',
    });
    expect(received).toHaveLength(2);
  });

  it('waits as long as Retry-After says in seconds', async () => {
    const { url, received } = await start(refusal('RATE_LIMITED', 429, { 'retry-after': '1' }), good);
    await createClient({ url }).query(QUESTION);
    const [first, second] = received.map(({ at }) => at);
    expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(990);
  });

  it('waits until the date that Retry-After says', async () => {
    const date = new Date(Math.ceil(Date.now() / 1000) * 1000 + 1000);
    const { url } = await start(refusal('OVERLOADED', 503, { 'retry-after': date.toUTCString() }), good);
    await createClient({ url }).query(QUESTION);
    expect(Date.now()).toBeGreaterThanOrEqual(date.getTime() - 5);
  });

  it('throws at once where it would have to wait too long, and says how long', async () => {
    const { url, received } = await start(refusal('RATE_LIMITED', 429, { 'retry-after': '3600' }), good);
    const error = await failure(createClient({ url }).query(QUESTION));
    expect(error).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 3_600_000 });
    expect(received).toHaveLength(1);
  });

  it('ends its waiting with the signal', async () => {
    const { url, received } = await start(refusal('RATE_LIMITED', 429, { 'retry-after': '20' }));
    const leaving = new AbortController();
    const asked = createClient({ url }).query(QUESTION, {}, { signal: leaving.signal });
    await vi.waitFor(() => expect(received).toHaveLength(1), 10_000);
    leaving.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
    expect(received).toHaveLength(1);
  });

  it.each(passing)('never repeats a mutation without an idempotencyKey, not even after %s', async (_, reply) => {
    const { url, received } = await start(reply, answer({ data: { updateLab: { outcome: 'UPDATED' } } }));
    await failure(createClient({ url }).query(WRITE, { input: { id: 'lab' } }));
    expect(received).toHaveLength(1);
  });

  it.each(passing)('repeats a mutation with an idempotencyKey, as it was, after %s', async (_, reply) => {
    const { url, received } = await start(reply, answer({ data: { updateLab: { outcome: 'UPDATED' } } }));
    const variables = { input: { entity: { lab: { id: 'lab' } }, idempotencyKey: 'once' } };
    expect(await createClient({ url }).query(WRITE, variables)).toEqual({ updateLab: { outcome: 'UPDATED' } });
    expect(received.map((one) => one.variables)).toEqual([variables, variables]);
  });

  it('does not throw away for another try what was answered in part', async () => {
    const errors = [{ message: 'Away.', path: ['country'], extensions: { code: 'DATABASE_UNAVAILABLE' } }];
    const { url, received } = await start(answer({ data: { labs: { totalCount: 1 }, country: null }, errors }), good);
    const error = await failure(createClient({ url }).query(QUESTION));
    expect(error).toMatchObject({ data: { labs: { totalCount: 1 }, country: null }, errors });
    expect(received).toHaveLength(1);
  });

  it('shows the key that counts now, and the bookmark that it was given last', async () => {
    const { url, received } = await start(
      answer({ data: {} }, 200, { 'silkgraph-bookmark': 'one' }),
      refusal('OVERLOADED', 503),
      good,
    );
    let asked = 0;
    const client = createClient({ url, key: async () => `key-${++asked}` });
    await client.query(QUESTION);
    await client.query(QUESTION);
    expect(received.map(({ headers }) => [headers.authorization, headers['silkgraph-bookmark']])).toEqual([
      ['Bearer key-1', undefined],
      ['Bearer key-2', 'one'],
      ['Bearer key-3', 'one'],
    ]);
  });

  it('sends the bookmarks of all writes that ran at the same time, until a later one includes them', async () => {
    const answers: (() => void)[] = [];
    const { url, received } = await start((response, one) => {
      const bookmark = `of-${received.length}`;
      const end = () => answer({ data: {} }, 200, { 'silkgraph-bookmark': bookmark })(response, one);
      if (received.length > 2) end();
      else if (answers.push(end) === 2) for (const each of answers.toReversed()) each();
    });
    const client = createClient({ url });
    await Promise.all([client.query(WRITE), client.query(WRITE)]);
    await client.query(WRITE);
    await client.query(QUESTION);
    const sent = received.map(({ headers }) => headers['silkgraph-bookmark']?.toString().split(',').sort());
    expect(sent).toEqual([undefined, undefined, ['of-1', 'of-2'], ['of-3']]);
  });

  it('says which key it cannot send, instead of asking again and again', async () => {
    const { url, received } = await start(good);
    const client = createClient({ url, key: 'a key of dots …' });
    await expect(client.query(QUESTION)).rejects.toThrow(TypeError);
    await expect(client.changes().next()).rejects.toThrow(TypeError);
    expect(received).toHaveLength(0);
  });
});
