import { fileURLToPath } from 'node:url';
import { cooperation } from '../../src/cooperation/ontology.ts';
import { seed } from '../../src/doors/data/import/seed.ts';
import { openDriver } from '../../src/engine/database/open-driver.ts';
import { applySchemaChanges } from '../../src/engine/database/schema/apply-schema-changes.ts';
import { createGraph } from '../../src/engine/graph/graph.ts';
import { indexStatements } from '../../src/engine/indexes/indexes.ts';
import type { Content } from './stored-content.ts';

export const seedsFolder = fileURLToPath(new URL('../../seeds', import.meta.url));

/** The constraints and indexes that the product has, over an empty graph. */
export const emptyGraph: Content = {
  name: 'empty',
  async write(address) {
    const driver = openDriver(address);
    await applySchemaChanges(driver, address, { derived: indexStatements(cooperation) }).finally(() => driver.close());
  },
};

/** The seeds, with the product's constraints and indexes. */
export const seededGraph: Content = {
  name: 'seeds',
  async write(address) {
    await emptyGraph.write(address);
    const driver = openDriver(address);
    await seed(createGraph(driver, cooperation, address), seedsFolder).finally(() => driver.close());
  },
};
