import { describe, expect, it } from 'vitest';
import { endless, statementServer } from '../statement-server.ts';
import { createTinyServer } from '../tiny-server.ts';

const { graph: _, ...server } = statementServer({ timeout: 1_500 }, { editor: { name: 'writer', role: 'editor' } });
const running = statementServer();

/** Works for about so many milliseconds. */
const busy = 'UNWIND range(1, 4000000) AS a WITH sum(a % 7) AS s RETURN s';

describe('the time of an operation', () => {
  it('is shared by its statements, however many there are', async () => {
    const texts = Array.from({ length: 200 }, () => busy);
    const { body, ms } = await server.ask('query ($texts: [String!]!) { runInTurn(texts: $texts) }', {
      variables: { texts },
    });
    expect(body.errors).toEqual([expect.objectContaining({ extensions: { code: 'TIMEOUT' } })]);
    expect(ms).toBeGreaterThan(1_400);
    expect(ms).toBeLessThan(3_000);
  });

  it('stops the statement in Neo4j, and no other begins', async () => {
    const marked = endless.replace('c)', 'overdue)').replace('AS c', 'AS overdue');
    const { body } = await server.ask(
      'query ($text: String!) { one: run(text: $text) other: runInTurn(texts: [$text, $text]) }',
      { variables: { text: marked } },
    );
    const codes = body.errors.map((error: { extensions: { code: string } }) => error.extensions.code);
    expect(codes).toEqual(['TIMEOUT', 'TIMEOUT']);
    const list = { name: 'transactions', text: 'SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery' };
    let left = 1;
    for (let tries = 0; tries < 100 && left > 0; tries += 1) {
      left = (await running.graph.read(list, {})).filter(([text]) => String(text).includes('AS overdue ')).length;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(left).toBe(0);
  });

  it('leaves it open whether a change was made, and says so', async () => {
    const variables = { text: endless };
    const headers = { 'x-api-key': 'editor' };
    const { body } = await server.ask('mutation ($text: String!) { write(text: $text) }', { variables, headers });
    expect(body.errors).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('may have been made'),
        extensions: { code: 'TIMEOUT' },
      }),
    ]);
  });

  it('is counted from the arrival of its request', async () => {
    const { ask, contexts } = createTinyServer({ timeout: 5_000 });
    await ask('{ hello }');
    const left = contexts[0]?.timeLeft?.() ?? Number.NaN;
    expect(left).toBeLessThan(5_000);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(contexts[0]?.timeLeft?.()).toBeLessThan(left - 25);
  });

  it('does not pass while its body comes in', async () => {
    const { request, contexts } = createTinyServer({ timeout: 5_000 });
    let whole = Number.NaN;
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        await new Promise((resolve) => setTimeout(resolve, 300));
        controller.enqueue(new TextEncoder().encode('{"query":"{ hello }"}'));
        controller.close();
        whole = performance.now();
      },
    });
    const headers = { 'content-type': 'application/json' };
    await request('/graphql', { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
    const since = performance.now() - whole;
    expect(contexts[0]?.timeLeft?.()).toBeGreaterThan(4_990 - since);
  });
});
