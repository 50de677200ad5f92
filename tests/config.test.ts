import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { SettingsError } from '../src/service/settings/settings-error.ts';

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
  return [];
}

const remote = { NEO4J_URI: 'neo4j+s://abc.databases.neo4j.io', NEO4J_PASSWORD: 'secret' };

/** What is read where nothing is set, but for the folder, which depends on where this is. */
const unset = {
  host: '127.0.0.1',
  port: 4000,
  timeout: 10_000,
  introspection: true,
  corsOrigins: [],
  frameOrigins: [],
  costLimit: 1_000_000,
  roles: {},
  answerLimit: 10_000_000,
  drain: 0,
  trustedProxies: 0,
  hosts: [],
  callerConnections: 500,
  concurrency: 25,
  metricsAccess: 'open',
  mcp: 'read',
  federation: false,
  warmUp: true,
  explaining: 'admin',
  slow: 1000,
  cache: 67_108_864,
  clockTolerance: 10,
  telemetry: false,
  history: 536_870_912,
  watchPrivate: false,
  maxAge: 0,
  reading: 'open',
};

describe('readConfig', () => {
  it('serves on 127.0.0.1:4000 with a Neo4j of its own when nothing is set', () => {
    expect(readConfig({})).toEqual({ ...unset, folder: expect.stringMatching(/\.silkgraph$/) });
  });

  it('takes what is set', () => {
    expect(
      readConfig({
        HOST: '0.0.0.0',
        PORT: '8080',
        LOG_LEVEL: 'debug',
        SILKGRAPH_FOLDER: '/tmp/graph',
        SILKGRAPH_TIME_LIMIT: '3',
        SILKGRAPH_READING: 'closed',
        ...remote,
        NEO4J_USERNAME: 'reader',
        NEO4J_DATABASE: 'graph',
      }),
    ).toEqual({
      ...unset,
      host: '0.0.0.0',
      port: 8080,
      logLevel: 'debug',
      folder: '/tmp/graph',
      timeout: 3000,
      reading: 'closed',
      // Whoever reaches it from elsewhere is not shown them.
      metricsAccess: 'closed',
      neo4j: { uri: remote.NEO4J_URI, username: 'reader', password: 'secret', database: 'graph' },
    });
  });

  it('reads an empty variable as one that is not set', () => {
    expect(readConfig({ PORT: '', HOST: ' ', NEO4J_URI: '', NEO4J_PASSWORD: '', LOG_LEVEL: '' })).toEqual(
      readConfig({}),
    );
  });

  it('logs in as neo4j when no name is given', () => {
    expect(readConfig(remote).neo4j?.username).toBe('neo4j');
  });

  it.each(['bolt', 'bolt+s', 'bolt+ssc', 'neo4j', 'neo4j+s', 'neo4j+ssc'])('accepts an address with %s', (scheme) => {
    expect(faultsOf({ ...remote, NEO4J_URI: `${scheme}://db.example:7687` })).toEqual([]);
  });

  it.each(['http://localhost:7474', 'localhost:7687', 'neo4j', 'Bolt://localhost', 'neo4j+x://localhost'])(
    'refuses %s as an address and names the schemes',
    (uri) => {
      expect(faultsOf({ ...remote, NEO4J_URI: uri })).toEqual([expect.stringContaining('bolt://')]);
    },
  );

  it('refuses an address without a host', () => {
    expect(faultsOf({ ...remote, NEO4J_URI: 'bolt://' })).toEqual([expect.stringContaining('name a host')]);
  });

  it('refuses a password inside the address without repeating it', () => {
    const faults = faultsOf({ ...remote, NEO4J_URI: 'bolt://neo4j:hidden@localhost' });
    expect(faults).toEqual([expect.stringContaining('set NEO4J_USERNAME and NEO4J_PASSWORD')]);
    expect(faults.join()).not.toContain('hidden');
  });

  it('refuses an address without a password, and the rest without an address', () => {
    expect(faultsOf({ NEO4J_URI: 'bolt://localhost' })).toEqual([
      'NEO4J_URI is set without NEO4J_PASSWORD: set both. A Neo4j without authentication takes any password.',
    ]);
    expect(faultsOf({ NEO4J_URI: 'bolt://localhost', NEO4J_PASSWORD: 'x', NEO4J_DATABASE: 'system' })).toEqual([
      'NEO4J_DATABASE is system, which cannot hold a graph: set another one, or leave it out.',
    ]);
    expect(faultsOf({ NEO4J_PASSWORD: 'x' })).toEqual([
      'NEO4J_URI is not set, but NEO4J_PASSWORD is: set all or none.',
    ]);
    expect(faultsOf({ NEO4J_USERNAME: 'x', NEO4J_DATABASE: 'y' })).toEqual([
      'NEO4J_URI is not set, but NEO4J_USERNAME and NEO4J_DATABASE are: set all or none.',
    ]);
  });

  it.each(['-1', '65536', '40.5', '4000x', '0x10', 'web'])('refuses %s as a port', (port) => {
    expect(faultsOf({ PORT: port })).toEqual([`PORT is "${port}"; it must be a whole number from 0 to 65535.`]);
  });

  it('takes a folder as seen from where it is run', () => {
    expect(readConfig({ SILKGRAPH_FOLDER: 'graph' }).folder).toBe(`${process.cwd()}/graph`);
  });

  it('takes limits that are set', () => {
    expect(
      readConfig({
        SILKGRAPH_INTROSPECTION: 'off',
        SILKGRAPH_CORS_ORIGINS: 'https://a.example, http://localhost:3000',
        SILKGRAPH_FRAME_ORIGINS: 'https://news.example',
        SILKGRAPH_COST_LIMIT: '5000',
        SILKGRAPH_ANSWER_LIMIT: '2000000',
        SILKGRAPH_RATE_LIMIT: '600/min',
        SILKGRAPH_TRUSTED_PROXIES: '2',
        SILKGRAPH_HOSTS: 'data.example.org, graph.example.org',
        SILKGRAPH_PUBLIC_URL: 'https://data.example.org/graph/',
        SILKGRAPH_REPORT: 'mailto:data@example.org?subject={page}',
        SILKGRAPH_CALLER_CONNECTIONS: '2000',
        SILKGRAPH_TRUSTED_DOCUMENTS: 'documents.json',
        SILKGRAPH_FOLDER: '/tmp/graph',
      }),
    ).toEqual({
      ...unset,
      folder: '/tmp/graph',
      introspection: false,
      corsOrigins: ['https://a.example', 'http://localhost:3000'],
      frameOrigins: ['https://news.example'],
      costLimit: 5000,
      answerLimit: 2_000_000,
      rateLimit: { requests: 600, seconds: 60 },
      trustedProxies: 2,
      // The proxies may ask from this machine, for everybody.
      metricsAccess: 'closed',
      hosts: ['data.example.org', 'graph.example.org'],
      publicUrl: 'https://data.example.org/graph',
      reportAddress: 'mailto:data@example.org?subject={page}',
      callerConnections: 2000,
      trustedDocuments: 'documents.json',
      // Its tools would answer what the documents do not ask.
      mcp: 'off',
    });
  });

  it.each([
    'data.example.org',
    'ftp://data.example.org',
    'https://ana@data.example.org',
    'https://data.example.org?a=1',
  ])('refuses %s as its public address', (address) => {
    expect(faultsOf({ SILKGRAPH_PUBLIC_URL: address })).toEqual([
      expect.stringMatching(/^SILKGRAPH_PUBLIC_URL is .*such as https:\/\/data\.example\.org\.$/),
    ]);
  });

  it.each(['data@example.org', 'javascript:alert(1)', 'https://', 'mailto:data@example.org?subject={pag}'])(
    'refuses %s as the address for errors',
    (address) => {
      expect(faultsOf({ SILKGRAPH_REPORT: address })).toEqual([
        expect.stringMatching(/^SILKGRAPH_REPORT is .*mailto:/),
      ]);
    },
  );

  it.each(['a.example', 'https://a.example/', 'https://a.example/page', 'https://*.a.example', '**', 'null'])(
    'refuses %s as an origin',
    (origin) => {
      expect(faultsOf({ SILKGRAPH_CORS_ORIGINS: `https://b.example,${origin}` })).toEqual([
        `SILKGRAPH_CORS_ORIGINS contains "${origin}"; it accepts origins such as https://example.org, separated by commas, or * for all.`,
      ]);
    },
  );

  it.each('https://a.example a.example:443 a.example/page [::1]:80 *.a.example ä.example "a.example" b/'.split(' '))(
    'refuses %s as a host',
    (host) => {
      const [fault] = faultsOf({ SILKGRAPH_HOSTS: `b.example,${host}` });
      expect(fault).toMatch(/^SILKGRAPH_HOSTS contains ".*without a port, separated by commas, or \* for all\.$/);
    },
  );

  it.each(['600', '0/min', '-1/s', '600/day', '1.5/s', 'many/h'])('refuses %s as a rate', (rate) => {
    expect(faultsOf({ SILKGRAPH_RATE_LIMIT: rate })).toEqual([
      `SILKGRAPH_RATE_LIMIT is "${rate}"; it must be a number of requests per s, min or h, as in 600/min.`,
    ]);
  });

  it('takes a size of the answer cache, or none, and for how long others may keep what is open to everybody', () => {
    expect(readConfig({ SILKGRAPH_CACHE: '2GB', SILKGRAPH_MAX_AGE: '60' })).toMatchObject({
      cache: 2 ** 31,
      maxAge: 60,
    });
    expect(readConfig({ SILKGRAPH_CACHE: 'off' })).not.toHaveProperty('cache');
    expect(readConfig({ SILKGRAPH_HISTORY: '1GB' })).toMatchObject({ history: 2 ** 30 });
    expect(readConfig({ SILKGRAPH_HISTORY: 'off' })).toMatchObject({ history: 0 });
  });

  it.each(['0MB', '64', '64 MB', '64mb', '-1MB', '1.5GB', '65GB', '1TB', 'on'])('refuses %s as a cache', (size) => {
    expect(faultsOf({ SILKGRAPH_CACHE: size })).toEqual([
      `SILKGRAPH_CACHE is "${size}"; it must be a size from 1MB to 64GB, as in 64MB, or off.`,
    ]);
  });

  it('refuses another word than on and off for introspection', () => {
    expect(faultsOf({ SILKGRAPH_INTROSPECTION: 'no' })).toEqual([
      'SILKGRAPH_INTROSPECTION is "no"; it must be one of on, off.',
    ]);
  });

  it.each(['OPEN', 'yes', 'shut'])('refuses %s as what is open for reading', (reading) => {
    expect(faultsOf({ SILKGRAPH_READING: reading })).toEqual([
      `SILKGRAPH_READING is "${reading}"; it must be one of open, closed.`,
    ]);
  });

  const tokens = { SILKGRAPH_JWT_ISSUER: 'https://login.example', SILKGRAPH_JWT_AUDIENCE: 'silkgraph' };

  it('takes no tokens where no key to check them with is set', () => {
    expect(readConfig({ SILKGRAPH_JWT_SECRET: '', SILKGRAPH_JWT_PUBLIC_KEY: ' ' })).not.toHaveProperty('tokens');
  });

  it('takes tokens that are signed with a secret, or for a public key', () => {
    const secret = ' a secret that begins with a space ';
    const read = readConfig({ ...tokens, SILKGRAPH_JWT_SECRET: secret, SILKGRAPH_JWT_ROLE_CLAIM: 'group' });
    expect(read.tokens).toEqual({
      algorithm: 'HS256',
      key: read.tokens?.key,
      issuer: 'https://login.example',
      audience: 'silkgraph',
      roleClaim: 'group',
    });
    expect(read.tokens?.key.export().toString()).toBe(secret);
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = String(publicKey.export({ type: 'spki', format: 'pem' }));
    expect(readConfig({ ...tokens, SILKGRAPH_JWT_PUBLIC_KEY: pem }).tokens?.algorithm).toBe('ES256');
  });

  it('tells the faults of tokens with the others, and repeats no secret', () => {
    const faults = faultsOf({ PORT: 'web', SILKGRAPH_JWT_SECRET: 'hidden' });
    expect(faults).toEqual([
      expect.stringContaining('PORT'),
      expect.stringContaining('SILKGRAPH_JWT_SECRET has 6 bytes'),
      expect.stringContaining('SILKGRAPH_JWT_ISSUER'),
      expect.stringContaining('SILKGRAPH_JWT_AUDIENCE'),
    ]);
    expect(faults.join()).not.toContain('hidden');
  });

  const oidc = { SILKGRAPH_OIDC_ISSUER: 'https://login.example/', SILKGRAPH_OIDC_AUDIENCE: 'silkgraph' };

  it('takes identity providers, with roles by the values of a claim', () => {
    expect(readConfig({ ...oidc, SILKGRAPH_OIDC_ROLES: 'staff=editor, *=reader' }).oidc).toEqual({
      issuers: ['https://login.example/'],
      audience: 'silkgraph',
      roleClaim: 'role',
      roles: new Map([
        ['staff', 'editor'],
        ['*', 'reader'],
      ]),
    });
    const several = {
      ...oidc,
      SILKGRAPH_OIDC_ISSUER: 'https://a.example https://b.example',
      SILKGRAPH_OIDC_ROLE_CLAIM: 'groups',
    };
    expect(readConfig(several).oidc).toMatchObject({
      issuers: ['https://a.example', 'https://b.example'],
      roleClaim: 'groups',
    });
  });

  it.each([
    [
      { ...oidc, SILKGRAPH_OIDC_ISSUER: 'http://login.example' },
      'SILKGRAPH_OIDC_ISSUER contains "http://login.example"',
    ],
    [{ ...oidc, SILKGRAPH_OIDC_ISSUER: 'login.example' }, 'accepts issuers such as https://login.example.org'],
    [{ SILKGRAPH_OIDC_ISSUER: 'https://login.example' }, 'without SILKGRAPH_OIDC_AUDIENCE'],
    [{ SILKGRAPH_OIDC_ROLES: '*=reader' }, 'SILKGRAPH_OIDC_ROLES is set without SILKGRAPH_OIDC_ISSUER'],
    [{ ...oidc, SILKGRAPH_OIDC_ROLES: 'staff=owner' }, 'as in staff=editor, it=admin, *=reader'],
    [{ SILKGRAPH_NEO4J_VERSION: '4.4.0' }, 'such as 5.26.30 or 2026.08.0'],
    [{ SILKGRAPH_NEO4J_VERSION: '2026' }, 'a complete version'],
    [{ SILKGRAPH_REDIS: 'redis://user:hidden@redis/one' }, 'SILKGRAPH_REDIS must be an address such as redis:'],
    [{ SILKGRAPH_REDIS: 'http://user:hidden@redis' }, 'SILKGRAPH_REDIS must be an address such as redis://valkey:6379'],
    [{ SILKGRAPH_COST_RATE: '5000000' }, 'a cost per s, min or h'],
    [{ SILKGRAPH_PLANNING_RATE: 'fast' }, 'a number of characters per s, min or h'],
    [{ SILKGRAPH_CLOCK_TOLERANCE: '301' }, 'a whole number from 0 to 300'],
  ])('refuses %j', (env, words) => {
    expect(faultsOf(env)).toEqual([expect.stringContaining(words)]);
  });

  it('tells every fault at once, in words', () => {
    const faults = faultsOf({ PORT: 'web', LOG_LEVEL: 'loud', SILKGRAPH_TIME_LIMIT: '0', NEO4J_URI: 'http://x' });
    expect(faults).toHaveLength(5);
    expect(new SettingsError(faults).message).toMatchInlineSnapshot(`
      "The settings are invalid:
        - PORT is "web"; it must be a whole number from 0 to 65535.
        - SILKGRAPH_TIME_LIMIT is "0"; it must be a whole number from 1 to 3600.
        - LOG_LEVEL is "loud"; it must be one of trace, debug, info, warn, error, fatal, silent.
        - NEO4J_URI is "http://x"; it must begin with one of bolt://, bolt+s://, bolt+ssc://, neo4j://, neo4j+s://, neo4j+ssc://.
        - NEO4J_URI is set without NEO4J_PASSWORD: set both. A Neo4j without authentication takes any password."
    `);
  });
});

it('takes roles that see a part of the graph from a file, and tells what is wrong in it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'silkgraph-roles-'));
  try {
    const file = join(folder, 'roles.json');
    writeFileSync(file, '{"partner": {"hide": ["Lab"]}}');
    const env = { SILKGRAPH_ROLES: file, SILKGRAPH_OIDC_ISSUER: 'https://login.example', SILKGRAPH_OIDC_AUDIENCE: 'x' };
    const { roles, oidc } = readConfig({ ...env, SILKGRAPH_READING: 'closed', SILKGRAPH_OIDC_ROLES: 'guests=partner' });
    expect(roles).toEqual({ partner: { hide: ['Lab'] }, anonymous: { hide: ['Lab'] } });
    expect(oidc?.roles).toEqual(new Map([['guests', 'partner']]));
    expect(() => readConfig({ ...env, SILKGRAPH_OIDC_ROLES: 'guests=friend' })).toThrow(
      'partner, reader, editor, admin',
    );
    writeFileSync(file, '{"editor": {"hide": []}}');
    expect(() => readConfig({ SILKGRAPH_ROLES: file })).toThrow('The role editor always sees the whole graph');
    expect(() => readConfig({ SILKGRAPH_ROLES: join(folder, 'none') })).toThrow('cannot be read');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
