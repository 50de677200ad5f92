import { afterAll, beforeAll } from 'vitest';
import type { Address } from '../../src/database/address.ts';
import { openDriver } from '../../src/database/open-driver.ts';
import { emptyGraph } from './contents.ts';
import type { RunningDatabase } from './local-database.ts';
import { runDatabase } from './run-database.ts';
import { throwAwayDatabase } from './throw-away-database.ts';

/** The names of the constraints and indexes that the database of this worker began with. */
let first: readonly string[] | undefined;

/** Removes all nodes, and brings back what another test took away of the product's constraints and indexes. */
async function empty(address: Address): Promise<void> {
  const driver = openDriver(address);
  try {
    const session = driver.session({ database: 'neo4j' });
    // In parts: the graph of another test may be larger than what one transaction can hold.
    const removeNodes = () =>
      session.run('MATCH (node) CALL (node) { DETACH DELETE node } IN TRANSACTIONS OF 2000 ROWS');
    await removeNodes();
    const { records } = await session.run('SHOW INDEXES YIELD name');
    const names = new Set(records.map((record) => record.get('name')));
    first ??= [...names];
    if (!first.every((name) => names.has(name))) {
      await emptyGraph.write(address);
      // It has left a record of what it did.
      await removeNodes();
    }
    await session.close();
  } finally {
    await driver.close();
  }
}

let isLent = false;

/** The database of this worker, whose test files run one after the other; a new one where it is in use. */
async function emptyDatabase(): Promise<RunningDatabase> {
  if (isLent) return throwAwayDatabase({ content: emptyGraph });
  isLent = true;
  const release = async () => {
    isLent = false;
  };
  try {
    const address = await runDatabase(`worker-${process.env.VITEST_POOL_ID}`);
    await empty(address);
    return { address, close: release };
  } catch (error) {
    await release();
    throw error;
  }
}

/**
 * Gives a test file, or a `describe`, a Neo4j without data that nobody else writes to; the address is there once the
 * tests run. It has the product's constraints and indexes, and may have those of other tests. It has usually planned the
 * product's statements before, which saves much time.
 */
export function ownDatabase(): () => Address {
  let own: RunningDatabase | undefined;
  beforeAll(async () => {
    own = await emptyDatabase();
  });
  afterAll(() => own?.close());
  return () => {
    if (!own) throw new Error('The database is there once the tests run.');
    return own.address;
  };
}
