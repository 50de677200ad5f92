import type { Driver } from 'neo4j-driver';
import type { Address } from '../../engine/database/address.ts';
import { explainRights } from '../../engine/database/explain-rights.ts';
import { openDriver } from '../../engine/database/open-driver.ts';
import { verifyDatabase } from '../../engine/database/verify-database.ts';
import { version } from '../../service/version.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { writeBackup } from '../backup/write-backup.ts';
import { findDatabase } from '../managed-database/find-database.ts';
import type { Session } from './session/session.ts';
import { unlessStopped } from './session/unless-stopped.ts';

/** Works on the database itself: its schema is neither read nor changed by an ontology. */
async function withDatabase(
  { config, screen, signal }: Session,
  work: (driver: Driver, address: Address) => Promise<readonly string[]>,
): Promise<void> {
  const database = await findDatabase(config, (step) => screen.say(`${step}.`), signal);
  try {
    const { address } = database;
    const driver = openDriver(address, { lossless: true });
    try {
      await verifyDatabase(driver, address, database.patience);
      const done = work(driver, address).catch((error: unknown) => {
        throw explainRights(error, address);
      });
      for (const line of await unlessStopped(signal, done)) screen.say(line);
    } finally {
      await driver.close();
    }
  } finally {
    await database.close();
  }
}

const counted = ({ nodes, relations }: { readonly nodes: number; readonly relations: number }) =>
  `${nodes.toLocaleString('en')} nodes and ${relations.toLocaleString('en')} relations`;

/** Writes the whole database to a file. @throws BackupRefused; DatabaseError */
export const backUp = (session: Session, path: string): Promise<void> =>
  withDatabase(session, async (driver, address) => {
    const written = await writeBackup(driver, address, path, version);
    return [
      `Wrote ${counted(written)}, as of revision ${written.revision}, to ${path}.`,
      'The file holds everything, also the secrets of watches: keep it as safe as the database.',
    ];
  });

/** Restores a backup into an empty database. @throws BackupRefused; DatabaseError */
export const restore = (session: Session, path: string): Promise<void> =>
  withDatabase(session, async (driver, address) => {
    const { head, ...counts } = await restoreBackup(driver, address, path);
    return [
      `Restored ${counted(counts)}, as of revision ${head.revision}, that Silkgraph ${head.version} wrote at ${head.at}.`,
      'Start the server: it rebuilds the indexes.',
    ];
  });
