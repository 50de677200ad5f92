import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { restoreBackup } from '../../../src/cli/backup/restore-backup.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import { expectShown } from '../../setup/expect-shown.ts';
import { ownDatabase } from '../../setup/own-database.ts';
import { program } from '../../setup/program.ts';

const earlier = fileURLToPath(new URL('earlier/before-history.backup', import.meta.url));
const file = 'graph-2026-11-28.backup';
const address = ownDatabase();

/** Runs a command in a folder with the database of the test until it ends or has said some words. */
async function run(folder: string, words: readonly string[], last?: string): Promise<string> {
  const { PATH, HOME } = process.env;
  const { uri, username, password } = address();
  const child: ChildProcess = spawn(process.execPath, [...program, ...words], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...{ PATH, HOME, PORT: '0', LOG_LEVEL: 'warn', SILKGRAPH_WARM_UP: 'off' },
      ...{ NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password || 'none' },
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => {
      said += part;
      if (last !== undefined && said.includes(last)) child.kill();
    });
  }
  const [code] = await once(child, 'close');
  expect([code, said]).toEqual([0, said]);
  return said.trimEnd();
}

async function change(text: string): Promise<void> {
  const driver = openDriver(address());
  await driver.executeQuery(text).finally(() => driver.close());
}

/** Without the time and the version of the backup, and the port. */
const constant = (text: string) =>
  text
    .replace(/(?<=Silkgraph )\S+ wrote at \S+(?=\.\n)/, 'a version wrote at a time')
    .replace(/(?<=127\.0\.0\.1:)\d+/g, 'port');

it('an upgrade is rehearsed with the words that docs/production.md shows', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'silkgraph-rehearsal-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const lossless = openDriver(address(), { lossless: true });
  await restoreBackup(lossless, address(), earlier).finally(() => lossless.close());

  const written = await run(folder, ['backup', file]);
  await change('MATCH (node) DETACH DELETE node');
  const restored = await run(folder, ['restore', file]);
  const started = await run(folder, ['start'], '/ready');
  const rehearsal = 'NEO4J_URI=bolt://rehearsal:7687 npx silkgraph';
  const shown = [
    ...['$ npx silkgraph backup graph-2026-11-28.backup', written],
    ...[`$ ${rehearsal} restore ${file}`, restored],
    ...[`$ ${rehearsal} start`, started.replaceAll(/(?<=127\.0\.0\.1:)\d+/g, '4000').replace(/\nStopping[\s\S]*$/, '')],
  ];
  await expectShown('docs/production.md', 'the rehearsal', shown.join('\n'), constant);
}, 120_000);
