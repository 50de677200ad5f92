import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  billOfMaterials,
  isLater,
  releasedChangelog,
  versioned,
  withVersion,
} from '../../../src/pages/bundling/release.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (file: string) => readFileSync(`${root}${file}`, 'utf8');
const { version } = JSON.parse(read('package.json')) as { version: string };

describe('a release', () => {
  it('puts what is unreleased under its version', () => {
    const text = '# Changelog\n\n## Unreleased\n\n- New.\n\n## 0.1.0 (2026-01-01)\n\n- Old.\n';
    expect(releasedChangelog(text, '0.2.0', '2026-12-01')).toBe(
      '# Changelog\n\n## Unreleased\n\n## 0.2.0 (2026-12-01)\n\n- New.\n\n## 0.1.0 (2026-01-01)\n\n- Old.\n',
    );
    expect(() => releasedChangelog('# Changelog\n\n## Unreleased\n\n## 0.1.0\n\n- Old.\n', '0.2.0', '')).toThrow(
      'nothing to release',
    );
    expect(releasedChangelog(read('CHANGELOG.md'), '9.9.9', '2026-12-01')).toContain('## 9.9.9 (2026-12-01)');
  });

  it.each([
    ['0.2.0', '0.1.9', true],
    ['0.10.0', '0.9.0', true],
    ['1.0.0', '0.9.9', true],
    ['0.1.0', '0.1.0', false],
    ['0.1.0', '0.2.0', false],
  ])('%s comes after %s: %s', (after, before, expected) => {
    expect(isLater(after, before)).toBe(expected);
  });

  it.each(versioned.map(([file, name]) => [file, name] as const))('names its version in %s', (file, name) => {
    expect(withVersion(read(file), name, version, '9.9.9')).toContain(name('9.9.9'));
    expect(() => withVersion(read(file), name, '8.8.8', '9.9.9')).toThrow('Expected');
  });
});

describe('the bill of materials', () => {
  it('lists what is used in production, each with its version, licence and checksum', () => {
    const { packages } = JSON.parse(read('package-lock.json'));
    const { components } = billOfMaterials('9.9.9', packages) as { components: Record<string, unknown>[] };
    const names = components.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(100);
    expect(names).toEqual(expect.arrayContaining(['graphql', 'neo4j-driver', 'graphql-yoga', '@pothos/core']));
    expect(names).not.toContain('vitest');
    expect(components.find(({ name }) => name === '@pothos/core')).toMatchObject({
      purl: expect.stringMatching(/^pkg:npm\/%40pothos\/core@\d/),
      licenses: [{ expression: 'ISC' }],
      hashes: [{ alg: 'SHA-512', content: expect.stringMatching(/^[\da-f]{128}$/) }],
    });
    expect(components.every(({ version }) => typeof version === 'string' && version !== '')).toBe(true);
  });
});
