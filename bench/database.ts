import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseStatus, findDatabase } from '../src/cli/managed-database/find-database.ts';
import { cooperation } from '../src/cooperation/ontology.ts';
import { syntheticShape } from '../src/cooperation/synthetic-shape.ts';
import { generate, labsOf } from '../src/doors/data/generate/generate.ts';
import { importFiles } from '../src/doors/data/import/import-files.ts';
import type { Address } from '../src/engine/database/address.ts';
import { openDriver } from '../src/engine/database/open-driver.ts';
import { applySchemaChanges } from '../src/engine/database/schema/apply-schema-changes.ts';
import { createGraph } from '../src/engine/graph/graph.ts';
import { indexStatements } from '../src/engine/indexes/indexes.ts';

/** The Neo4j that is measured. */
export interface Database {
  readonly address: Address;
  /** Its process, where it is one of this machine. */
  readonly pid: number | undefined;
  close(): Promise<void>;
}

const folderOf = (scale: string) => join(import.meta.dirname, '.data', scale);

const roomy = { heap: '1g', pageCache: '1g' };

/**
 * Starts the Neo4j of a scale. Its graph is generated and imported once, and kept for the next run.
 *
 * @param memory of Neo4j; `null` for what the product gives it
 */
export async function openDatabase(
  scale: string,
  report: (step: string) => void,
  memory: typeof roomy | null = roomy,
): Promise<Database> {
  const folder = folderOf(scale);
  const settings = { folder, ...(memory ? { memory } : {}) };
  const database = await findDatabase(settings, report);
  try {
    const { address } = database;
    await load(address, folder, scale, report);
    const status = await databaseStatus(settings);
    return { address, pid: status?.pid, close: database.close };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function load(address: Address, folder: string, scale: string, report: (step: string) => void): Promise<void> {
  const driver = openDriver(address);
  try {
    await applySchemaChanges(driver, address, { derived: indexStatements(cooperation), report });
    const mark = join(folder, 'loaded');
    const labs = labsOf(scale);
    if (existsSync(mark) && Number(readFileSync(mark, 'utf8')) === labs) return;
    const files = join(folder, 'files');
    report(`Generating ${labs} labs`);
    await generate(cooperation, { shape: syntheticShape, labs, out: files });
    report('Importing them');
    const graph = createGraph(driver, cooperation, address);
    let told = 0;
    await importFiles(graph, [files], {
      report: ({ phase, done, total }) => {
        if (performance.now() - told < 10_000) return;
        told = performance.now();
        report(`${phase}: ${done} of ${total ?? '?'}`);
      },
    });
    await graph.write((run) => run({ name: 'statistics', text: 'CALL db.resampleOutdatedIndexes()' }, {}));
    rmSync(files, { recursive: true });
    writeFileSync(mark, String(labs));
  } finally {
    await driver.close();
  }
}
