import { setTimeout as pause } from 'node:timers/promises';
import type { GraphQLError } from 'graphql';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createClient } from '../../../src/client/index.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { GraphError } from '../../../src/engine/graph/errors.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import { createSignedBookmarks } from '../../../src/server/bookmarks/signed-bookmarks.ts';

/** A database that was just started, and takes some time for its first statement, in milliseconds. */
const slowlyStarted = (milliseconds: number): Graph => ({
  ontology: cooperation,
  read: async () => [],
  async write(_, options) {
    if ((options?.timeLeft?.() ?? 0) < milliseconds) throw new GraphError('TIMEOUT', 'secret');
    await pause(milliseconds);
    return [['secret']] as never;
  },
});

it('bookmarks are signed although the first statement takes longer than a request waits', async () => {
  const bookmarks = createSignedBookmarks({ graphFor: () => slowlyStarted(1_500), places: 1 });
  const signing = bookmarks.sign(['FB:a']);
  await expect(bookmarks.open(`${'a'.repeat(22)}.1a2b3c.FB:a`)).rejects.toMatchObject({
    extensions: { code: 'TIMEOUT' },
  });
  const signed = await signing;
  expect(signed).toMatch(/^[\w-]{22}\.[a-z\d]+\.FB:a$/);
  expect(await bookmarks.open(signed)).toEqual(['FB:a']);
});

const sender = (bookmarks: ReturnType<typeof createSignedBookmarks>) => {
  const sent: (string | null)[] = [];
  let left: readonly string[] = [];
  const client = createClient({
    url: 'http://silkgraph/graphql',
    fetch: async (_, init) => {
      const given = new Headers(init?.headers).get('silkgraph-bookmark');
      sent.push(given);
      const headers: Record<string, string> = { 'content-type': 'application/graphql-response+json' };
      try {
        if (given !== null) await bookmarks.open(given);
      } catch (error) {
        const { message, extensions } = error as GraphQLError;
        const { status, headers: own } = extensions.http as { status: number; headers: Record<string, string> };
        const body = JSON.stringify({ errors: [{ message, extensions: { code: extensions.code } }] });
        return new Response(body, { status, headers: { ...headers, ...own } });
      }
      if (left.length > 0) headers['silkgraph-bookmark'] = await bookmarks.sign(left);
      return new Response('{"data":{}}', { headers });
    },
  });
  const ask = () => client.query('{ __typename }');
  return {
    ask,
    sent,
    write(...own: readonly string[]) {
      left = own;
      return ask();
    },
  };
};

const graph = { ...slowlyStarted(0), write: async () => [['secret']] as never };

it('the client sends as many bookmarks as a server takes, however many one write leaves', async () => {
  const bookmarks = createSignedBookmarks({ graphFor: () => graph, places: 1 });
  const { write, ask, sent } = sender(bookmarks);
  await write(...Array.from({ length: 25 }, (_, n) => `FB:${n}`));
  await ask();
  const header = String(sent[1]);
  expect(header.split(',').map((one) => one.split('.').at(-1))).toEqual(
    Array.from({ length: 20 }, (_, n) => `FB:${n + 5}`),
  );
  await expect(bookmarks.open(`${header},${await bookmarks.sign(['FB:x'])}`)).rejects.toThrow('up to 20 bookmarks');
});

it('the client forgets bookmarks of a graph that the server no longer has', async () => {
  let secret = 'former';
  const served = { ...graph, write: async () => [[secret]] as never };
  const former = createSignedBookmarks({ graphFor: () => served, places: 1 });
  const signed = await former.sign(['FB:a']);
  secret = 'other';
  const { write, ask, sent } = sender({
    sign: async () => signed,
    open: createSignedBookmarks({ graphFor: () => served, places: 1 }).open,
  });
  await write('FB:a');
  await expect(ask()).rejects.toThrow('not a bookmark of this graph');
  await ask();
  expect(sent).toEqual([null, signed, null]);
});

it.each([
  ['of a database that responds is lost', true, [], 400, ''],
  ['beside a recent one is late', true, ['FB:b'], 504, undefined],
  ['of a database that does not respond is late', false, [], 504, undefined],
])('an old bookmark that is not reached, %s', async (_, responds, recent, status, left) => {
  const late = () => Promise.reject(new GraphError('TIMEOUT', 'late'));
  const bookmarks = createSignedBookmarks({
    graphFor: ({ bookmarks: wanted }) => ({ ...graph, read: async () => (wanted || !responds ? late() : []) }),
    places: 1,
  });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 11 * 60_000 });
  onTestFinished(() => void vi.useRealTimers());
  const old = await bookmarks.sign(['FB:a']);
  vi.useRealTimers();
  const header = [old, ...(recent.length > 0 ? [await bookmarks.sign(recent)] : [])].join(',');
  const refused: GraphQLError = await bookmarks.open(header).then(
    () => expect.fail('It was taken.'),
    (error) => error,
  );
  const { http } = refused.extensions as { http: { status: number; headers: Record<string, string> } };
  expect([http.status, http.headers['silkgraph-bookmark']]).toEqual([status, left]);
});
