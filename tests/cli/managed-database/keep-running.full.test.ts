import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  databaseStatus,
  type FoundDatabase,
  findDatabase,
  startDatabase,
  stopDatabase,
} from '../../../src/cli/managed-database/find-database.ts';
import { keepRunning } from '../../../src/cli/managed-database/keep-running.ts';
import { acquireNeo4j } from '../../../src/cli/managed-database/managed-neo4j.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import { identify, isRunning } from '../../../src/engine/database/system/process-identity.ts';
import { holdDatabase, javasOn, keptFolder, recordedPid } from '../../engine/database/kept-folder.ts';

const hasPrlimit = spawnSync('prlimit', ['--version']).status === 0;

const until = (check: () => boolean) => vi.waitUntil(check, { timeout: 60_000, interval: 20 });

async function killNeo4j(folder: string): Promise<void> {
  const victim = identify(Number(recordedPid(folder)));
  process.kill(victim.pid, 'SIGKILL');
  await until(() => !isRunning(victim));
}

/** Keeps a database as a server does, until the end of the test. */
function keep(database: FoundDatabase) {
  const lines: string[] = [];
  const kept = database.keep((line) => lines.push(line));
  onTestFinished(() => database.close());
  return { lines, kept, again: () => until(() => lines.at(-1) === 'The local Neo4j runs again') };
}

/** Takes a port, which a killed process may occupy for a moment still. */
async function occupy(port: number): Promise<void> {
  const squatter = createServer();
  onTestFinished(() => void squatter.close());
  await vi.waitFor(() => once(squatter.listen(port, '127.0.0.1'), 'listening'), 10_000);
}

/** Writes once: the driver would try a transaction again. */
async function write(database: FoundDatabase): Promise<void> {
  const driver = openDriver(database.address);
  await driver
    .session()
    .run('CREATE (:Entity {id: "kept"})')
    .finally(() => driver.close());
}

async function read(database: FoundDatabase): Promise<readonly string[]> {
  const driver = openDriver(database.address);
  const { records } = await driver.executeQuery('MATCH (entity:Entity) RETURN entity.id AS id');
  await driver.close();
  return records.map((record) => record.get('id'));
}

describe.skipIf(process.platform !== 'linux')(
  'a managed Neo4j that a server keeps running',
  { timeout: 180_000 },
  () => {
    it('is started again on the same port and data when it was killed, and ends with its user', async () => {
      const folder = await keptFolder();
      const database = await findDatabase({ folder });
      await write(database);
      const { lines, kept, again } = keep(database);
      await killNeo4j(folder);
      await again();
      expect(lines[0]).toBe('The local Neo4j ended. It is started again');
      expect(await read(database)).toEqual(['kept']);
      expect(await databaseStatus({ folder })).toMatchObject({ uri: database.address.uri, users: [process.pid] });
      await database.close();
      await kept;
      expect(javasOn(folder)).toEqual([]);
    });

    it('is started again when its database panics, as it does where it can write no more', async ({ skip }) => {
      if (!hasPrlimit) return skip('no program prlimit, which util-linux brings');
      const folder = await keptFolder();
      const database = await findDatabase({ folder });
      await write(database);
      const { again } = keep(database);
      const before = recordedPid(folder);
      // Its files may grow no longer, as on a full disk.
      execFileSync('prlimit', ['--pid', String(before), '--fsize=1024']);
      await expect(write(database)).rejects.toThrow();
      await again();
      expect(recordedPid(folder)).not.toBe(before);
      await write(database);
      expect(await read(database)).toEqual(['kept', 'kept']);
    });

    it('remains in use by its server when another process starts it again, uses it, and ends', async () => {
      const folder = await keptFolder();
      const database = await findDatabase({ folder });
      await killNeo4j(folder);
      // It does not look after its database, and is a user of it nevertheless.
      const other = holdDatabase(folder);
      await other.next('Uses ');
      const users = (await databaseStatus({ folder }))?.users;
      expect(users).toEqual([process.pid, other.process.pid]);
      await other.end('SIGTERM');
      expect(javasOn(folder)).toHaveLength(1);
      await database.close();
      expect(javasOn(folder)).toEqual([]);
    });

    it('stays stopped on command, and is used again once it is started on command', async () => {
      const folder = await keptFolder();
      const database = await findDatabase({ folder });
      const { lines, again } = keep(database);
      await stopDatabase({ folder });
      await startDatabase({ folder });
      await again();
      expect(lines).not.toContainEqual(expect.stringMatching(/^Starting/));
      expect(await databaseStatus({ folder })).toMatchObject({ users: [process.pid], keptBy: 'command' });
    });

    it('is given up after several tries, with what Neo4j said', async () => {
      const folder = await keptFolder();
      const used = await acquireNeo4j({ folder }, 'server', () => {});
      await killNeo4j(folder);
      const lines: string[] = [];
      const settings = { folder, memory: { heap: '512m', pageCache: 'plenty' } };
      const options = { report: (line: string) => lines.push(line), signal: new AbortController().signal };
      await expect(keepRunning(settings, used, { ...options, pauses: [0, 100] })).rejects.toThrow(
        /Neo4j ended while it started[\s\S]*plenty/,
      );
      expect(lines.filter((line) => line.startsWith('The local Neo4j ended.'))).toEqual([
        'The local Neo4j ended. It is started again',
        'The local Neo4j ended. It is started again in 0.1 s',
      ]);
      expect(lines.filter((line) => line.startsWith('The local Neo4j could not be started again'))).toHaveLength(2);
    });

    it('is given up when its port was taken meanwhile', async () => {
      const folder = await keptFolder();
      const database = await findDatabase({ folder });
      await killNeo4j(folder);
      await occupy(Number(new URL(database.address.uri).port));
      await expect(keep(database).kept).rejects.toThrow(
        `no longer at ${database.address.uri}. Start the server again.`,
      );
    });
  },
);
