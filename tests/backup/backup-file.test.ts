import { expect, it } from 'vitest';
import { writeBackupFile } from '../../src/backup/backup-file.ts';
import { BackupRefused } from '../../src/backup/backup-refused.ts';

it('a backup into a folder that does not exist is refused with its name', async () => {
  const written = writeBackupFile('/absent/folder/graph.backup', (async function* () {})());
  await expect(written).rejects.toThrow(BackupRefused);
  await expect(written).rejects.toThrow('There is no folder /absent/folder.');
});
