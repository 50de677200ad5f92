import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { examine, runDoctor } from '../../../src/cli/commands/doctor.ts';
import { examineDisk, examineMemory, examineNode, readUsedMemory } from '../../../src/cli/doctor/examine-machine.ts';
import { takeMarker } from '../../../src/doors/data/import-marker.ts';
import { applyOperations } from '../../../src/engine/changes/apply/apply-operations.ts';
import { ownGraph } from '../../doors/data/own-graph.ts';
import { fakeKey, fakeProvider } from '../../engine/access/oidc/fake-provider.ts';
import { create } from '../../engine/changes/changed-graph.ts';
import { testAddress } from '../../setup/database.ts';
import { freePort } from '../../setup/free-port.ts';
import { noStore, store } from '../../setup/valkey.ts';

// It may have to start.
beforeAll(testAddress);

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

it('finds earlier states that may take more memory than Node.js has', async () => {
  expect(await troubles({ ...base, SILKGRAPH_HISTORY: '64GB' })).toContainEqual(
    expect.stringMatching(/^warning Memory: Earlier states may take 6\d,\d{3} MB \(SILKGRAPH_HISTORY\)/),
  );
  const megabyte = 2 ** 20;
  expect(examineMemory({ history: 512 * megabyte }, 2_048 * megabyte)).toMatchObject([{ state: 'ok' }]);
  expect(examineMemory({ history: 512 * megabyte }, 600 * megabyte)).toMatchObject([
    { state: 'ok', text: expect.stringMatching(/^Of a heap of 600 MB, \d{3} MB may be kept\.$/) },
    { state: 'warning', advice: expect.stringMatching(/--max-old-space-size=\d{3,4} /) },
  ]);
  expect(examineMemory({ history: 0 }, 100 * megabyte)).toMatchObject([{ state: 'ok' }]);
});

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

  it('says that a page is where the configuration of an identity provider should be', async () => {
    const provider = await fakeProvider([fakeKey('one')]);
    provider.broken = { configuration: '<!doctype html>' };
    const env = await withDatabase({ SILKGRAPH_OIDC_AUDIENCE: 'silkgraph', SILKGRAPH_OIDC_ISSUER: provider.issuer });
    expect((await troubles(env)).join()).toContain(
      `${provider.issuer}/.well-known/openid-configuration responds with no JSON object.`,
    );
    await provider.close();
  });

  it('says that an identity provider does not respond, and why', async () => {
    const provider = await fakeProvider([fakeKey('one')]);
    await provider.close();
    const env = await withDatabase({ SILKGRAPH_OIDC_AUDIENCE: 'silkgraph', SILKGRAPH_OIDC_ISSUER: provider.issuer });
    expect((await troubles(env)).join()).toContain('openid-configuration does not respond: connect ECONNREFUSED');
  });

  it('says that the shared store does not respond, without its password', async () => {
    const port = await freePort();
    const found = await troubles(await withDatabase({ SILKGRAPH_REDIS: `redis://:secret@127.0.0.1:${port}` }));
    expect(found.join()).toContain(
      `warning Store: The store at 127.0.0.1:${port} cannot be used: connect ECONNREFUSED`,
    );
    expect(found.join()).not.toContain('secret');
  });

  it('says that the shared store has no database of the number in its address', async ({ skip }) => {
    const valkey = await store();
    if (!valkey) return skip(noStore);
    onTestFinished(() => valkey.stop());
    await valkey.start();
    const found = await troubles(await withDatabase({ SILKGRAPH_REDIS: `${valkey.address}/99` }));
    expect(found.join()).toContain('cannot be used: ERR DB index is out of range.');
  });

  it('says that a role hides what the graph does not have', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'silkgraph-roles-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'roles.json');
    writeFileSync(file, '{ "anonymous": { "hide": ["Indication"] } }');
    expect((await troubles(await withDatabase({ SILKGRAPH_ROLES: file }))).join()).toContain(
      'anonymous: There is no kind and no relation Indication.',
    );
    writeFileSync(file, '{ "anonymous": { "hide": ["Indicator"] } }');
    expect(await troubles(await withDatabase({ SILKGRAPH_ROLES: file }))).toEqual(await troubles(await withDatabase()));
  });

  it('says that the module of the graph is absent', async () => {
    expect((await troubles({ ...base, SILKGRAPH_GRAPH: 'absent.js' })).join()).toContain(
      'fault Settings: SILKGRAPH_GRAPH is "absent.js", which is not a file.',
    );
  });
});

