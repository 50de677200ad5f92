import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pack } from '../src/pages/bundling/pack.ts';
import { nodeProgram } from './setup/node-version.ts';
import { ownDatabase } from './setup/own-database.ts';
import { serverProcess } from './setup/server-process.ts';

const run = promisify(execFile);
const address = ownDatabase();
const folder = mkdtempSync(join(tmpdir(), 'silkgraph-package-'));
const installed = join(folder, 'node_modules/silkgraph');
const command = join(folder, 'node_modules/.bin/silkgraph');

beforeAll(async () => {
  const filename = pack(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const oldest = (await nodeProgram('20.19.0')) ?? process.execPath;
  const env = { ...process.env, PATH: `${dirname(oldest)}:${process.env.PATH}` };
  const npm = join((await run('npm', ['root', '--global'])).stdout.trim(), 'npm/bin/npm-cli.js');
  const quietly = ['--engine-strict', '--no-audit', '--no-fund', '--prefer-offline'];
  // The second time, npm looks whether everything fits what asks for it.
  for (const args of [['install', filename], ['ci']])
    await run(oldest, [npm, ...args, ...quietly], { cwd: folder, env, maxBuffer: 1e8 });
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package in an empty folder', () => {
  it('starts, loads its data into an empty graph, and answers', { timeout: 180_000 }, async () => {
    const server = await serverProcess(address(), {}, [command], process.execPath, folder);
    try {
      await server.start();
      const origin = server.graphql.replace('/graphql', '');
      const ask = async (query: string) =>
        (
          await fetch(`${server.graphql}?query=${encodeURIComponent(query)}`, {
            headers: { accept: 'application/json' },
          })
        ).json();
      expect(await ask('{ labs { totalCount } country(code: "KE") { name } }')).toEqual({
        data: { labs: { totalCount: 116 }, country: { name: 'Kenya' } },
      });
      const { stdout } = await run(process.execPath, [command, 'query', '12', '--endpoint', server.graphql], {
        cwd: folder,
      });
      expect(JSON.parse(stdout).labs.totalCount).toBe(32);
      for (const path of ['/explore', '/graphql', '/entity/ke', '/schema.graphql']) {
        const { status } = await fetch(`${origin}${path}`, { headers: { accept: 'text/html, text/plain' } });
        expect(status, path).toBe(200);
      }
    } finally {
      await server.close();
    }
  });

  it('makes a graph of one’s own that npm installs from where the package came from', {
    timeout: 300_000,
  }, async () => {
    await run(process.execPath, [command, 'init', 'my-graph'], { cwd: folder });
    const own = join(folder, 'my-graph');
    const { dependencies } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8'));
    expect(dependencies.silkgraph).toMatch(/^file:\.\.\/silkgraph-[\d.]+\.tgz$/);
    await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: own, maxBuffer: 1e8 });
    expect((await run('npm', ['test'], { cwd: own })).stdout).toMatch(/pass 1/);
  });

  it('has types that a strict project compiles, libraries included', { timeout: 120_000 }, async () => {
    const modules = fileURLToPath(new URL('../node_modules/', import.meta.url));
    const names = ['silkgraph', 'silkgraph/client'].map((name, index) => `export * as part${index} from '${name}';`);
    writeFileSync(join(folder, 'types.mts'), names.join('\n'));
    const types = ['--types', 'node', '--typeRoots', join(modules, '@types')];
    const strict = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--module', 'nodenext', '--target', 'es2023'];
    const { stdout } = await run(join(modules, '.bin/tsc'), [...strict, ...types, 'types.mts'], { cwd: folder }).catch(
      (failed: { stdout: string }) => failed,
    );
    expect(stdout).toBe('');
  });

  it('has what its README links to, and no source map without its source', () => {
    const names = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => name.endsWith('.map'))).toEqual([]);
    const readme = readFileSync(join(installed, 'README.md'), 'utf8');
    const linked = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = '']) => path);
    expect(linked.filter((path) => !names.includes(path))).toEqual([]);
  });
});
