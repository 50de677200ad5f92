import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import type { TestDatabases } from './test-databases.ts';

declare global {
  /** Of all projects of the run, each of which loads this file for itself. */
  var testDatabases: Promise<TestDatabases> | undefined;
  /** Starts a database of the run before a test asks for it. */
  var startTestDatabase: ((name: string) => void) | undefined;
}

/** Loaded on first use: a unit test starts sooner without it. */
const open = async () => (await import('./test-databases.ts')).openTestDatabases();

async function find(name: string) {
  globalThis.testDatabases ??= open();
  return (await globalThis.testDatabases).find(name);
}

/**
 * Provides the address of a little server that returns the address of a database by its name, and starts the database
 * when it is first needed. A run without tests of a database starts none. All end with the run.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
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
    const databases = globalThis.testDatabases;
    globalThis.testDatabases = undefined;
    await (await databases)?.close();
  };
}
