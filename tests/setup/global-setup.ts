import type { TestProject } from 'vitest/node';
import { readConfig } from '../../src/config.ts';
import type { Address } from '../../src/database/address.ts';
import { openDriver } from '../../src/database/open-driver.ts';
import { verifyDatabase } from '../../src/database/verify-database.ts';
import { buildExplorer } from './built-explorer.ts';
import { type ThrowAwayDatabase, throwAwayDatabase } from './database.ts';
import { loadSeeds } from './seeded.ts';

async function run(address: Address, text: string): Promise<number> {
  const driver = openDriver(address);
  try {
    await verifyDatabase(driver, address);
    const session = driver.session(address.database === undefined ? {} : { database: address.database });
    return (await session.run(text)).records[0]?.get('nodes');
  } finally {
    await driver.close();
  }
}

/** Tests write and wipe, so a database that holds anything is somebody's, and not theirs. */
async function useEmpty(address: Address): Promise<ThrowAwayDatabase> {
  const nodes = await run(address, 'MATCH (node) RETURN count(node) AS nodes');
  if (nodes !== 0) {
    throw new Error(
      `NEO4J_URI names a database that holds ${nodes} nodes. Tests run only on an empty one: name another, or unset NEO4J_URI.`,
    );
  }
  const close = async () => {
    await run(address, 'MATCH (node) DETACH DELETE node RETURN count(node) AS nodes');
  };
  return { address, close };
}

/** Provides the Neo4j of the whole run, with the seeds, found in the same order as the server's, and ends it after. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  buildExplorer();
  const { neo4j } = readConfig(process.env);
  const shared = neo4j
    ? await useEmpty(neo4j)
    : await throwAwayDatabase({ report: (step) => console.log(step), quickStart: false });
  const started = [shared];
  const close = async () => {
    await Promise.all(started.map((database) => database.close()));
  };
  try {
    const workers = Array.from({ length: project.config.maxWorkers });
    const lent = await Promise.all(
      workers.map(async () => {
        const database = await throwAwayDatabase({ quickStart: false });
        started.push(database);
        return database.address;
      }),
    );
    await loadSeeds(shared.address);
    project.provide('neo4j', shared.address);
    project.provide('lentDatabases', lent);
  } catch (error) {
    await close();
    throw error;
  }
  return close;
}
