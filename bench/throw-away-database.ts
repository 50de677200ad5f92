import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Address } from '../src/database/address.ts';
import { launchNeo4j, waitUntilUp } from '../src/database/launch-neo4j.ts';
import { end } from '../src/database/process-identity.ts';
import { prepareRuntime } from '../src/database/runtime.ts';

/** An empty Neo4j that leaves nothing behind. */
export interface ThrowAwayDatabase {
  readonly address: Address;
  close(): Promise<void>;
}

export async function throwAwayDatabase(): Promise<ThrowAwayDatabase> {
  const runtime = await prepareRuntime(
    { folder: fileURLToPath(new URL('../.silkgraph', import.meta.url)) },
    console.error,
  );
  const home = mkdtempSync(join(tmpdir(), 'silkgraph-bench-'));
  const neo4j = await launchNeo4j({ runtime, home, authentication: false, throwAway: true });
  const close = async () => {
    await end(neo4j);
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const uri = await waitUntilUp(home, neo4j);
    return { address: { uri, username: 'neo4j', password: 'not asked for', database: 'neo4j' }, close };
  } catch (error) {
    await close();
    throw error;
  }
}
