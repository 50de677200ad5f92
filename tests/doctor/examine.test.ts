import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examine, runDoctor } from '../../src/commands/doctor.ts';
import { examineDisk, examineNode } from '../../src/doctor/examine-machine.ts';
import { fakeKey, fakeProvider } from '../access/oidc/fake-provider.ts';
import { testAddress } from '../setup/database.ts';

const base = { PORT: '0', PATH: '/nowhere' };

async function withDatabase(env: Record<string, string> = {}): Promise<Record<string, string>> {
  const { uri, username, password, database } = await testAddress();
  return {
    ...base,
    NEO4J_URI: uri,
    NEO4J_USERNAME: username,
    NEO4J_PASSWORD: password || 'none',
    ...(database ? { NEO4J_DATABASE: database } : {}),
    ...env,
  };
}

/** What is not in order. */
const troubles = async (env: Record<string, string>) =>
  (await examine(env))
    .filter(({ state }) => state !== 'ok')
    .map(({ state, subject, text }) => `${state} ${subject}: ${text}`);

describe('silkgraph doctor', () => {
  it('finds nothing wrong with a server that would work, and says what it looked at', async () => {
    const lines: string[] = [];
    expect(await runDoctor(await withDatabase(), (line) => lines.push(line))).toBe(true);
    const text = lines.join('\n');
    for (const subject of [
      'Node.js',
      'Settings',
      'Port',
      'Database',
      'Access',
      'Clock',
      'Schema',
      'Indexes',
      'Graph',
    ]) {
      expect(text).toMatch(new RegExp(`^ok +${subject.replace('.', '\\.')} `, 'm'));
    }
    expect(lines.at(-1)).toMatch(/^No fault, \d+ to look at\.$/);
  });

  it('lists every fault of the settings, and looks no further', async () => {
    const found = await examine({ PORT: 'web', SILKGRAPH_READINGS: 'closed' });
    expect(found.filter(({ state }) => state === 'fault').map(({ text }) => text)).toEqual([
      'PORT is "web"; it must be a whole number from 0 to 65535.',
      'There is no setting SILKGRAPH_READINGS; SILKGRAPH_READING is probably meant.',
    ]);
  });

  it('says that no database answers', async () => {
    const env = { ...base, NEO4J_URI: 'bolt://127.0.0.1:9', NEO4J_PASSWORD: 'x' };
    expect((await troubles(env)).join()).toContain('fault Database: No Neo4j answers at bolt://127.0.0.1:9: check');
  });

  describe('with another program', () => {
    const other = createServer((_, response) => response.end('hello'));
    beforeAll(() => new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve)));
    afterAll(() => void other.close());

    it('says that the port is taken, and that the address is not that of a database', async () => {
      const { port } = other.address() as AddressInfo;
      const env = { ...base, PORT: String(port), NEO4J_URI: `bolt://127.0.0.1:${port}`, NEO4J_PASSWORD: 'x' };
      const found = (await troubles(env)).join('\n');
      expect(found).toContain(`fault Port: Another program uses 127.0.0.1:${port}.`);
      expect(found).toMatch(/fault Database: What answers at .* is not a Neo4j's Bolt port/);
    });
  });

  it('says that an identity provider names another issuer', async () => {
    const provider = await fakeProvider([fakeKey('one')]);
    const settings = { SILKGRAPH_OIDC_AUDIENCE: 'silkgraph' };
    const env = await withDatabase({ ...settings, SILKGRAPH_OIDC_ISSUER: provider.issuer });
    expect((await troubles(env)).filter((text) => text.includes('Identity'))).toEqual([]);
    provider.broken = { configuration: { issuer: 'https://other.example' } };
    expect((await troubles(env)).join()).toContain('names the issuer "https://other.example"');
    await provider.close();
  });

  it('says that the module of the graph is absent', async () => {
    expect((await troubles({ ...base, SILKGRAPH_GRAPH: 'absent.js' })).join()).toContain(
      'fault Graph: absent.js could not be loaded',
    );
  });
});

describe('the machine', () => {
  it.each([
    ['20.18.3', 'fault'],
    ['20.19.0', 'ok'],
    ['23.1.0', 'warning'],
    ['24.0.0', 'ok'],
  ])('has Node.js %s: %s', (version, state) => {
    expect(examineNode(version).state).toBe(state);
  });

  it.each([
    [100 * 2 ** 20, 'fault'],
    [2 ** 30, 'warning'],
    [2 ** 40, 'ok'],
    [undefined, 'warning'],
  ])('has %d bytes of free disk: %s', async (bytes, state) => {
    expect((await examineDisk('/tmp', async () => bytes)).state).toBe(state);
  });
});
