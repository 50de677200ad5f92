import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import type { RunningDatabase } from './local-database.ts';
import type { ProjectName } from './projects.ts';

/** Databases that every run of a project needs: they start while the tests of `unit`, which need none, are running. */
const needed: Readonly<Partial<Record<ProjectName, string>>> = { graph: 'shared', writes: 'worker-1' };

async function start(name: string): Promise<RunningDatabase> {
  // Loaded on first use: a unit test starts sooner without it.
  const { startDatabase } = await import('./start-database.ts');
  return startDatabase(name);
}

declare global {
  /** Of all projects of the run, each of which loads this file for itself. */
  var testDatabases: Map<string, Promise<RunningDatabase>> | undefined;
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
  const first = needed[project.name as ProjectName];
  // The test that asks for it reports why it could not be started.
  if (first !== undefined) find(first).catch(() => {});
  return async () => {
    server.close();
    server.closeAllConnections();
    const ending = [...databases.values()];
    databases.clear();
    const started = await Promise.allSettled(ending);
    await Promise.all(started.map((result) => result.status === 'fulfilled' && result.value.close()));
  };
}
