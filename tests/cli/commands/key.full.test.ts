import { CommanderError } from 'commander';
import { beforeEach, describe, expect, it } from 'vitest';
import { createApiKey, listApiKeys, NoSuchKey, revokeApiKey, rotateApiKey } from '../../../src/cli/commands/key.ts';
import { openGraph } from '../../../src/cli/commands/session/open-graph.ts';
import type { Session } from '../../../src/cli/commands/session/session.ts';
import { createAuthenticator } from '../../../src/engine/access/authenticator.ts';
import { ownDatabase } from '../../setup/own-database.ts';
import { runCommand } from '../../setup/run-command.ts';

const address = ownDatabase();
const KEY = /sg_[a-z2-9]{10}_[\w-]{43}/;

const run = (command: (session: Session) => Promise<void>) => runCommand(command, address());

async function withGraph<Answer>(work: (graph: Awaited<ReturnType<typeof openGraph>>['graph']) => Promise<Answer>) {
  let answer: Answer | undefined;
  await run(async (session) => {
    const { graph, close } = await openGraph(session);
    answer = await work(graph).finally(close);
  });
  return answer as Answer;
}

interface AskedKey {
  role: string;
  name: string;
  expires?: string;
  kinds?: string;
  rate?: string;
}

const create = (asked: AskedKey) => run((session) => createApiKey(session, asked));
const list = () => run(listApiKeys);
const revoke = (id: string) => run((session) => revokeApiKey(session, id));
const rotate = (id: string, asked: { overlap?: string; expires?: string } = {}) =>
  run((session) => rotateApiKey(session, id, asked));

/** Makes a key, and reads it off the screen. */
async function made(asked: AskedKey) {
  const lines = await create(asked);
  const text = KEY.exec(lines.join('\n'))?.[0] ?? '';
  return { lines, text, id: text.split('_')[1] ?? '' };
}

const authenticate = (text: string, now?: () => number) =>
  withGraph((graph) => createAuthenticator({ graph, ...(now ? { now } : {}) }).authenticate({ apiKey: text }));

beforeEach(() =>
  withGraph((graph) => graph.write((write) => write({ name: 'test', text: 'MATCH (key:`_Key`) DELETE key' }, {}))),
);

