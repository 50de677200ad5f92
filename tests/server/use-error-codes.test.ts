import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LONGEST_KEY } from '../../src/engine/changes/apply/idempotency.ts';
import { MOST_RELATIONS } from '../../src/engine/changes/apply/read-affected.ts';
import { errorCodes } from '../../src/graphql/errors.ts';
import { limits } from '../../src/graphql/limits.ts';
import { createTinyServer } from './tiny-server.ts';

const published = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');

describe('the published errors', () => {
  it('match the codes in the source, with the same descriptions', () => {
    const rows = [...published.matchAll(/^\| `([A-Z_]+)` \| (.+) \|$/gm)].map(([, code, words]) => [code, words]);
    expect(Object.fromEntries(rows)).toEqual(errorCodes);
  });

  it('state the current limits', () => {
    const { characters, tokens, brackets, fieldDepth, fields, rootFields, aliases, directives, fragments } = limits;
    const { variableValues, variableDepth, validationErrors, depth, relations, pageSize, defaultPageSize, cost } =
      limits;
    const { operations, reason, errors } = limits;
    const n = (value: number) => value.toLocaleString('en');
    for (const words of [
      `${n(characters)} characters, ${n(tokens)} tokens, brackets ${brackets} levels deep, fields ${fieldDepth} levels deep`,
      `${n(fields)} in a document, ${rootFields} root fields in an operation; ${aliases} aliases, ${directives} directives, ${fragments} fragments`,
      `${n(variableValues)} values, ${variableDepth} levels deep`,
      `${errors} in a response, the last of which gives the number of those omitted; ${validationErrors} of a document`,
      `${depth} levels deep, ${relations} in one root field`,
      `${pageSize} entities; default ${defaultPageSize}`,
      `${operations} operations in a transaction, ${n(MOST_RELATIONS)} relations removed by deletions; ${n(reason)} characters in a \`reason\`, ${LONGEST_KEY} in an \`idempotencyKey\``,
      `${n(cost)}, or \`SILKGRAPH_COST_LIMIT\``,
    ]) {
      expect(published).toContain(words);
    }
  });
});

describe('every failure has a code', () => {
  const tiny = createTinyServer();
  const notReady = createTinyServer({
    readiness: { waitingFor: () => 'The graph is being prepared.', check: async () => undefined },
  });
  const limited = createTinyServer({ rateLimit: { requests: 1, seconds: 1000 } });
  const closed = createTinyServer({ trustedDocuments: new Map([['a', '{ hello }']]) });
  const fault = (name: string) => `{ graphFault(fault: "${name}") }`;

  it.each([
    ['no GraphQL', tiny, '{', {}, 400, 'GRAPHQL_PARSE_FAILED'],
    ['no text', tiny, '', {}, 400, 'GRAPHQL_PARSE_FAILED'],
    ['no such field', tiny, '{ nothing }', {}, 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['a literal of the wrong type', tiny, '{ hello(times: "often") }', {}, 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['a variable of the wrong type', tiny, 'query ($n: Int!) { items(first: $n) }', { n: 'x' }, 400, 'BAD_USER_INPUT'],
    ['a variable that is missing', tiny, 'query ($n: Int!) { items(first: $n) }', {}, 400, 'BAD_USER_INPUT'],
    ['two operations and no name', tiny, 'query A { hello } query B { hello }', {}, 400, 'BAD_USER_INPUT'],
    ['a fragment alone', tiny, 'fragment A on Query { hello }', {}, 400, 'BAD_USER_INPUT'],
    ['a resolver that refuses', tiny, '{ refused }', {}, 200, 'INVALID_CURSOR'],
    ['too much', tiny, `{ ${'hello '.repeat(60)} }`, {}, 400, 'LIMIT_EXCEEDED'],
    ['a resolver that fails', tiny, '{ fails }', {}, 200, 'INTERNAL_SERVER_ERROR'],
    ['an answer that breaks the schema', tiny, '{ wrongType }', {}, 200, 'INTERNAL_SERVER_ERROR'],
    ['a database that is away', tiny, fault('UNAVAILABLE'), {}, 200, 'DATABASE_UNAVAILABLE'],
    ['a database that stops', tiny, fault('CANCELLED'), {}, 200, 'DATABASE_UNAVAILABLE'],
    ['a database that takes too long', tiny, fault('TIMEOUT'), {}, 200, 'TIMEOUT'],
    ['a database that is full', tiny, fault('OVERLOADED'), {}, 200, 'OVERLOADED'],
    ['a statement that needs too much memory', tiny, fault('MEMORY'), {}, 200, 'LIMIT_EXCEEDED'],
    ['a statement that is wrong', tiny, fault('STATEMENT'), {}, 200, 'INTERNAL_SERVER_ERROR'],
    ['a server that is not ready', notReady, '{ hello }', {}, 503, 'DATABASE_UNAVAILABLE'],
    ['a document that is not trusted', closed, '{ fails }', {}, 403, 'FORBIDDEN'],
  ] as const)('%s', async (_, { ask }, query, variables, status, code) => {
    const { response, body } = await ask(query, variables);
    expect(response.status).toBe(status);
    expect(Object.keys(errorCodes)).toContain(code);
    for (const { message, extensions } of body.errors) {
      expect(extensions.code).toBe(code);
      expect(message).not.toBe('');
    }
    expect(body.errors.length).toBeGreaterThan(0);
  });

  it('too many requests', async () => {
    await limited.ask('{ hello }');
    expect((await limited.ask('{ hello }')).body.errors[0].extensions.code).toBe('RATE_LIMITED');
  });

  it('and 503 says when to come again, for a path as for an operation', async () => {
    expect((await notReady.ask('{ hello }')).response.headers.get('retry-after')).toBe('2');
    expect((await notReady.request('/ready')).headers.get('retry-after')).toBe('2');
    expect((await tiny.request('/ready')).headers.has('retry-after')).toBe(false);
  });
});
