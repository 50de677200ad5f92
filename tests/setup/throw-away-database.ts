import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imageOf, isDockerThere } from '../../src/cli/managed-database/container-engine.ts';
import type { Compilation } from '../../src/cli/managed-database/java-process.ts';
import { leastJavaFor } from '../../src/cli/managed-database/runtime.ts';
import type { Report } from '../../src/engine/database/address.ts';
import { DatabaseError } from '../../src/engine/database/database-error.ts';
import { addressAt } from './address-at.ts';
import { localDatabase, type RunningDatabase } from './local-database.ts';
import { testedNeo4j } from './local-runtime.ts';
import { type Content, type RunNeo4j, storeOf } from './stored-content.ts';

export interface ThrowAwayOptions {
  readonly content: Content;
  readonly report?: Report;
  /** @default 'quickly', which takes a quarter less time where each statement is new, as in tests */
  readonly compilation?: Compilation;
  /** Runs a Neo4j on a folder. @default in a process of its own */
  readonly run?: RunNeo4j;
}

async function startLocal(options: ThrowAwayOptions): Promise<RunningDatabase> {
  const { content, report = () => {}, compilation = 'quickly' } = options;
  const { run = (folder) => localDatabase(folder, report, compilation) } = options;
  const store = await storeOf(content, report, options.run);
  const home = mkdtempSync(join(tmpdir(), 'silkgraph-test-'));
  const remove = () => rmSync(home, { recursive: true, force: true });
  try {
    cpSync(store, join(home, 'data'), { recursive: true });
    const { address, close } = await run(home);
    return { address, close: () => close().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

async function startContainer({ content }: ThrowAwayOptions): Promise<RunningDatabase> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const container = await new GenericContainer(imageOf(process.env.SILKGRAPH_NEO4J_VERSION || undefined))
    .withEnvironment({ NEO4J_AUTH: 'none' })
    .withExposedPorts(7687)
    .withWaitStrategy(Wait.forLogMessage('Started.'))
    .start();
  const address = addressAt(`bolt://${container.getHost()}:${container.getMappedPort(7687)}`);
  const close = async () => {
    await container.stop();
  };
  try {
    await content.write(address);
    return { address, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Starts a Neo4j that leaves nothing behind, even if this process is killed; the caller closes it. */
export async function throwAwayDatabase(options: ThrowAwayOptions): Promise<RunningDatabase> {
  try {
    return await startLocal(options);
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.reason !== 'unavailable') throw error;
    if (await isDockerThere()) return startContainer(options);
    throw new Error(
      [
        'The tests need a Neo4j, by one of three ways:',
        '  1. set NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD to that of an empty one;',
        `  2. install Java ${leastJavaFor(testedNeo4j)} or newer and Maven, and it is run here (now: ${error.message});`,
        '  3. install and start Docker, and it is run in a container (now: no Docker engine answers).',
      ].join('\n'),
    );
  }
}
