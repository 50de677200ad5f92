import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkConfig, printSchema } from '../../../src/cli/commands/config.ts';
import { SettingsError } from '../../../src/service/settings/settings-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'silkgraph-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function check(env: Record<string, string>, path?: string): readonly string[] {
  const lines: string[] = [];
  checkConfig(env, path, (line) => lines.push(line));
  return lines;
}

function faults(env: Record<string, string>, path?: string): readonly string[] {
  try {
    check(env, path);
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
  return [];
}

describe('silkgraph config check', () => {
  it('prints every setting with its value or its default, and no secret', () => {
    const lines = check({ PORT: '8080', SILKGRAPH_KEY: 'sg_hidden', PATH: '/bin' });
    expect(lines[0]).toBe('The settings are valid.');
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}PORT +8080$/));
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}SILKGRAPH_CONCURRENCY +\(25\)$/));
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}SILKGRAPH_KEY +\(secret\)$/));
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}NEO4J_URI +\(not set\)$/));
    expect(lines.join('\n')).not.toMatch(/hidden|PATH/);
  });

  it('names every fault at once, and settings that do not exist with what was meant', () => {
    expect(
      faults({
        PORT: 'web',
        SILKGRAPH_GRAPH: '/absent.js',
        SILKGRAPH_RATELIMIT: '600/min',
        SILKGRAPH_XYZ: '1',
        NEO4J_URL: 'bolt://db',
      }),
    ).toEqual([
      'PORT is "web"; it must be a whole number from 0 to 65535.',
      'SILKGRAPH_GRAPH is "/absent.js", which is not a file.',
      'There is no setting SILKGRAPH_RATELIMIT; SILKGRAPH_RATE_LIMIT is probably meant.',
      'There is no setting SILKGRAPH_XYZ.',
      'There is no setting NEO4J_URL; NEO4J_URI is probably meant.',
    ]);
  });

  it('names the files that a server would refuse', () => {
    const audit = join(folder, 'absent/audit.log');
    expect(
      faults({ SILKGRAPH_TRUSTED_DOCUMENTS: '/absent.json', SILKGRAPH_AUDIT: audit, SILKGRAPH_GRAPH: folder }),
    ).toEqual([
      expect.stringMatching(
        /^SILKGRAPH_TRUSTED_DOCUMENTS: The trusted documents in \/absent\.json cannot be read: ENOENT/,
      ),
      expect.stringMatching(/^SILKGRAPH_AUDIT is ".*audit\.log", which is not writable: ENOENT/),
      `SILKGRAPH_GRAPH is "${folder}", which is not a file.`,
    ]);
    expect(faults({ SILKGRAPH_TRUSTED_DOCUMENTS: file('none.json', '{}') }).join()).toContain('contains no documents');
  });

  it('takes files that a server takes, and creates none', () => {
    const audit = join(folder, 'audit.log');
    const documents = file('documents.json', '{ "abc": "{ __typename }" }');
    const graph = file('graph.js', 'export default 1;');
    const env = { SILKGRAPH_TRUSTED_DOCUMENTS: documents, SILKGRAPH_GRAPH: graph };
    expect(faults({ ...env, SILKGRAPH_AUDIT: audit })).toEqual([]);
    expect(existsSync(audit)).toBe(false);
    expect(faults({ ...env, SILKGRAPH_AUDIT: 'stdout' })).toEqual([]);
    expect(faults({ ...env, SILKGRAPH_AUDIT: folder }).join()).toContain('not writable');
  });

  it('shows no user and no password of an address', () => {
    const lines = check({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://ana:hid@den@collector:4318/v1' }).join('\n');
    expect(lines).toContain('http://(hidden)@collector:4318/v1');
    expect(lines).not.toMatch(/ana|hid@|den@/);
    const wrong = {
      SILKGRAPH_PUBLIC_URL: 'https://ana:hushed@a.example',
      SILKGRAPH_CORS_ORIGINS: 'https://b:hushed@c',
    };
    expect(faults(wrong).join()).toContain('SILKGRAPH_PUBLIC_URL is "https://(hidden)@a.example"');
    expect(faults({ ...wrong, NEO4J_URI: 'http://neo4j:hushed@db', NEO4J_PASSWORD: 'x' }).join()).not.toContain(
      'hushed',
    );
  });

  it('reads a file of variables in place of the environment', () => {
    const lines = check({ PORT: 'web' }, file('.env', '# The server\nPORT=8080\nSILKGRAPH_READING="closed"\n'));
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}SILKGRAPH_READING +closed$/));
    expect(check({}, file('settings.json', '{ "PORT": 8080, "HOST": null }')).join()).toMatch(/PORT +8080/);
    expect(faults({}, file('wrong.json', '{ "PORT": ')).join()).toContain('neither an object in JSON');
    expect(faults({}, file('wrong.env', 'SILKGRAPH_READING=shut'))).toHaveLength(1);
    expect(faults({}, join(folder, 'absent')).join()).toContain('cannot be read');
  });

  it.each(['PORT=8080\r\n', '{ "PORT": 8080 }'])('reads a file that begins with a byte order mark: %j', (text) => {
    expect(check({}, file('marked', `\uFEFF${text}`)).join('\n')).toMatch(/PORT +8080$/m);
  });

  it('names the lines of a file that set nothing, and repeats none of them', () => {
    const path = file('lines.env', '# The server\n\nPORT 8080\nexport HOST=0.0.0.0\n  SILKGRAPH_KEY: sg_hidden\n');
    expect(faults({}, path)).toEqual([
      `${path}, line 3: It is not a setting such as PORT=4000.`,
      `${path}, line 5: It is not a setting such as PORT=4000.`,
    ]);
  });

  it('takes a value in quotation marks that has several lines', () => {
    const env = check({}, file('quoted.env', 'OTHER="one\ntwo\n# three" # four\nexport PORT=8080\n'));
    expect(env.join('\n')).toMatch(/PORT +8080$/m);
  });

  it('refuses JSON that is no object', () => {
    expect(faults({}, file('list.json', ' [{ "PORT": 8080 }]')).join()).toContain('neither an object in JSON');
  });
});

describe('silkgraph config schema', () => {
  it('prints JSON', () => {
    const lines: string[] = [];
    printSchema((line) => lines.push(line));
    expect(JSON.parse(lines.join('\n'))).toHaveProperty('properties.SILKGRAPH_CACHE');
  });
});
