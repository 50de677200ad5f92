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

/**
 * Provides the address of a little server that returns the address of a database by its name, and starts the database
 * when a test file first needs it. A run without such a file starts none. All end with the run.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const databases = new Map<string, Promise<RunningDatabase>>();
  const server = createServer(async ({ url = '/' }, response) => {
    const name = url.slice(1);
    const database = databases.get(name) ?? start(name);
    databases.set(name, database);
    await database.then(
      ({ address }) => response.end(JSON.stringify(address)),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  project.provide('databases', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return async () => {
    server.close();
    server.closeAllConnections();
    const started = await Promise.allSettled(databases.values());
    await Promise.all(started.map((result) => result.status === 'fulfilled' && result.value.close()));
  };
}
