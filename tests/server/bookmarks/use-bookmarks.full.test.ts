import { createHmac } from 'node:crypto';
import type { Driver } from 'neo4j-driver';
import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { createGraph } from '../../../src/engine/graph/graph.ts';
import { readStatistics } from '../../../src/engine/reads/statistics.ts';
import { createContext } from '../../../src/graphql/index.ts';
import { createServer } from '../../../src/service/server.ts';
import { statementServer } from '../statement-server.ts';
import { tinySchema } from '../tiny-server.ts';

const viewers = { editor: { name: 'writer', role: 'editor' } } as const;
const server = statementServer({}, viewers);
/** Another server of the same graph, with one place for operations. */
const other = statementServer({ concurrency: 1 }, viewers);
const asEditor = { 'x-api-key': 'editor' };

const read = '{ run(text: "RETURN 1") }';
const exportWith = (bookmark?: string) =>
  other.fetch(
    new Request('http://silkgraph/export?format=jsonl&kind=PARK', {
      headers: bookmark === undefined ? {} : { 'silkgraph-bookmark': bookmark },
    }),
  );
// It commits, and leaves nothing behind.
const write = 'mutation { write(text: "CREATE (passing:`_Passing`) DELETE passing RETURN 1") }';

/** A state of another database, far in the future: no transaction of this one ever reaches it. */
const FUTURE = 'FB:kcwQAAAAAAAAAAAAAAAAAAAAAcsAAAEAAAAAAJA=';

async function changed(): Promise<string> {
  const { response, body } = await server.ask(write, { headers: asEditor });
  expect(body.errors).toBeUndefined();
  return String(response.headers.get('silkgraph-bookmark'));
}

/** A bookmark as a server of this graph signed it, before the database lost that state. */
async function lost(minutes = 0): Promise<string> {
  await changed();
  const text = "MATCH (secret:`_Secret` {name: 'bookmarks'}) RETURN secret.value";
  const [[secret] = []] = await server.graph.read({ name: 'test', text }, {});
  const signed = `${Math.floor(Date.now() / 1_000 - 60 * minutes).toString(36)}.${FUTURE}`;
  const signature = createHmac('sha256', String(secret)).update(signed).digest('base64url').slice(0, 22);
  return `${signature}.${signed}`;
}

