import { fileURLToPath } from 'node:url';
import { seed } from '../../src/data/seed.ts';
import type { Address } from '../../src/database/address.ts';
import { applySchemaChanges } from '../../src/database/apply-schema-changes.ts';
import { openDriver } from '../../src/database/open-driver.ts';
import { createGraph } from '../../src/graph/graph.ts';
import { indexStatements } from '../../src/graph/indexes.ts';

export const seedsFolder = fileURLToPath(new URL('../../seeds', import.meta.url));

/** Loads the seeds into an empty database, with the constraints and indexes that the product has there. */
export async function loadSeeds(address: Address): Promise<void> {
  const driver = openDriver(address);
  try {
    await applySchemaChanges(driver, address, { derived: indexStatements() });
    await seed(createGraph(driver, address), seedsFolder);
  } finally {
    await driver.close();
  }
}
