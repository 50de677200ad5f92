import { afterAll, beforeAll } from 'vitest';
import type { Address } from '../../src/engine/database/address.ts';
import { openDriver } from '../../src/engine/database/open-driver.ts';
import { emptyGraph } from './contents.ts';
import { runDatabase } from './run-database.ts';

/** The names of the constraints and indexes that each database began with. */
const indexesAtFirst = new Map<string, readonly string[]>();

/** Removes all nodes, and brings back what another test took away of the product's constraints and indexes. */
async function empty(address: Address): Promise<void> {
  const driver = openDriver(address);
  try {
    const session = driver.session({ database: 'neo4j' });
    // In parts: the graph of another test may be larger than what one transaction can hold.
    const removeNodes = () =>
      session.run('MATCH (node) CALL (node) { DETACH DELETE node } IN TRANSACTIONS OF 100 ROWS');
    await removeNodes();
    const { records } = await session.run('SHOW INDEXES YIELD name');
    const names = new Set(records.map((record) => record.get('name')));
    const first = indexesAtFirst.get(address.uri) ?? [...names];
    indexesAtFirst.set(address.uri, first);
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

/** The databases of this worker, whose test files run one after the other, that are in use. */
const lent = new Set<string>();

/** Lends the first database of this worker that is not in use. */
async function lend(): Promise<{ address: Address; release: () => void }> {
  let count = 1;
  const name = () => `worker-${process.env.VITEST_POOL_ID}-${count}`;
  while (lent.has(name())) count += 1;
  const own = name();
  const release = () => void lent.delete(own);
  lent.add(own);
  try {
    const address = await runDatabase(own);
    await empty(address);
    return { address, release };
  } catch (error) {
    release();
    throw error;
  }
}

/**
 * Gives a test file, or a `describe`, a Neo4j without data that nobody else writes to; the address is there once the
 * tests run. It has the product's constraints and indexes, and may have those of other tests. It has usually planned the
 * product's statements before, which saves much time.
 */
export function ownDatabase(): () => Address {
  let own: Awaited<ReturnType<typeof lend>> | undefined;
  beforeAll(async () => {
    own = await lend();
  });
  afterAll(() => own?.release());
  return () => {
    if (!own) throw new Error('The database is there once the tests run.');
    return own.address;
  };
}
