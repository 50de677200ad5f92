import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type BackupLine, readBackupFile, writeBackupFile } from '../../../src/cli/backup/backup-file.ts';
import { BackupRefused } from '../../../src/cli/backup/backup-refused.ts';

it('a backup into a folder that does not exist is refused with its name', async () => {
  const written = writeBackupFile('/absent/folder/graph.backup', (async function* () {})());
  await expect(written).rejects.toThrow(BackupRefused);
  await expect(written).rejects.toThrow('There is no folder /absent/folder.');
});

it('two backups into one file at the same time leave a whole one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'silkgraph-backup-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'graph.backup');
  const head = { silkgraph: 'backup', form: 1, version: '1.0.0', at: '', revision: 1, schema: [] } as const;
  const end = { end: { nodes: 0, relations: 0 } };
  let second: Promise<void> | undefined;
  async function* lines(name: string): AsyncGenerator<BackupLine> {
    yield { ...head, version: name };
    for (let line = 0; line < 4_000; line += 1) yield { labels: [crypto.randomUUID()], properties: {} };
    if (name === 'first') second = writeBackupFile(path, lines('second'));
    for (let line = 0; line < 4_000; line += 1) yield { labels: [crypto.randomUUID()], properties: {} };
    yield end;
  }
  await writeBackupFile(path, lines('first'));
  const found: BackupLine[] = [];
  for await (const line of readBackupFile(path)) found.push(line);
  expect(found).toHaveLength(8_002);
  expect(found.at(-1)).toEqual(end);
  await second;
  expect(readdirSync(folder)).toEqual(['graph.backup']);
});
