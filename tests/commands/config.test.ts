import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkConfig, printSchema } from '../../src/commands/config.ts';
import { SettingsError } from '../../src/settings/settings-error.ts';

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
    expect(faults({ PORT: 'web', SILKGRAPH_RATELIMIT: '600/min', SILKGRAPH_XYZ: '1' })).toEqual([
      'PORT is "web"; it must be a whole number from 0 to 65535.',
      'There is no setting SILKGRAPH_RATELIMIT; SILKGRAPH_RATE_LIMIT is probably meant.',
      'There is no setting SILKGRAPH_XYZ.',
    ]);
  });

  it('reads a file of variables in place of the environment', () => {
    const lines = check({ PORT: 'web' }, file('.env', '# The server\nPORT=8080\nSILKGRAPH_READING="closed"\n'));
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}SILKGRAPH_READING +closed$/));
    expect(check({}, file('settings.json', '{ "PORT": 8080, "HOST": null }')).join()).toMatch(/PORT +8080/);
    expect(faults({}, file('wrong.json', '{ "PORT": ')).join()).toContain('neither an object in JSON');
    expect(faults({}, file('wrong.env', 'SILKGRAPH_READING=shut'))).toHaveLength(1);
    expect(faults({}, join(folder, 'absent')).join()).toContain('cannot be read');
  });
});

describe('silkgraph config schema', () => {
  it('prints JSON', () => {
    const lines: string[] = [];
    printSchema((line) => lines.push(line));
    expect(JSON.parse(lines.join('\n'))).toHaveProperty('properties.SILKGRAPH_CACHE');
  });
});