describe('silkgraph key', () => {
  it('makes a key that counts, and shows it once, on a line of its own', async () => {
    const { lines, text, id } = await made({ role: 'editor', name: ' Ana ' });
    expect(lines.filter((line) => KEY.test(line))).toEqual([`  ${text}`]);
    expect(lines.join('\n')).toContain('The key of Ana with the role editor, valid until 20');
    expect(await authenticate(text)).toEqual({
      id: `key:${id}`,
      name: `Ana (${id})`,
      role: 'editor',
      expiresAt: expect.any(Number),
    });
    expect((await list()).join('\n')).not.toMatch(KEY);
  });

  it('lists every key, with its dates and without its secret', async () => {
    expect((await list()).at(-1)).toContain('There are no keys yet');
    const ana = await made({ role: 'admin', name: 'Ana', expires: 'never' });
    const ben = await made({ role: 'reader', name: 'Benjamin 本', expires: '90d' });
    await revoke(ana.id);
    const lines = (await list()).slice(-3);
    const today = new Date().toISOString().slice(0, 10);
    const end = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
    expect(lines[0]).toMatch(/^Id +Name +Role +Writes +Rate +Created +Expires +Revoked +Last used$/);
    expect(lines[1]).toMatch(new RegExp(`^${ana.id} +Ana +admin +all +– +${today} .* UTC +– +${today} .* UTC +–$`));
    expect(lines[2]).toMatch(
      new RegExp(`^${ben.id} +Benjamin 本 +reader +none +– +${today} .* UTC +${end} .* UTC +– +–$`),
    );
    for (const { text } of [ana, ben]) expect(lines.join()).not.toContain(text.slice(-43));
  });

  it('revokes a key, by its id or as a whole, and says within which time it counts nowhere', async () => {
    const byId = await made({ role: 'editor', name: 'Ana' });
    const whole = await made({ role: 'editor', name: 'Ben' });
    expect((await revoke(byId.id)).at(-1)).toBe(
      `Revoked the key ${byId.id} of Ana. All servers reject it within 5 seconds.`,
    );
    const said = await revoke(whole.text);
    expect(said.at(-1)).toContain(`Revoked the key ${whole.id} of Ben.`);
    expect(said.join()).not.toContain(whole.text);
    for (const { text } of [byId, whole]) await expect(authenticate(text)).rejects.toThrow('was revoked');
    expect((await revoke(byId.id)).at(-1)).toContain('was already revoked');
  });

  it('makes a key that ends by itself', async () => {
    const { text } = await made({ role: 'editor', name: 'Ana', expires: '12h' });
    const later = Date.now() + 12 * 3_600_000;
    expect(await authenticate(text, () => later - 60_000)).toMatchObject({ role: 'editor' });
    await expect(authenticate(text, () => later + 60_000)).rejects.toThrow('has expired');
  });

  it('makes a key that ends after a year unless told otherwise', async () => {
    const { text } = await made({ role: 'editor', name: 'Ana' });
    const { expiresAt = 0 } = await authenticate(text);
    expect(Math.abs(expiresAt - Date.now() - 365 * 86_400_000)).toBeLessThan(60_000);
    const lasting = await made({ role: 'editor', name: 'Ana', expires: 'never' });
    expect(await authenticate(lasting.text)).not.toHaveProperty('expiresAt');
    expect(lasting.lines.join()).toContain('valid until it is revoked');
  });

  it('makes a key for some kinds, which it knows', async () => {
    const { text, lines } = await made({ role: 'editor', name: 'Ana', kinds: 'lab, COUNTRY_GROUP' });
    expect(lines.join()).toContain('which writes only COUNTRY_GROUP, LAB');
    expect((await authenticate(text)).writes?.toSorted()).toEqual(['CountryGroup', 'Lab']);
    expect((await list()).join()).toContain('COUNTRY_GROUP,LAB');
    await expect(create({ role: 'editor', name: 'Ana', kinds: 'SHIP' })).rejects.toThrow('There is no kind SHIP.');
    await expect(create({ role: 'reader', name: 'Ana', kinds: 'LAB' })).rejects.toThrow('A reader writes nothing.');
  });

  it('makes a key with a rate of its own', async () => {
    const { text } = await made({ role: 'reader', name: 'Ana', rate: '5/min' });
    expect(await authenticate(text)).toMatchObject({ rate: { requests: 5, seconds: 60 } });
    expect((await list()).at(-1)).toContain('5 in 60 s');
    await expect(create({ role: 'reader', name: 'Ana', rate: 'many' })).rejects.toThrow('for example --rate 600/min');
  });

  it('replaces a key, and both count for a time', async () => {
    const old = await made({ role: 'editor', name: 'Ana', kinds: 'LAB', expires: 'never' });
    const lines = await rotate(old.id, { overlap: '12h', expires: '30d' });
    const text = KEY.exec(lines.join('\n'))?.[0] ?? '';
    expect(text).not.toBe(old.text);
    const renewed = await authenticate(text);
    expect(renewed).toMatchObject({ role: 'editor', writes: ['Lab'] });
    expect(renewed.name).toMatch(/^Ana \(/);
    const later = Date.now() + 12 * 3_600_000;
    expect(await authenticate(old.text, () => later - 60_000)).toMatchObject({ role: 'editor' });
    await expect(authenticate(old.text, () => later + 60_000)).rejects.toThrow('has expired');
    expect(await authenticate(text, () => later + 60_000)).toMatchObject({ role: 'editor' });
    await revoke(text);
    await expect(rotate(text)).rejects.toThrow(NoSuchKey);
    // A second rotation does not make the time of the first one longer.
    const [, until] = /stays valid until (.*)\./.exec((await rotate(old.id)).at(-1) ?? '') ?? [];
    expect(lines.at(-1)).toContain(until);
  });

  it('says that there is no such key', async () => {
    await expect(revoke('abcdefghjk')).rejects.toThrow(NoSuchKey);
  });

  it.each([
    [{ role: 'owner', name: 'Ana' }, '--role reader, --role editor, --role admin'],
    [{ role: '__proto__', name: 'Ana' }, '--role reader'],
    [{ role: 'editor', name: ' ' }, 'Name the holder of the key'],
    [{ role: 'editor', name: 'a'.repeat(101) }, 'Name the holder of the key'],
    [{ role: 'editor', name: 'Ana\nadmin' }, 'Name the holder of the key'],
    [{ role: 'editor', name: 'Ana\u202enimda' }, 'Name the holder of the key'],
    [{ role: 'editor', name: 'A\u200bna' }, 'Name the holder of the key'],
    [{ role: 'editor', name: 'Ana\u3164' }, 'Name the holder of the key'],
    [{ role: 'editor', name: 'Ana', expires: 'soon' }, 'for example 12h, 90d or 4w'],
    [{ role: 'editor', name: 'Ana', expires: '0d' }, 'for example 12h, 90d or 4w'],
    [{ role: 'editor', name: 'Ana', expires: '-1d' }, 'for example 12h, 90d or 4w'],
    [{ role: 'editor', name: 'Ana', expires: '999999d' }, 'for example 12h, 90d or 4w'],
    [{ role: 'editor', name: 'Ana', expires: '90' }, 'for example 12h, 90d or 4w'],
  ])('refuses what cannot be asked for, before it opens any database: %j', async (asked, words) => {
    const lines: string[] = [];
    const refused = await run(async (session) => {
      const screen = { ...session.screen, say: (line: string) => void lines.push(line) };
      await createApiKey({ ...session, screen }, asked);
    }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(CommanderError);
    expect((refused as Error).message).toContain(words);
    expect(lines).toEqual([]);
  });

  it('refuses what is no id', async () => {
    const { text } = await made({ role: 'editor', name: 'Ana' });
    for (const id of ['', 'Ana', '*', text.slice(0, -1)])
      await expect(revoke(id)).rejects.toThrow('Give the ID of the key');
  });
});
