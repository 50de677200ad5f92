import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { liveServers } from '../setup/live-server.ts';
import { seeds } from '../setup/seeds.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const graph = silkgraph();
const start = liveServers();

it('the package of the client is small, needs no other, and asks a server', async () => {
  const app = mkdtempSync(join(tmpdir(), 'silkgraph-client-package-'));
  try {
    const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', app, './packages/client'], {
      cwd: root,
    });
    const [packed] = JSON.parse(stdout.slice(stdout.indexOf('['))) as [
      { filename: string; size: number; files: { path: string }[] },
    ];
    expect(packed.size).toBeLessThan(25_000);
    expect(packed.files.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['LICENSE', 'README.md', 'dist/index.js', 'dist/types/index.d.ts']),
    );
    writeFileSync(join(app, 'package.json'), '{ "type": "module" }');
    await run('npm', ['install', '--no-audit', '--no-fund', '--offline', packed.filename], { cwd: app });
    expect(readdirSync(join(app, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'silkgraph-client',
    ]);
    const { graphql } = await start(graph.graph);
    writeFileSync(
      join(app, 'ask.ts'),
      `import { createClient, SilkgraphError } from 'silkgraph-client';
const client = createClient({ url: process.argv[2] ?? '' });
const { labs } = (await client.query('{ labs(first: 1) { totalCount } }')) as { labs: { totalCount: number } };
const error: unknown = await client.query('{ nothing }').catch((thrown: unknown) => thrown);
console.log(labs.totalCount, error instanceof SilkgraphError && error.code);
`,
    );
    const types = [
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--module',
      'nodenext',
      '--types',
      'node',
      '--typeRoots',
      join(root, 'node_modules/@types'),
    ];
    await run(join(root, 'node_modules/.bin/tsc'), [...types, 'ask.ts'], { cwd: app });
    const answered = await run(
      process.execPath,
      ['--import', join(root, 'node_modules/tsx/dist/loader.mjs'), 'ask.ts', graphql],
      { cwd: app },
    );
    expect(answered.stdout.trim()).toBe(`${seeds.entities.Lab.length} GRAPHQL_VALIDATION_FAILED`);
  } finally {
    rmSync(app, { recursive: true, force: true });
  }
}, 120_000);
