import { describe, expect, it } from 'vitest';
import { statementServer } from '../statement-server.ts';
import { createTinyServer, listeningLog } from '../tiny-server.ts';

const impatient = statementServer({ slow: 300 });
const server = statementServer({ slow: 60_000 }, { 'a key': { name: 'Ada (k1)', role: 'reader' } });

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;

/** Works for a good second. */
const slow = 'UNWIND range(1, 12000000) AS a WITH sum(a % 7) AS s RETURN s';

async function soon(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !holds(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 25));
  expect(holds()).toBe(true);
}

describe('the log', () => {
  it('has one line for each operation: who, what, how long, how it ended', async () => {
    server.operations.length = 0;
    await server.ask('query Ask { run(text: "RETURN 1") other: run(text: "RETURN 2") }', {
      headers: { 'x-request-id': 'mine-1', 'x-api-key': 'a key', traceparent },
    });
    expect(server.operations).toEqual([
      expect.objectContaining({
        level: 30,
        msg: 'operation',
        requestId: expect.stringMatching(/^[\da-f-]{36}$/),
        clientRequestId: 'mine-1',
        traceId,
        operation: 'Ask',
        type: 'query',
        code: 'OK',
        ms: expect.any(Number),
        statements: 2,
        databaseMs: expect.any(Number),
        caller: 'Ada (k1)',
      }),
    ]);
  });

  it('tells by which code an operation failed, or was refused before it ran', async () => {
    const { log, operations } = listeningLog();
    const { ask, request } = createTinyServer({ log, rateLimit: { requests: 4, seconds: 3600 } });
    await ask('{ fails }');
    await ask('{ nothing }');
    await ask('{');
    await request('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' });
    await ask('{ hello }');
    expect(operations.map(({ code }) => code)).toEqual([
      'INTERNAL_SERVER_ERROR',
      'GRAPHQL_VALIDATION_FAILED',
      'GRAPHQL_PARSE_FAILED',
      'BAD_USER_INPUT',
      'RATE_LIMITED',
    ]);
  });

  it('cuts a long name, and so does what Neo4j shows beside a statement', async () => {
    const { log, operations } = listeningLog();
    const { ask, contexts } = createTinyServer({ log });
    await ask(`query ${'N'.repeat(5_000)} { hello }`);
    const cut = `${'N'.repeat(100)}…`;
    expect(operations).toMatchObject([{ operation: cut }]);
    expect(contexts[0]?.metadata).toMatchObject({ operation: cut });
  });

  it('never holds what variables hold', async () => {
    const { log, operations, lines } = listeningLog();
    const { ask } = createTinyServer({ log, slow: 1 });
    await ask('query ($name: String) { hello(name: $name) fails }', { name: 'a secret name' });
    expect(operations).toHaveLength(1);
    expect(JSON.stringify([operations, lines])).not.toContain('secret name');
  });

  it.each([
    ['an unknown version', `ff-${traceId}-00f067aa0ba902b7-01`],
    ['a trace of zeros', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`],
    ['capitals', traceparent.toUpperCase()],
    ['anything else', `${traceId}" , injected`],
  ])('takes no trace from a header with %s', async (_, value) => {
    server.operations.length = 0;
    await server.ask('{ run(text: "RETURN 1") }', { headers: { traceparent: value } });
    expect(server.operations).toHaveLength(1);
    expect(server.operations[0]).not.toHaveProperty('traceId');
  });

  it('says nothing of pages and probes', async () => {
    server.operations.length = 0;
    for (const path of ['/health', '/ready', '/metrics', '/schema.graphql']) {
      await server.fetch(new Request(`http://silkgraph${path}`));
    }
    expect(server.operations).toEqual([]);
  });

  it('names the statements of a slow operation, and has the plan of the slowest, once', async () => {
    impatient.lines.length = 0;
    impatient.operations.length = 0;
    const question = { variables: { slow } };
    const query = 'query Slow($slow: String!) { run(text: $slow, name: "slowest") quick: run(text: "RETURN 1") }';
    for (const id of ['first', 'second']) await impatient.ask(query, { ...question, headers: { 'x-request-id': id } });
    await soon(() => impatient.lines.some(({ msg }) => msg === 'plan of a slow statement'));
    await impatient.ask(query, question);
    expect(impatient.operations).toHaveLength(3);
    expect(impatient.operations[0]).toMatchObject({
      level: 40,
      msg: 'slow operation',
      operation: 'Slow',
      slowestStatements: [
        { name: 'slowest', ms: expect.any(Number), rows: 1 },
        { name: 'test', rows: 1 },
      ],
    });
    const plans = impatient.lines.filter(({ msg }) => msg === 'plan of a slow statement');
    expect(plans).toHaveLength(1);
    expect(plans[0]).toMatchObject({ requestId: impatient.operations[0]?.requestId, statement: 'slowest', text: slow });
    expect(String(plans[0]?.plan)).toMatch(/^ProduceResults.*Unwind/);
  });

  it('shows a request in Neo4j by its id, its operation and its trace', async () => {
    const begun = server.ask('query Watched($slow: String!) { run(text: $slow) }', {
      variables: { slow: slow.replace(/\ba\b/g, 'watched') },
      headers: { 'x-request-id': 'mine-2', traceparent },
    });
    const list = {
      name: 'transactions',
      text: 'SHOW TRANSACTIONS YIELD metaData, currentQuery WHERE currentQuery CONTAINS "watched" AND NOT currentQuery CONTAINS "SHOW" RETURN metaData',
    };
    let shown: unknown;
    for (let tries = 0; tries < 100 && shown === undefined; tries += 1)
      shown = (await server.graph.read(list, {}))[0]?.[0];
    server.operations.length = 0;
    await begun;
    const [{ requestId, clientRequestId } = {}] = server.operations;
    expect(clientRequestId).toBe('mine-2');
    expect(shown).toMatchObject({ requestId, operation: 'Watched', traceId });
  });
});
