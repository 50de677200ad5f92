import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { loadExamples } from '../src/server/documents/examples.ts';
import { testAddress } from './setup/database.ts';
import { nodeProgram, noNode } from './setup/node-version.ts';
import { served } from './setup/served.ts';
import { serverProcess } from './setup/server-process.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));

/** The oldest, and the newest of each line that is in support, with what they run: newer ones take TypeScript as it is. */
const versions = [
  ['20.19.0', 'dist/main.js'],
  ['22', 'src/main.ts'],
  ['24', 'src/main.ts'],
  ['26', 'src/main.ts'],
] as const;

describe('Node.js', { timeout: 300_000 }, () => {
  it('20.19 is enough for all that is used in production', async ({ skip }) => {
    const node = await nodeProgram('20.19.0');
    if (node === undefined) return skip(noNode);
    const folder = mkdtempSync(join(tmpdir(), 'silkgraph-floor-'));
    try {
      for (const file of ['package.json', 'package-lock.json']) cpSync(join(root, file), join(folder, file));
      const npm = (await run('npm', ['root', '--global'])).stdout.trim();
      const env = { ...process.env, PATH: `${dirname(node)}:${process.env.PATH}` };
      const args = [
        join(npm, 'npm/bin/npm-cli.js'),
        'ci',
        '--engine-strict',
        '--omit=dev',
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
      ];
      const { stderr } = await run(node, args, { cwd: folder, env, maxBuffer: 1e8 });
      expect(stderr).not.toMatch(/EBADENGINE|ERESOLVE/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it.for(versions)('%s answers the examples out of %s', async ([version, program], { skip }) => {
    const node = await nodeProgram(version);
    if (node === undefined) return skip(noNode);
    const server = await serverProcess(await testAddress(), {}, [join(root, program)], node);
    try {
      await server.start();
      for (const { name, query } of loadExamples(served.examples).filter((_, index) => index % 7 === 0)) {
        const response = await fetch(server.graphql, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query }),
        });
        const expected = JSON.parse(readFileSync(join(root, `examples/${name}.json`), 'utf8'));
        expect(((await response.json()) as { data: unknown }).data, name).toEqual(expected);
      }
      expect(server.said()).not.toMatch(/unrecognized flag/);
    } finally {
      await server.close();
    }
  });
});
