import { beforeEach, describe, expect, it } from 'vitest';
import { readSchemaFiles, schemaFolder } from '../../../../src/engine/database/schema/schema-files.ts';
import { changedGraph, create } from '../changed-graph.ts';

const own = changedGraph();

const ofKey = { author: 'Ana (abcdefghjk)', authorId: 'key:abcdefghjk' };
const ofToken = { author: 'Ana (abcdefghjk)', authorId: 'token:https://login.example|Ana (abcdefghjk)' };
const operations = [create('Lab', 'lab-one')];

describe('the answer to a request', () => {
  it('belongs to an identity, whatever its name is', async () => {
    await own.change(operations, { ...ofKey, idempotencyKey: 'key' });
    const other = await own.change([create('Lab', 'lab-two')], { ...ofToken, idempotencyKey: 'key' });
    expect([other.repeated, other.answers[0]?.outcome]).toEqual([false, 'CREATED']);
    expect((await own.change(operations, { ...ofKey, idempotencyKey: 'key' })).repeated).toBe(true);
    const log = await own.log();
    expect(log.map(({ author, authorId }) => [author, authorId])).toEqual([
      [ofKey.author, ofKey.authorId],
      [ofToken.author, ofToken.authorId],
    ]);
  });

  it.each([
    ['without a visible character', 'k\u200bey'],
    ['that shows in another order', 'k\u202eey'],
    ['with a NUL', 'key\u0000'],
  ])('is not stored under a key %s', async (_, idempotencyKey) => {
    expect(await own.faults(operations, { idempotencyKey })).toEqual([
      '0 idempotencyKey BAD_USER_INPUT: An idempotency key has visible characters only. Remove the others.',
    ]);
  });

  it('has no reason that reorders the text around it', async () => {
    expect(await own.faults(operations, { reason: 'a\u202eb' })).toEqual([expect.stringContaining('0 reason')]);
    expect(await own.faults(operations, { reason: 'a\u0000b' })).toEqual([expect.stringContaining('0 reason')]);
  });
});

describe('an answer that was stored under a name', () => {
  /** As it was stored before identities were. */
  const store = (author: string) =>
    own.ask('MATCH (request:`_Request`) SET request.author = $author REMOVE request.owner', { author });

  async function migrate(): Promise<void> {
    const file = readSchemaFiles(schemaFolder).find(({ name }) => name === '0006-trust.cypher');
    const statements = file?.statements.filter((statement) => statement.startsWith('MATCH')) ?? [];
    expect(statements).toHaveLength(1);
    for (const statement of statements) await own.ask(statement);
  }

  beforeEach(async () => {
    await own.ask("CREATE (:`_Key` {id: 'abcdefghjk', name: 'Ana'})");
  });

  it('is that of the key, and of no token of the same name', async () => {
    await own.change(operations, { ...ofKey, idempotencyKey: 'key' });
    await store(ofKey.author);
    await migrate();
    expect((await own.change([create('Lab', 'lab-two')], { ...ofToken, idempotencyKey: 'key' })).repeated).toBe(false);
    expect((await own.change(operations, { ...ofKey, idempotencyKey: 'key' })).repeated).toBe(true);
  });

  it('is that of a token', async () => {
    const token = { author: 'ben', authorId: 'token:https://login.example|ben' };
    await own.change(operations, { ...token, idempotencyKey: 'key' });
    await store(token.author);
    await migrate();
    for (let turn = 0; turn < 2; turn += 1)
      expect((await own.change(operations, { ...token, idempotencyKey: 'key' })).repeated).toBe(true);
  });
});
