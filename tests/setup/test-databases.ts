import { readConfig } from '../../src/config.ts';
import { cooperation } from '../../src/cooperation/ontology.ts';
import type { Address } from '../../src/engine/database/address.ts';
import { openDriver } from '../../src/engine/database/open-driver.ts';
import { verifyDatabase } from '../../src/engine/database/verify-database.ts';
import { createGraph } from '../../src/engine/graph/graph.ts';
import { readStatistics } from '../../src/engine/reads/statistics.ts';
import { emptyGraph, seededGraph } from './contents.ts';
import { isFull } from './is-full.ts';
import type { RunningDatabase } from './local-database.ts';
import { type LocalDatabases, localDatabases } from './local-databases.ts';
import type { RunNeo4j } from './stored-content.ts';
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
 * After some minutes of planning, Neo4j plans twice as fast where its code was compiled well, which pays in the full run
 * from the beginning.
 */
const compilation = isFull ? 'well' : 'late';

/** The databases of the run. */
export interface TestDatabases {
  /** A database by its name: `shared`, which holds the seeds, or an empty one; it starts when it is first asked for. */
  find(name: string): Promise<RunningDatabase>;
  close(): Promise<void>;
}

export function openTestDatabases(): TestDatabases {
  const found = new Map<string, Promise<RunningDatabase>>();
  let java: Promise<LocalDatabases> | undefined;
  const run: RunNeo4j = async (folder) => {
    java ??= localDatabases(report, compilation);
    return (await java).start(folder);
  };
  /** The shared one is found in the same order as the server's. */
  async function start(name: string): Promise<RunningDatabase> {
    const { neo4j } = readConfig(process.env);
    if (name !== 'shared') return throwAwayDatabase({ content: emptyGraph, report, run });
    const shared = neo4j ? await useEmpty(neo4j) : await throwAwayDatabase({ content: seededGraph, report, run });
    await planStatistics(shared.address);
    return shared;
  }
  return {
    find(name) {
      const database = found.get(name) ?? start(name);
      found.set(name, database);
      return database;
    },
    async close() {
      const started = await Promise.allSettled(found.values());
      await Promise.all(started.map((result) => result.status === 'fulfilled' && result.value.close()));
      await (await java)?.close();
    },
  };
}
