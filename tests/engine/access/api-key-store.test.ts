import type { Driver } from 'neo4j-driver';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { AccessRefused } from '../../../src/engine/access/access-refused.ts';
import { newApiKey } from '../../../src/engine/access/api-key.ts';
import {
  createKey,
  findKey,
  hasKeys,
  listKeys,
  revokeKey,
  rotateKey,
} from '../../../src/engine/access/api-key-store.ts';
import { createAuthenticator } from '../../../src/engine/access/authenticator.ts';
import { anonymous } from '../../../src/engine/access/viewer.ts';
import { times } from '../../../src/engine/budgets/time-budget.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import { applySchemaChanges } from '../../../src/engine/database/schema/apply-schema-changes.ts';
import { GraphError } from '../../../src/engine/graph/errors.ts';
import { createGraph, type Graph, type RanStatement } from '../../../src/engine/graph/graph.ts';
import { losingAnswer } from '../../doors/data/failing-graph.ts';
import { ownDatabase } from '../../setup/own-database.ts';
import { setups, sign } from './tokens.ts';

const address = ownDatabase();
const ran: RanStatement[] = [];
let driver: Driver;
let graph: Graph;
let time = Date.parse('2025-06-20T12:00:00Z');
const now = () => time;
const DAY = 86_400_000;

const ask = (text: string) => graph.write((run) => run({ name: 'test', text }, {}));
const looks = () => ran.filter(({ name }) => name === 'key-find').length;

beforeAll(async () => {
  driver = openDriver(address());
  graph = createGraph(driver, cooperation, {
    database: address().database,
    observe: (statement) => void ran.push(statement),
  });
  await applySchemaChanges(driver, address(), { derived: [] });
});
beforeEach(async () => {
  await ask('MATCH (key:`_Key`) DELETE key');
  ran.length = 0;
});
afterAll(() => driver.close());

/** Makes a key and servers that know it. */
async function given({ expiresAt, servers = 1 }: { expiresAt?: number; servers?: number } = {}) {
  const { key, kept } = await createKey(graph, { name: 'Ana', role: 'editor', expiresAt }, time);
  const authenticators = Array.from({ length: servers }, () => createAuthenticator({ graph, now }));
  const [first = createAuthenticator({ graph, now })] = authenticators;
  return {
    key,
    kept,
    authenticators,
    authenticate: (text = key.text) => first.authenticate({ apiKey: text }),
  };
}

describe('a kept key', () => {
  it('is kept as a hash: its secret is nowhere in the database, and in no statement', async () => {
    const { key, authenticate } = await given();
    await authenticate();
    await vi.waitFor(() => expect(ran.some(({ name }) => name === 'key-note-use')).toBe(true));
    const secret = key.text.slice(-43);
    const nodes = await ask('MATCH (node) RETURN labels(node), properties(node)');
    const kept = nodes.find(([labels]) => (labels as string[]).includes('_Key'))?.[1] as Record<string, unknown>;
    expect(Object.keys(kept).sort()).toEqual(['createdAt', 'hash', 'id', 'lastUsedOn', 'name', 'role']);
    expect(JSON.stringify(nodes)).not.toContain(secret);
    // Statements show up in the database's own lists and logs; their texts hold no value at all.
    expect(JSON.stringify(ran)).not.toContain(secret);
    expect(ran.map(({ text }) => text).join()).not.toContain(key.id);
  });

  it('is listed with what is known of it, and without its hash', async () => {
    expect(await hasKeys(graph)).toBe(false);
    const { key } = await given({ expiresAt: time + DAY });
    expect(await hasKeys(graph)).toBe(true);
    const [listed] = await listKeys(graph);
    expect(listed).toEqual({
      id: key.id,
      name: 'Ana',
      role: 'editor',
      kinds: null,
      rate: null,
      createdAt: time,
      expiresAt: time + DAY,
      revokedAt: null,
      lastUsedOn: null,
    });
  });

  it('has an id that no other one has', async () => {
    const { key } = await given();
    await expect(ask(`CREATE (:\`_Key\` {id: '${key.id}'})`)).rejects.toThrow(GraphError);
  });

  it('is reported to its creator even if the answer to the commit was lost, also when it replaces a key that ends', async () => {
    const made = await createKey(losingAnswer(graph, 'key-create', 1), { name: 'Ana', role: 'editor' }, time);
    expect(await listKeys(graph)).toEqual([made.kept]);
    const ends = { expiresAt: null, previousEnds: time };
    const rotated = await rotateKey(losingAnswer(graph, 'key-create', 1), made.key.id, ends, time);
    expect(rotated).toMatchObject({ kept: { name: 'Ana' }, previous: { id: made.key.id, expiresAt: time } });
    expect((await listKeys(graph)).map(({ id }) => id).sort()).toEqual([made.key.id, rotated?.key.id].sort());
  });

  it('is revoked once, and stays so', async () => {
    const { key } = await given();
    expect((await revokeKey(graph, key.id, time + 1))?.revokedAt).toBe(time + 1);
    expect((await revokeKey(graph, key.id, time + 2))?.revokedAt).toBe(time + 1);
    expect(await revokeKey(graph, 'nobody', time)).toBeUndefined();
  });
});

