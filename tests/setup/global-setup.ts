import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import type { RunningDatabase } from './local-database.ts';

async function start(name: string): Promise<RunningDatabase> {
  // Loaded on first use: a unit test starts sooner without it.
  const { startDatabase } = await import('./start-database.ts');
  return startDatabase(name);
}

declare global {
  /** Of all projects of the run, each of which loads this file for itself. */
  var testDatabases: Map<string, Promise<RunningDatabase>> | undefined;
  /** Starts a database of the run before a test asks for it. */
  var startTestDatabase: ((name: string) => void) | undefined;
}

/**
 * Provides the address of a little server that returns the address of a database by its name, and starts the database
 * when it is first needed. A run without tests of a database starts none. All end with the run.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  globalThis.testDatabases ??= new Map();
  const databases = globalThis.testDatabases;
  const find = (name: string) => {
    const database = databases.get(name) ?? start(name);
    databases.set(name, database);
    return database;
  };
  const server = createServer(async ({ url = '/' }, response) => {
    await find(url.slice(1)).then(
      ({ address }) => response.end(JSON.stringify(address)),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  project.provide('databases', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  // The test that asks for it reports why it could not be started.
  globalThis.startTestDatabase = (name) => void find(name).catch(() => {});
  return async () => {
    server.close();
    server.closeAllConnections();
    const ending = [...databases.values()];
    databases.clear();
    const started = await Promise.allSettled(ending);
    await Promise.all(started.map((result) => result.status === 'fulfilled' && result.value.close()));
  };
}