describe('silkgraph doctor, of a graph of its own', () => {
  const own = ownGraph();

  async function found(subject: string) {
    const { uri, username, password } = own.address;
    const env = { ...base, NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password || 'none' };
    return (await examine(env)).find((finding) => finding.subject === subject);
  }

  it('names an import that was stopped, and how to go on', async () => {
    expect(await found('Import')).toBeUndefined();
    const marker = { seeded: false, files: ['labs.json'], digest: 'abc', written: 5, total: 12 };
    const options = { intoEmptyGraph: false, replacePending: false };
    await own.graph.write((run) => takeMarker(run, marker, 'somebody', options));
    expect(await found('Import')).toEqual({
      state: 'warning',
      subject: 'Import',
      text: 'An import of labs.json is incomplete: 5 of 12 records written.',
      advice:
        'If it stopped, run that import again to complete it, or another one in its place: silkgraph import --replace-pending.',
    });
  });

  it('names the entities that have the same exact identifier', async () => {
    await own.ask("CREATE (:`_SchemaChange` {name: 'ontology'})");
    const identified = (slug: string, identifiers: readonly object[]) =>
      create('Area', slug, { identifiers: identifiers.map((one) => ({ match: 'EXACT', ...one })) });
    await applyOperations(own.graph, {
      author: 'test',
      operations: [
        identified('first', [{ scheme: 'WIKIDATA', value: 'Q12345' }]),
        identified('close', [{ scheme: 'WIKIDATA', value: 'Q12345', match: 'CLOSE' }]),
        identified('other', [{ scheme: 'WIKIDATA', value: 'Q54321' }]),
      ],
    });
    expect(await found('Identifiers')).toBeUndefined();
    const again = identified('second', [{ scheme: 'WIKIDATA', value: 'Q12345' }]);
    await applyOperations(own.graph, { author: 'test', operations: [again] });
    expect(await found('Identifiers')).toEqual({
      state: 'warning',
      subject: 'Identifiers',
      text: 'Several entities have the same exact identifier: WIKIDATA Q12345 (first, second).',
      advice: 'Merge those that are one thing, and give the others a match that is CLOSE.',
    });
  });
});

/** A Java that is too old for Neo4j 2026. */
function oldJava(): string {
  const home = mkdtempSync(join(tmpdir(), 'silkgraph-java-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  mkdirSync(join(home, 'bin'));
  const program = '#!/bin/sh\necho \'openjdk version "17.0.21"\' >&2\n';
  writeFileSync(join(home, 'bin/java'), program, { mode: 0o755 });
  return home;
}

describe('docs/telemetry.md', () => {
  const page = readFileSync(new URL('../../../docs/telemetry.md', import.meta.url), 'utf8');
  const shown = [...page.matchAll(/^\$ (.*)npx silkgraph doctor\n([\s\S]*?)\n```$/gm)].map(
    ([, settings = '', output = '']) => ({
      settings: Object.fromEntries(
        Array.from(settings.matchAll(/([A-Z0-9_]+)=(\S+)/g), ([, name = '', value = '']) => [name, value]),
      ),
      output,
    }),
  );

  /** Leaves out what depends on the machine. */
  const anywhere = (text: string) =>
    text
      .replace(/Node\.js \d+\.\d+\.\d+/g, 'Node.js …')
      .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:…')
      .replace(/Neo4j \d[\d.]* \(\w+\)/g, 'Neo4j …')
      .replace(/[\d,]+ (?=are online|entities)/g, '… ')
      .replace(/heap of [\d,]+ MB, [\d,]+ MB/g, 'heap of … MB, … MB')
      .replace(/[\d,]+ MB are free at \S+/g, '… MB are free.')
      .replace(/\S+(?= does not run\.|\/bin\/java is Java)/g, '…');

  /** Each set-up that is shown, with what takes the place of some of its settings here. */
  const here: readonly (readonly [string, () => Promise<Record<string, string>>])[] = [
    ['has mistakes in its settings', async () => ({})],
    ['has no database', async () => ({ NEO4J_URI: 'bolt://127.0.0.1:9' })],
    [
      'has another program at its port',
      async () => {
        const other = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
        await once(other, 'listening');
        onTestFinished(() => void other.close());
        const { port } = other.address() as AddressInfo;
        return { PORT: String(port), NEO4J_URI: `bolt://127.0.0.1:${port}` };
      },
    ],
    [
      'has an issuer that calls itself differently',
      async () => {
        const provider = await fakeProvider([fakeKey('one')]);
        onTestFinished(() => provider.close());
        provider.broken = { configuration: { issuer: 'https://login.example.org/realms/research' } };
        return withDatabase({ SILKGRAPH_OIDC_ISSUER: provider.issuer });
      },
    ],
    ['has a Java that is too old', async () => ({ JAVA_HOME: oldJava(), SILKGRAPH_FOLDER: tmpdir() })],
  ];

  it('shows a server that cannot work for each of five reasons', () => {
    expect(shown).toHaveLength(here.length);
  });

  it.each(here)('says what the doctor says of a server that %s', async (name, settingsHere) => {
    const { settings, output } = shown[here.findIndex(([title]) => title === name)] ?? { settings: {}, output: '' };
    const own = await settingsHere();
    const lines: string[] = [];
    await runDoctor({ ...base, ...settings, ...own }, (line) => lines.push(line));
    const said = lines.join('\n').replaceAll(own.SILKGRAPH_OIDC_ISSUER ?? '\0', settings.SILKGRAPH_OIDC_ISSUER ?? '');
    expect(anywhere(said)).toBe(anywhere(output));
  });
});

describe('the machine', () => {
  it('learns how much memory a server uses from the metrics, with the key that may read them', async () => {
    const server = createServer((request, response) =>
      response.end(
        request.url === '/metrics' && request.headers.authorization === 'Bearer secret'
          ? 'silkgraph_memory_used_bytes{line="history"} 3145728\nsilkgraph_memory_used_bytes{line="answers"} 0\n'
          : '',
      ),
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const used = await readUsedMemory({ host: '127.0.0.1', port }, 'secret');
    expect(await readUsedMemory({ host: '127.0.0.1', port })).toEqual(new Map());
    server.close();
    expect(await readUsedMemory({ host: '127.0.0.1', port }, 'secret')).toEqual(new Map());
    expect(examineMemory({ history: 2 ** 29 }, 2 ** 32, used)).toMatchObject([
      { text: expect.stringMatching(/ The server keeps history 3 MB of 512 MB\.$/) },
    ]);
  });

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
