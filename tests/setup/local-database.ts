import type { Compilation } from '../../src/cli/managed-database/java-process.ts';
import { launchNeo4j, waitUntilUp } from '../../src/cli/managed-database/launch-neo4j.ts';
import type { Address, Report } from '../../src/engine/database/address.ts';
import { end } from '../../src/engine/database/system/process-identity.ts';
import { addressAt } from './address-at.ts';
import { localRuntime, testedNeo4j } from './local-runtime.ts';

export interface RunningDatabase {
  readonly address: Address;
  close(): Promise<void>;
}

/** Neo4j 5.26 has Cypher 5 alone; the versions after it, which have both, are tested with Cypher 25. */
const language = testedNeo4j.startsWith('5.') ? {} : { 'db.query.default_language': 'CYPHER_25' };

/** Neo4j's settings for tests. */
export const testSettings: Readonly<Record<string, string>> = {
  // Tests fill and empty a graph in seconds, which is no reason to plan the same statements anew each time.
  'dbms.cypher.min_replan_interval': '1h',
  // Neo4j usually keeps a thousand plans, and the tests have more statements.
  'server.memory.query_cache.per_db_cache_num_entries': '20000',
  ...language,
};

/** So many plans take half a gigabyte: with no more, Neo4j would spend a quarter of the full run on collecting garbage. */
const memory = { heap: '1g', pageCache: '256m' };

/**
 * Starts a Neo4j with this machine's Java on a folder, in a process of its own. If this process is killed, Neo4j ends and removes the folder.
 * @throws DatabaseError `unavailable` when Java or Maven is missing
 */
export async function localDatabase(home: string, report: Report, compilation: Compilation): Promise<RunningDatabase> {
  const runtime = await localRuntime(report);
  const launched = {
    runtime,
    home,
    authentication: false,
    throwAway: true,
    compilation,
    memory,
    settings: testSettings,
  };
  const neo4j = await launchNeo4j(launched);
  const close = () => end(neo4j);
  try {
    return { address: addressAt(await waitUntilUp(home, neo4j)), close };
  } catch (error) {
    await close();
    throw error;
  }
}