describe('the authenticator', () => {
  it('names the holder of a key by its name and its id, by either header', async () => {
    const { key, authenticators } = await given({ expiresAt: time + DAY });
    const viewer = { id: `key:${key.id}`, name: `Ana (${key.id})`, role: 'editor', expiresAt: time + DAY };
    for (const shown of [
      { apiKey: key.text },
      { authorization: `Bearer ${key.text}` },
      { authorization: `bearer  ${key.text} `, apiKey: null },
    ]) {
      expect(await authenticators[0]?.authenticate(shown)).toEqual(viewer);
    }
  });

  it('takes who shows nothing for anonymous, and asks nothing for it', async () => {
    const authenticator = createAuthenticator({ graph, now });
    expect(await authenticator.authenticate({})).toBe(anonymous);
    expect(await authenticator.authenticate({ authorization: null, apiKey: null })).toBe(anonymous);
    expect(ran).toEqual([]);
  });

  it('refuses a key that was never given out, and the id of one with another secret', async () => {
    const { key, authenticate } = await given();
    const other = newApiKey();
    for (const text of [other.text, `sg_${key.id}_${other.text.slice(-43)}`]) {
      await expect(authenticate(text)).rejects.toThrow(
        new AccessRefused('This API key is unknown. Ask the operator of this server for one.'),
      );
    }
  });

  it.each([
    [{ authorization: '' }, 'must be the word Bearer'],
    [{ authorization: 'Bearer' }, 'must be the word Bearer'],
    [{ authorization: 'Basic YW5hOnNlY3JldA==' }, 'must be the word Bearer'],
    [{ authorization: `Bearer ${newApiKey().text}, Bearer ${newApiKey().text}` }, 'must be the word Bearer'],
    [{ authorization: 'Bearer sg_half' }, 'must be the word Bearer'],
    [{ authorization: newApiKey().text }, 'must be the word Bearer'],
    [{ authorization: 'Bearer a.b.c' }, 'accepts API keys only'],
    [{ apiKey: '' }, 'X-API-Key must contain an API key'],
    [{ apiKey: 'a.b.c' }, 'X-API-Key must contain an API key'],
    [{ apiKey: newApiKey().text, authorization: `Bearer ${newApiKey().text}` }, 'not both'],
    [{ apiKey: '', authorization: '' }, 'not both'],
  ])('refuses what is no key, in words and without asking the graph: %j', async (shown, words) => {
    const refused = await createAuthenticator({ graph, now })
      .authenticate(shown)
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AccessRefused);
    expect((refused as Error).message).toContain(words);
    expect(ran).toEqual([]);
  });

  it('takes tokens beside keys where they are set up', async () => {
    const { settings, signingKey } = setups.ES256;
    const { key } = await given();
    const authenticator = createAuthenticator({ graph, tokens: settings, now });
    const token = await sign({ role: 'reader' }, signingKey, 'ES256');
    expect(await authenticator.authenticate({ authorization: `Bearer ${token}` })).toMatchObject({
      name: 'ana@example.org',
      role: 'reader',
    });
    expect(await authenticator.authenticate({ authorization: `Bearer ${key.text}` })).toMatchObject({ role: 'editor' });
    // A token is no API key.
    await expect(authenticator.authenticate({ apiKey: token })).rejects.toThrow('X-API-Key must contain an API key');
  });

  it('asks the graph once in a few seconds for a key, however many requests bring it', async () => {
    const { authenticate } = await given();
    await Promise.all(Array.from({ length: 20 }, () => authenticate()));
    expect(looks()).toBe(1);
    time += times.keyFreshness.ms - 1;
    await authenticate();
    expect(looks()).toBe(1);
    time += 1;
    await authenticate();
    expect(looks()).toBe(2);
  });

  it('asks once for a key that does not exist, too', async () => {
    const { text } = newApiKey();
    const { authenticate } = await given();
    for (let count = 0; count < 5; count += 1) await expect(authenticate(text)).rejects.toThrow('unknown');
    expect(looks()).toBe(1);
  });

  it('refuses a revoked key on every server once what they read of it is five seconds old', async () => {
    const { key, authenticators } = await given({ servers: 3 });
    for (const server of authenticators) await server.authenticate({ apiKey: key.text });
    await revokeKey(graph, key.id, time);
    time += times.keyFreshness.ms;
    for (const server of authenticators) {
      await expect(server.authenticate({ apiKey: key.text })).rejects.toThrow('was revoked');
    }
  });

  it('refuses an expired key at once, whatever is remembered of it', async () => {
    const { authenticate } = await given({ expiresAt: time + 1_000 });
    await authenticate();
    time += 999;
    await authenticate();
    time += 1;
    await expect(authenticate()).rejects.toThrow('has expired');
    expect(looks()).toBe(1);
  });

  it('does not go by what it remembers when the clock is set back', async () => {
    const { key, authenticate } = await given();
    await authenticate();
    await revokeKey(graph, key.id, time);
    time -= DAY;
    await expect(authenticate()).rejects.toThrow('was revoked');
    time += DAY;
  });

  it('does not remember that the graph did not answer', async () => {
    const { key } = await given();
    let down = true;
    const shaky: Graph = {
      ...graph,
      read: (...args) => (down ? Promise.reject(new GraphError('UNAVAILABLE', 'gone')) : graph.read(...args)),
    };
    const authenticator = createAuthenticator({ graph: shaky, now });
    await expect(authenticator.authenticate({ apiKey: key.text })).rejects.toThrow(GraphError);
    down = false;
    expect(await authenticator.authenticate({ apiKey: key.text })).toMatchObject({ role: 'editor' });
  });

  it('notes the day a key was used, once a day, and of no key that it refuses', async () => {
    const { key, authenticate } = await given();
    const notes = () =>
      ran.filter(({ name, parameters }) => name === 'key-note-use' && parameters.id === key.id).length;
    const lastUse = async () => (await findKey(graph, key.id))?.kept.lastUsedOn;
    await authenticate();
    await vi.waitFor(async () => expect(await lastUse()).toBe(new Date(time).toISOString().slice(0, 10)));
    time += times.keyFreshness.ms;
    await authenticate();
    expect(notes()).toBe(1);
    time += DAY;
    await Promise.all([authenticate(), authenticate()]);
    await vi.waitFor(async () => expect(await lastUse()).toBe(new Date(time).toISOString().slice(0, 10)));
    expect(notes()).toBe(2);
    await revokeKey(graph, key.id, time);
    time += DAY;
    await expect(authenticate()).rejects.toThrow('was revoked');
    expect(notes()).toBe(2);
  });

  it('lets a key count where its use cannot be noted', async () => {
    const { key } = await given();
    const readOnly: Graph = { ...graph, write: () => Promise.reject(new GraphError('STATEMENT', 'read only')) };
    const authenticator = createAuthenticator({ graph: readOnly, now });
    expect(await authenticator.authenticate({ apiKey: key.text })).toMatchObject({ role: 'editor' });
  });

  it('notes a use at the next one where it could not be noted', async () => {
    const { key } = await given();
    let writes = 0;
    const shaky: Graph = {
      ...graph,
      write(work, options) {
        writes += 1;
        return writes === 1 ? Promise.reject(new GraphError('UNAVAILABLE', 'gone')) : graph.write(work, options);
      },
    };
    const authenticator = createAuthenticator({ graph: shaky, now });
    await vi.waitFor(async () => {
      await authenticator.authenticate({ apiKey: key.text });
      expect((await findKey(graph, key.id))?.kept.lastUsedOn).toBe(new Date(time).toISOString().slice(0, 10));
    });
    expect(writes).toBe(2);
  });
});
