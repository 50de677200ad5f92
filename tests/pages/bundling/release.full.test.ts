import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'silkgraph-release-'));
const version = '99.0.0';

const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: folder }).toString();

const release = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'src/pages/bundling/release.ts', ...args], {
    ...{ cwd: folder, encoding: 'utf8' },
  });

const read = (name: string) => readFileSync(join(folder, name), 'utf8');

/** A clone with the files as they are now, committed or not. */
beforeAll(() => {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root });
  for (const file of files.toString().split('\0').filter(Boolean)) {
    cpSync(join(root, file), join(folder, file), { force: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  git('init', '--quiet');
  writeFileSync(join(folder, '.git/info/exclude'), 'node_modules\n');
  git('config', 'user.name', 'Test');
  git('config', 'user.email', 'test@example.org');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Everything');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('npm run release', { timeout: 300_000 }, () => {
  it('changes nothing where a test fails, the version is no later one, or a change is not committed', () => {
    const refusal = (...args: readonly string[]) => {
      const { status, stderr } = release(...args);
      expect(status).toBe(1);
      return stderr;
    };
    expect(refusal(version, '--tests', 'exit 3')).toContain('The release was not made. Command failed: exit 3');
    expect(refusal('0.0.1', '--tests', 'true')).toContain('Name a version after');
    expect(git('status', '--porcelain')).toBe('');
    writeFileSync(join(folder, 'LICENSE'), 'changed');
    expect(refusal(version, '--tests', 'true')).toContain('changes that are not committed');
    git('checkout', '--', 'LICENSE');
  });

  it('writes version, changelog, packages, bill of materials and notes, and publishes nothing', () => {
    const { status, stdout, stderr } = release(version, '--tests', 'echo the tests ran');
    expect(stderr.replace(/^npm notice.*\n/gm, ''), stdout).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^the tests ran$/m);
    for (const command of ['git commit', 'npm publish', 'docker build']) expect(stdout).toContain(`\n  ${command}`);
    expect(git('rev-list', '--count', 'HEAD').trim()).toBe('1');
    expect(git('tag')).toBe('');

    expect(read('CHANGELOG.md')).toMatch(/^## Unreleased\n\n## 99\.0\.0 \(\d{4}-\d\d-\d\d\)$/m);
    expect(git('diff', '--name-only').trim().split('\n')).toEqual([
      ...['CHANGELOG.md', 'deploy/kubernetes.yml', 'docker-compose.yml'],
      ...['package-lock.json', 'package.json', 'packages/client/package.json'],
    ]);

    const packages = [`silkgraph-${version}.tgz`, `silkgraph-client-${version}.tgz`];
    const bill = `silkgraph-${version}.cdx.json`;
    expect(readdirSync(join(folder, 'dist/release')).sort()).toEqual([...packages, bill, 'PROVENANCE.txt'].sort());
    const notes = read('dist/release/PROVENANCE.txt');
    expect(notes).toContain(`commit  ${git('rev-parse', 'HEAD')}`);
    expect(notes).toContain('passed  echo the tests ran\n');
    for (const file of [...packages, bill]) {
      const digest = createHash('sha256').update(readFileSync(join(folder, 'dist/release', file)));
      expect(notes).toContain(`sha256  ${digest.digest('hex')}  ${file}\n`);
    }
  });

  it.each(['.', './packages/client'])('is the only way to what is published, so npm publish %s is refused', (path) => {
    const { status, stderr } = spawnSync('npm', ['publish', '--dry-run', path], { cwd: folder, encoding: 'utf8' });
    expect(status).not.toBe(0);
    expect(stderr).toContain('Publish the files that npm run release makes');
  });

  it('makes packages that can be published, with their licences', () => {
    const contents = (file: string) => {
      const target = mkdtempSync(join(folder, 'dist/unpacked-'));
      execFileSync('tar', ['--extract', '--gzip', '--file', join(folder, 'dist/release', file), '--directory', target]);
      const names = readdirSync(target, { recursive: true, encoding: 'utf8' });
      return { names, text: (name: string) => readFileSync(join(target, 'package', name), 'utf8') };
    };
    const server = contents(`silkgraph-${version}.tgz`);
    const client = contents(`silkgraph-client-${version}.tgz`);
    for (const { names, text } of [server, client]) {
      expect(JSON.parse(text('package.json'))).toMatchObject({ version, license: 'MIT' });
      expect(JSON.parse(text('package.json'))).not.toHaveProperty('private');
      expect(names).toContain('package/LICENSE');
    }
    expect(server.names).toEqual(expect.arrayContaining(['package/dist/main.js', 'package/CHANGELOG.md']));
    expect(client.names).toContain('package/dist/index.js');
    // Of what the pages contain, the notices go with them.
    expect(server.text('dist/pages/explorer/licences.txt')).toMatch(/^cytoscape \d[\s\S]*^preact \d/m);
    expect(server.text('dist/pages/explorer/licences.txt')).toContain('SIL OPEN FONT LICENSE');
    expect(server.text('dist/pages/playground/licences.txt')).toMatch(/^monaco-editor \d/m);
  });

  it('lists materials as the schema of CycloneDX says', () => {
    const schemas = join(dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json')));
    const schema = (name: string) =>
      JSON.parse(readFileSync(join(schemas, 'res/schema', `${name}.SNAPSHOT.schema.json`), 'utf8'));
    const ajv = new Ajv({ unknownFormats: 'ignore', logger: false });
    for (const name of ['spdx', 'jsf-0.82']) {
      ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
    }
    const isValid = ajv.compile(schema('bom-1.5'));
    const bill = JSON.parse(read(`dist/release/silkgraph-${version}.cdx.json`));
    expect(isValid(bill), JSON.stringify(isValid.errors)).toBe(true);
    expect(bill.metadata.component.version).toBe(version);
    expect(
      isValid({ ...bill, components: [{ ...bill.components[0], hashes: [{ alg: 'SHA-3', content: 'x' }] }] }),
    ).toBe(false);
  });
});
