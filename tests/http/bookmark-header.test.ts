import type { Driver } from 'neo4j-driver';
import { describe, expect, it } from 'vitest';
import { createGraph } from '../../src/graph/graph.ts';
import { readStatistics } from '../../src/graph/statistics.ts';
import { createContext } from '../../src/schema/index.ts';
import { createServer } from '../../src/server.ts';
import { statementServer } from './statement-server.ts';
import { tinySchema } from './tiny-server.ts';

const server = statementServer({}, { editor: { name: 'writer', role: 'editor' } });
const asEditor = { 'x-api-key': 'editor' };

const read = '{ run(text: "RETURN 1") }';
const exportWith = (bookmark: string) =>
  server.fetch(new Request('http://silkgraph/export?format=jsonl', { headers: { 'silkgraph-bookmark': bookmark } }));
// It commits, and leaves nothing behind.
const write = 'mutation { write(text: "CREATE (passing:`_Passing`) DELETE passing RETURN 1") }';

describe('Silkgraph-Bookmark', () => {
  it('comes with the answer to a change, and is taken with a question', async () => {
    const { response, body } = await server.ask(write, { headers: asEditor });
    expect(body.errors).toBeUndefined();
    const bookmark = String(response.headers.get('silkgraph-bookmark'));
    expect(bookmark).toMatch(/^FB:\S+$/);
    const again = await server.ask(read, { headers: { 'silkgraph-bookmark': bookmark } });
    expect(again.body).toEqual({ data: { run: '[[1]]' } });
    expect(again.response.headers.has('silkgraph-bookmark')).toBe(false);
    const next = await server.ask(write, { headers: { ...asEditor, 'silkgraph-bookmark': bookmark } });
    expect(next.response.headers.get('silkgraph-bookmark')).toMatch(/^FB:[^,]+$/);
    const exported = await exportWith(bookmark);
    expect(exported.status).toBe(200);
    await exported.body?.cancel();
  });

  it.each([
    ['that Neo4j cannot read', 'FB:kcwQnothing'],
    ['with what no bookmark holds', 'a b'],
    ['of more than anybody needs', Array.from({ length: 21 }, () => 'FB:a').join(',')],
  ])('is refused in words: one %s', async (_, bookmark) => {
    const { body } = await server.ask(read, { headers: { 'silkgraph-bookmark': bookmark } });
    const exported = await exportWith(bookmark);
    expect(exported.status).toBe(400);
    for (const { errors } of [body, await exported.json()]) {
      expect(errors).toEqual([
        expect.objectContaining({
          message: expect.stringContaining('Silkgraph-Bookmark'),
          extensions: { code: 'BAD_USER_INPUT' },
        }),
      ]);
    }
  });

  it('reaches the session of the driver, for reads on any server and writes on the leader', async () => {
    const sessions: { access: string; bookmarks: string[] }[] = [];
    const answer = Promise.resolve({ records: [], summary: {} });
    // A driver that routes, as far as it is asked here: it tells what its sessions were opened with.
    const driver = {
      session: ({ defaultAccessMode, bookmarkManager }: Parameters<Driver['session']>[0] & object) => {
        bookmarkManager?.getBookmarks().then((bookmarks) => {
          sessions.push({ access: String(defaultAccessMode), bookmarks: [...bookmarks] });
        });
        return {
          run: () => answer,
          beginTransaction: async () => ({
            run: () => answer,
            commit: async () =>
              bookmarkManager?.updateBookmarks([...(await bookmarkManager.getBookmarks())], ['FB:written']),
            rollback: async () => {},
          }),
          close: async () => {},
        };
      },
    } as unknown as Driver;
    const graph = createGraph(driver);
    const fields = { ...tinySchema.getQueryType()?.getFields(), ...tinySchema.getMutationType()?.getFields() };
    if (fields.hello)
      fields.hello.resolve = async (_, __, context) =>
        String(await context.graph.read({ name: 'r', text: 'RETURN 1' }));
    if (fields.greet) {
      fields.greet.resolve = async (_, __, context) => {
        await context.graph.write((run: (statement: object) => Promise<unknown>) =>
          run({ name: 'w', text: 'CREATE ()' }),
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
    const ask = (query: string) =>
      routed.fetch(
        new Request('http://silkgraph/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-api-key': 'k', 'silkgraph-bookmark': 'FB:one, FB:two' },
          body: JSON.stringify({ query }),
        }),
      );
    await ask('{ hello }');
    const { headers } = await ask('mutation { greet }');
    expect(sessions).toEqual([
      { access: 'READ', bookmarks: ['FB:one', 'FB:two'] },
      { access: 'WRITE', bookmarks: ['FB:one', 'FB:two'] },
    ]);
    expect(headers.get('silkgraph-bookmark')).toBe('FB:written');
    sessions.length = 0;
    await routed.fetch(
      new Request('http://silkgraph/export?format=jsonl', { headers: { 'silkgraph-bookmark': 'FB:one' } }),
    );
    expect(sessions[0]).toEqual({ access: 'READ', bookmarks: ['FB:one'] });
  });
});
