import { readConfig } from '../../src/config.ts';
import { cooperation } from '../../src/cooperation/ontology.ts';
import type { Address } from '../../src/database/address.ts';
import { openDriver } from '../../src/database/open-driver.ts';
import { verifyDatabase } from '../../src/database/verify-database.ts';
import { createGraph } from '../../src/graph/graph.ts';
import { readStatistics } from '../../src/graph/reads/statistics.ts';
import { emptyGraph, seededGraph } from './contents.ts';
import type { RunningDatabase } from './local-database.ts';
import { throwAwayDatabase } from './throw-away-database.ts';

const report = (step: string) => console.log(step);

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
async function useEmpty(address: Address): Promise<RunningDatabase> {
  const nodes = await run(address, 'MATCH (node) RETURN count(node) AS nodes');
  if (nodes !== 0) {
    throw new Error(
      `NEO4J_URI names a database that holds ${nodes} nodes. Tests run only on an empty one: name another, or unset NEO4J_URI.`,
    );
  }
  const close = async () => {
    await run(address, 'MATCH (node) DETACH DELETE node RETURN count(node) AS nodes');
  };
  try {
    await seededGraph.write(address);
    return { address, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Otherwise all workers would have them planned at the same time, and each would wait for seconds. */
async function planStatistics(address: Address): Promise<void> {
  const driver = openDriver(address);
  await readStatistics(createGraph(driver, cooperation, address)).finally(() => driver.close());
}

/**
 * After some minutes of planning, Neo4j plans twice as fast where its code was compiled well. That pays for the shared
 * database, to which most statements are new, and in the full run from the beginning.
 */
const compilation = process.env.SILKGRAPH_TEST_FULL === '1' ? 'well' : 'late';

/** Starts a database of the run by its name. The shared one is found in the same order as the server's. */
export async function startDatabase(name: string): Promise<RunningDatabase> {
  const { neo4j } = readConfig(process.env);
  if (name !== 'shared') return throwAwayDatabase({ content: emptyGraph, report });
  const shared = neo4j ? await useEmpty(neo4j) : await throwAwayDatabase({ content: seededGraph, report, compilation });
  await planStatistics(shared.address);
  return shared;
}
