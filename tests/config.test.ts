import { describe, expect, it } from 'vitest';
import { readConfig, SettingsError } from '../src/config.ts';

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

describe('readConfig', () => {
  it('serves on 127.0.0.1:4000 with a Neo4j of its own when nothing is set', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 4000,
      folder: expect.stringMatching(/\.silkgraph$/),
      timeout: 10_000,
    });
  });

  it('takes what is set', () => {
    expect(
      readConfig({
        HOST: '0.0.0.0',
        PORT: '8080',
        LOG_LEVEL: 'debug',
        SILKGRAPH_FOLDER: '/tmp/graph',
        SILKGRAPH_TIME_LIMIT: '3',
        ...remote,
        NEO4J_USERNAME: 'reader',
        NEO4J_DATABASE: 'graph',
      }),
    ).toEqual({
      host: '0.0.0.0',
      port: 8080,
      logLevel: 'debug',
      folder: '/tmp/graph',
      timeout: 3000,
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
    expect(faultsOf({ NEO4J_URI: 'bolt://localhost' })).toEqual(['NEO4J_URI is set without NEO4J_PASSWORD: set both.']);
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

  it('tells every fault at once, in words', () => {
    const faults = faultsOf({ PORT: 'web', LOG_LEVEL: 'loud', SILKGRAPH_TIME_LIMIT: '0', NEO4J_URI: 'http://x' });
    expect(faults).toHaveLength(5);
    expect(new SettingsError(faults).message).toMatchInlineSnapshot(`
      "The settings cannot be used:
        - PORT is "web"; it must be a whole number from 0 to 65535.
        - SILKGRAPH_TIME_LIMIT is "0"; it must be a whole number from 1 to 3600.
        - LOG_LEVEL is "loud"; it must be one of trace, debug, info, warn, error, fatal, silent.
        - NEO4J_URI is "http://x"; it must begin with one of bolt://, bolt+s://, bolt+ssc://, neo4j://, neo4j+s://, neo4j+ssc://.
        - NEO4J_URI is set without NEO4J_PASSWORD: set both."
    `);
  });
});