describe('Silkgraph-Bookmark', () => {
  it('comes with the answer to a change, and is taken with a question, by every server of the graph', async () => {
    const bookmark = await changed();
    expect(bookmark).toMatch(/^[\w-]{22}\.[a-z\d]+\.FB:\S+$/);
    const again = await other.ask(read, { headers: { 'silkgraph-bookmark': bookmark } });
    expect(again.body).toEqual({ data: { run: '[[1]]' } });
    expect(again.response.headers.has('silkgraph-bookmark')).toBe(false);
    const next = await other.ask(write, { headers: { ...asEditor, 'silkgraph-bookmark': bookmark } });
    expect(next.response.headers.get('silkgraph-bookmark')).toMatch(/^[\w-]{22}\.[a-z\d]+\.FB:[^,]+$/);
    const exported = await exportWith(bookmark);
    expect(exported.status).toBe(200);
    await exported.body?.cancel();
  });

  it.each([
    ['that nobody signed', FUTURE],
    ['with a signature of another bookmark', async () => `${(await changed()).slice(0, 22)}.1a2b3c.${FUTURE}`],
    ['with a made-up signature', `${'a'.repeat(22)}.1a2b3c.${FUTURE}`],
    ['with a signature of other characters', `${'é'.repeat(22)}.1a2b3c.${FUTURE}`],
    ['with what no bookmark has', 'a b'],
    ['of more than anybody needs', Array.from({ length: 21 }, () => `${'a'.repeat(22)}.1a2b3c.FB:a`).join(',')],
  ])('is refused in words, and not looked up: one %s', async (_, given) => {
    const headers = { 'silkgraph-bookmark': typeof given === 'string' ? given : await given() };
    const request = () => new Request('http://silkgraph/export?format=jsonl', { headers });
    const [{ body }, exported] = await Promise.all([server.ask(read, { headers }), server.fetch(request())]);
    expect(exported.status).toBe(400);
    for (const { errors } of [body, await exported.json()]) {
      expect(errors).toEqual([
        expect.objectContaining({
          message: expect.stringContaining('Silkgraph-Bookmark'),
          extensions: { code: 'BAD_USER_INPUT' },
        }),
      ]);
    }
    expect(await server.metrics.text()).not.toContain('statement="bookmark-reach",outcome="TIMEOUT"');
  });

  it('of a state that the database lost is TIMEOUT, and takes no place from others meanwhile', async () => {
    const headers = { 'silkgraph-bookmark': await lost() };
    const waiting = Array.from({ length: 8 }, () => other.ask(read, { headers }));
    for (let turn = 0; turn < 5; turn += 1) expect((await other.ask(read)).body).toEqual({ data: { run: '[[1]]' } });
    for (const { response, body } of await Promise.all(waiting)) {
      expect([response.status, response.headers.get('retry-after')]).toEqual([504, '1']);
      expect(body.errors[0].extensions.code).toBe('TIMEOUT');
    }
  });

  it('of a state that the database lost long ago is refused, and the client told to forget it', async () => {
    const headers = { 'silkgraph-bookmark': await lost(11) };
    const { response, body } = await server.ask(read, { headers });
    expect([response.status, response.headers.get('silkgraph-bookmark')]).toEqual([400, '']);
    expect(body.errors[0].message).toContain('restore from a backup');
  });

  it('of a state that the database lost keeps no other export out', async () => {
    const bookmark = await lost();
    const waiting = Array.from({ length: 8 }, () => exportWith(bookmark));
    const exported = await exportWith();
    expect(exported.status).toBe(200);
    await exported.body?.cancel();
    for (const { status } of await Promise.all(waiting)) expect(status).toBe(504);
  });

  it('reaches the session of the driver, for reads on any server and writes on the leader', async () => {
    const sessions: { access: string; bookmarks: string[] }[] = [];
    const answer = { records: [], summary: {} };
    const secret = { records: [{ keys: ['value'], get: () => 'secret' }], summary: {} };
    // A driver that routes, as far as it is asked here: it tells what its sessions were opened with.
    const driver = {
      session: ({ defaultAccessMode, bookmarkManager }: Parameters<Driver['session']>[0] & object) => {
        bookmarkManager?.getBookmarks().then((bookmarks) => {
          sessions.push({ access: String(defaultAccessMode), bookmarks: [...bookmarks] });
        });
        return {
          run: async () => answer,
          beginTransaction: async () => ({
            run: async (text: string) => (text.includes('_Secret') ? secret : answer),
            commit: async () =>
              bookmarkManager?.updateBookmarks([...(await bookmarkManager.getBookmarks())], ['FB:written']),
            rollback: async () => {},
          }),
          close: async () => {},
        };
      },
    } as unknown as Driver;
    const graph = createGraph(driver, cooperation);
    const fields = { ...tinySchema.getQueryType()?.getFields(), ...tinySchema.getMutationType()?.getFields() };
    if (fields.hello)
      fields.hello.resolve = async (_, __, context) =>
        String(await context.graph.read({ name: 'r', text: 'RETURN 1' }, {}));
    if (fields.greet) {
      fields.greet.resolve = async (_, __, context) => {
        await context.graph.write((run: (statement: object, parameters: object) => Promise<unknown>) =>
          run({ name: 'w', text: 'CREATE ()' }, {}),
        );
        return 'written';
      };
    }
    const routed = createServer({
      schema: tinySchema,
      // Nothing is counted here, so nothing is estimated.
      context: (given) => ({ ...createContext(graph, () => readStatistics(graph), given), statistics: undefined }),
      access: { authenticator: { authenticate: async () => ({ name: 'writer', role: 'editor' }) }, reading: 'open' },
    });
    const ask = (query: string, headers: Record<string, string> = {}) =>
      routed.fetch(
        new Request('http://silkgraph/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-api-key': 'k', ...headers },
          body: JSON.stringify({ query }),
        }),
      );
    const first = await ask('mutation { greet }');
    const bookmark = String(first.headers.get('silkgraph-bookmark'));
    expect(bookmark).toMatch(/^[\w-]{22}\.[a-z\d]+\.FB:written$/);
    const headers = { 'silkgraph-bookmark': `${bookmark}, ${bookmark}` };
    sessions.length = 0;
    await ask('{ hello }', headers);
    await ask('mutation { greet }', headers);
    const [reads, writes] = ['READ', 'WRITE'].map((access) => ({ access, bookmarks: ['FB:written'] }));
    // Before each operation it is waited for the state.
    expect(sessions).toEqual([reads, reads, reads, writes]);
    sessions.length = 0;
    await routed.fetch(new Request('http://silkgraph/export?format=jsonl', { headers }));
    expect(sessions.slice(0, 2)).toEqual([reads, reads]);
  });
});
