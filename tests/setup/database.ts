import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, inject } from 'vitest';
import type { Address, Report } from '../../src/database/address.ts';
import { isDockerThere } from '../../src/database/container-engine.ts';
import { DatabaseError } from '../../src/database/database-error.ts';
import { launchNeo4j, waitUntilUp } from '../../src/database/launch-neo4j.ts';
import { openDriver } from '../../src/database/open-driver.ts';
import { end } from '../../src/database/process-identity.ts';
import { prepareRuntime } from '../../src/database/runtime.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    neo4j: Address;
    /** One for each worker. */
    lentDatabases: readonly Address[];
  }
}

/** Where the product keeps Neo4j's jars, so that tests and server fetch them once. */
export const projectFolder = fileURLToPath(new URL('../../.silkgraph', import.meta.url));

export interface ThrowAwayDatabase {
  readonly address: Address;
  close(): Promise<void>;
}

/** The database of the whole run, shared by all test files: for reading only. */
export function testAddress(): Address {
  return inject('neo4j');
}

async function startLocal(report: Report, quickStart: boolean): Promise<ThrowAwayDatabase> {
  const runtime = await prepareRuntime({ folder: projectFolder }, report);
  const home = mkdtempSync(join(tmpdir(), 'silkgraph-test-'));
  const neo4j = await launchNeo4j({ runtime, home, authentication: false, throwAway: true, quickStart });
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

async function startContainer(): Promise<ThrowAwayDatabase> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const container = await new GenericContainer('neo4j:5.26-community')
    .withEnvironment({ NEO4J_AUTH: 'none' })
    .withExposedPorts(7687)
    .withWaitStrategy(Wait.forLogMessage('Started.'))
    .start();
  const uri = `bolt://${container.getHost()}:${container.getMappedPort(7687)}`;
  return {
    address: { uri, username: 'neo4j', password: 'not asked for', database: 'neo4j' },
    close: async () => {
      await container.stop();
    },
  };
}

interface ThrowAwayOptions {
  readonly report?: Report;
  /** For one that lives for a minute. @default true */
  readonly quickStart?: boolean;
}

/** Starts an empty Neo4j that leaves nothing behind, even if this process is killed; the caller closes it. */
export async function throwAwayDatabase(options: ThrowAwayOptions = {}): Promise<ThrowAwayDatabase> {
  const { report = () => {}, quickStart = true } = options;
  try {
    return await startLocal(report, quickStart);
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.reason !== 'unavailable') throw error;
    if (await isDockerThere()) return startContainer();
    throw new Error(
      [
        'The tests need a Neo4j, by one of three ways:',
        '  1. set NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD to that of an empty one;',
        `  2. install Java 17 or newer and Maven, and it is run here (now: ${error.message});`,
        '  3. install and start Docker, and it is run in a container (now: no Docker engine answers).',
      ].join('\n'),
    );
  }
}

async function empty(address: Address): Promise<void> {
  const driver = openDriver(address);
  try {
    await driver.executeQuery('MATCH (node) DETACH DELETE node', {}, { database: 'neo4j' });
  } finally {
    await driver.close();
  }
}

let isLent = false;

/** The database of this worker, whose test files run one after the other; a new one where it is in use. */
async function emptyDatabase(): Promise<ThrowAwayDatabase> {
  const address = inject('lentDatabases')[Number(process.env.VITEST_POOL_ID) - 1];
  if (!address || isLent) return throwAwayDatabase();
  isLent = true;
  await empty(address);
  return {
    address,
    close: async () => {
      isLent = false;
    },
  };
}

/**
 * Gives a test file, or a `describe`, a Neo4j without data that nobody else writes to; the address is there once the
 * tests run. It runs already and has planned the product's statements before, which spares much time; so it may have
 * indexes and constraints of other tests.
 */
export function ownDatabase(): () => Address {
  let own: ThrowAwayDatabase | undefined;
  beforeAll(async () => {
    own = await emptyDatabase();
  });
  afterAll(() => own?.close());
  return () => {
    if (!own) throw new Error('The database is there once the tests run.');
    return own.address;
  };
}
