import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { requireSpace } from '../../engine/database/system/free-space.ts';

export interface Neo4jSettings {
  /** Folder of Neo4j's data, settings, logs and the file `port`. */
  readonly home: string;
  readonly authentication: boolean;
  /** Sizes as Java and Neo4j write them: `256m`. */
  readonly heap?: string;
  readonly pageCache?: string;
  /** More of Neo4j's settings, by their names. */
  readonly settings?: Readonly<Record<string, string>>;
}

export const defaultHeap = '512m';

/**
 * What one transaction may take of the heap, of which Neo4j gives 70 % to all together: a quarter, so that the others go on
 * beside one that takes too much.
 */
function transactionMemory(heap: string): string {
  const [, size, unit] = /^(\d+)([mg])$/i.exec(heap) ?? [];
  if (!size) throw new Error(`The heap ${heap} is not written as 512m or 4g.`);
  return `${Math.ceil((Number(size) * (unit?.toLowerCase() === 'g' ? 1024 : 1)) / 4)}m`;
}

/** The port of the Neo4j of a folder once it is ready, and then the last one that it had. */
export function readPort(home: string): number | undefined {
  try {
    return Number(readFileSync(join(home, 'port'), 'utf8'));
  } catch {
    return undefined;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

/**
 * Whether a port is free, or soon will be: a killed process may occupy it for a moment after it seems to have exited.
 */
async function becomesFree(port: number): Promise<boolean> {
  for (const deadline = Date.now() + 2_000; Date.now() < deadline; await sleep(50)) if (await isFree(port)) return true;
  return false;
}

/**
 * Writes the settings of a Neo4j that will listen on 127.0.0.1 only, on its previous port if that is free, and removes the
 * file `port` until it is ready.
 * @throws DatabaseError `start-failed` when the disk has too little space
 */
export async function writeNeo4jSettings(options: Neo4jSettings): Promise<void> {
  const { home, authentication, heap = defaultHeap, pageCache = '256m' } = options;
  mkdirSync(home, { recursive: true, mode: 0o700 });
  requireSpace(home);
  const before = readPort(home);
  const port = before !== undefined && (await becomesFree(before)) ? before : 0;
  rmSync(join(home, 'port'), { force: true });
  const settings = {
    'server.bolt.enabled': true,
    'server.bolt.listen_address': `127.0.0.1:${port}`,
    'dbms.security.auth_enabled': authentication,
    'dbms.usage_report.enabled': false,
    'server.memory.pagecache.size': pageCache,
    'db.memory.transaction.max': transactionMemory(heap),
    'db.tx_log.preallocate': false,
    'db.tx_log.rotation.retention_policy': '100M size',
    // Otherwise Neo4j waits 10 s when it stops, although no client is left.
    'internal.dbms.bolt.netty_server_shutdown_quiet_period': 0,
    // What Neo4j does ten times a second and once a second, also while nobody asks.
    'internal.vm_pause_monitor.enabled': false,
    'internal.db.idcontroller.maintenance_interval': '10s',
    ...options.settings,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(join(home, 'neo4j.conf'), lines.join(''));
}
