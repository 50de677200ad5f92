import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Address } from '../../engine/database/address.ts';
import { DatabaseError } from '../../engine/database/database-error.ts';
import { openDriver } from '../../engine/database/open-driver.ts';
import { readIfThere } from '../../engine/database/system/read-if-there.ts';
import { writeWhole } from '../../engine/database/system/write-whole.ts';
import { untilResponding, verifyDatabase } from '../../engine/database/verify-database.ts';

const initial = 'neo4j';

/** How long a Neo4j that was just started may take to respond, in milliseconds: on a busy machine it is slow. */
export const START_PATIENCE = 120_000;

/** The password stored in `home`, readable only by its owner; a random one is created on first use. */
export function readPassword(home: string): string {
  const file = join(home, 'password');
  const kept = readIfThere(file);
  if (kept !== undefined) return kept;
  const password = randomBytes(24).toString('base64url');
  writeWhole(file, password, 0o600);
  return password;
}

async function verify(address: Address): Promise<void> {
  const driver = openDriver(address);
  await verifyDatabase(driver, address, START_PATIENCE).finally(() => driver.close());
}

async function changeInitialPassword(address: Address): Promise<void> {
  const { password } = address;
  const driver = openDriver({ ...address, password: initial });
  const text = 'ALTER CURRENT USER SET PASSWORD FROM $initial TO $password';
  try {
    await untilResponding(address, START_PATIENCE, async () => {
      const session = driver.session({ database: 'system' });
      await session.run(text, { initial, password }).finally(() => session.close());
    });
  } finally {
    await driver.close();
  }
}

/**
 * Ensures that the Neo4j in `home` accepts its password; sets it on a new one, or after an interrupted first start.
 * @throws DatabaseError `wrong-credentials` when the password file does not belong to the data
 */
export async function ensurePassword(address: Address, home: string): Promise<void> {
  try {
    await verify(address);
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.reason !== 'wrong-credentials') throw error;
    await changeInitialPassword(address).catch((cause) => {
      if (!(cause instanceof DatabaseError) || cause.reason !== 'wrong-credentials') throw cause;
      throw new DatabaseError(
        'wrong-credentials',
        `The password in ${join(home, 'password')} does not open the database beside it. Put the right file back, or delete ${home}, and its data with it.`,
        { cause },
      );
    });
    await verify(address);
  }
}
