import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  databaseStatus,
  findDatabase,
  startDatabase,
  stopDatabase,
} from '../../../src/cli/managed-database/find-database.ts';
import { readLease, writeLease } from '../../../src/cli/managed-database/neo4j-lease.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import { identify, isRunning } from '../../../src/engine/database/system/process-identity.ts';
import { verifyDatabase } from '../../../src/engine/database/verify-database.ts';
import { holdDatabase, javasOn, keptFolder, recordedPid } from '../../engine/database/kept-folder.ts';

const until = (check: () => boolean) => vi.waitUntil(check, { timeout: 60_000, interval: 20 });

async function kill(pid: number): Promise<void> {
  const victim = identify(pid);
  process.kill(pid, 'SIGKILL');
  await until(() => !isRunning(victim));
}

/** A process that has nothing to do with us. */
async function stranger(): Promise<ChildProcess & { pid: number }> {
  const sleeper = spawn('sleep', ['300']);
  await once(sleeper, 'spawn');
  onTestFinished(() => {
    sleeper.kill();
  });
  return sleeper as ChildProcess & { pid: number };
}

describe('the managed local Neo4j', { timeout: 120_000 }, () => {
  it('stays when it was started to stay, keeps its port and its data, and ends when told', async () => {
    const folder = await keptFolder();
    const started = await startDatabase({ folder });
    expect(started).toMatchObject({ origin: 'local', keptBy: 'command', users: [] });

    const used = await findDatabase({ folder });
    const driver = openDriver(used.address);
    await driver.executeQuery('CREATE (:Entity {id: "kept"})');
    await driver.close();
    await used.close();
    expect(await databaseStatus({ folder })).toEqual(started);

    expect(await stopDatabase({ folder })).toEqual(started);
    expect(javasOn(folder)).toEqual([]);
    expect(await stopDatabase({ folder })).toBeUndefined();

    const again = await findDatabase({ folder });
    expect(again.address).toEqual(used.address);
    const reader = openDriver(again.address);
    const { records } = await reader.executeQuery('MATCH (entity:Entity) RETURN entity.id AS id');
    expect(records.map((record) => record.get('id'))).toEqual(['kept']);
    await reader.close();
    await again.close();
  });
});

describe.skipIf(process.platform !== 'linux')(
  'the managed local Neo4j, when things end badly',
  { timeout: 180_000 },
  () => {
    it('is adopted, and ended, by the next process when the one that started it was killed', async () => {
      const folder = await keptFolder();
      const killed = holdDatabase(folder);
      const uses = await killed.next('Uses ');
      await killed.end('SIGKILL');
      const javas = javasOn(folder);
      expect(javas).toHaveLength(1);

      const adopter = holdDatabase(folder);
      expect(await adopter.next('Uses ')).toBe(uses);
      expect(adopter.lines[0]).toMatch(/^Using the Neo4j that runs already/);
      expect(javasOn(folder)).toEqual(javas);
      await adopter.end('SIGTERM');
      expect(javasOn(folder)).toEqual([]);
    });

    it('is one Java process for two that start at the same time', async () => {
      const folder = await keptFolder();
      const holders = [holdDatabase(folder), holdDatabase(folder), holdDatabase(folder)];
      const uses = await Promise.all(holders.map((holder) => holder.next('Uses ')));
      expect(new Set(uses).size).toBe(1);
      expect(javasOn(folder)).toHaveLength(1);
      const starts = holders.flatMap(({ lines }) => lines).filter((line) => line.startsWith('Starting'));
      expect(starts).toHaveLength(1);

      for (const holder of holders) {
        expect(javasOn(folder)).toHaveLength(1);
        await holder.end('SIGTERM');
      }
      expect(javasOn(folder)).toEqual([]);
    });

    it('is stopped by the remaining user if one of two was killed', async () => {
      const folder = await keptFolder();
      const [first, second] = [holdDatabase(folder), holdDatabase(folder)];
      await Promise.all([first.next('Uses '), second.next('Uses ')]);
      await first.end('SIGKILL');
      await second.end('SIGTERM');
      expect(javasOn(folder)).toEqual([]);
    });

    it('starts again, on the same data and port, after Java was killed', async () => {
      const folder = await keptFolder();
      const first = await findDatabase({ folder });
      const driver = openDriver(first.address);
      await driver.executeQuery('CREATE (:Entity {id: "committed"})');
      await driver.close();
      await kill(Number(recordedPid(folder)));
      expect(await databaseStatus({ folder })).toBeUndefined();

      const second = await findDatabase({ folder });
      expect(second.address).toEqual(first.address);
      const reader = openDriver(second.address);
      const { records } = await reader.executeQuery('MATCH (entity:Entity) RETURN entity.id AS id');
      await reader.close();
      expect(records.map((record) => record.get('id'))).toEqual(['committed']);
      await first.close();
      expect(javasOn(folder)).toHaveLength(1);
      await second.close();
      expect(javasOn(folder)).toEqual([]);
    });

    it('takes another port when its own is taken', async () => {
      const folder = await keptFolder();
      const first = await findDatabase({ folder });
      await first.close();
      const squatter = createServer().listen(Number(new URL(first.address.uri).port), '127.0.0.1');
      await once(squatter, 'listening');
      const second = await findDatabase({ folder });
      squatter.close();
      expect(second.address.uri).not.toBe(first.address.uri);
      await second.close();
    });

    it.each([0, 100, 700, 2_000])('is whole after the start was killed %i ms after Java began', async (delay) => {
      const folder = await keptFolder();
      const killed = holdDatabase(folder);
      await until(() => recordedPid(folder) !== undefined);
      await new Promise((resolve) => setTimeout(resolve, delay));
      await killed.end('SIGKILL');

      const next = await findDatabase({ folder });
      expect(javasOn(folder)).toEqual([recordedPid(folder)]);
      const driver = openDriver(next.address);
      await verifyDatabase(driver, next.address);
      await driver.close();
      await next.close();
      expect(javasOn(folder)).toEqual([]);
    });

    it('is ended when its start is interrupted', async () => {
      const folder = await keptFolder();
      const interrupted = holdDatabase(folder);
      await until(() => recordedPid(folder) !== undefined);
      await interrupted.end('SIGTERM');
      expect(javasOn(folder)).toEqual([]);
      expect(recordedPid(folder)).toBeUndefined();
    });

    it('is ended when its start is interrupted after it answers', async () => {
      const folder = await keptFolder();
      const aborter = new AbortController();
      const refused = expect(findDatabase({ folder }, () => {}, aborter.signal)).rejects.toThrow('aborted');
      await until(() => existsSync(join(folder, 'neo4j', 'port')));
      // It is being given its password.
      await new Promise((resolve) => setTimeout(resolve, 100));
      aborter.abort();
      await refused;
      expect(javasOn(folder)).toEqual([]);
    });

    it('is given its password when the start was killed before that', async () => {
      const folder = await keptFolder();
      const killed = holdDatabase(folder);
      await until(() => existsSync(join(folder, 'neo4j', 'port')));
      await killed.end('SIGKILL');
      expect(killed.lines).toEqual([expect.stringMatching(/^Starting/)]);

      const next = await findDatabase({ folder });
      const driver = openDriver(next.address);
      await verifyDatabase(driver, next.address);
      await driver.close();
      await next.close();
    });

    it('says so when the password beside the data is not its own', async () => {
      const folder = await keptFolder();
      await (await findDatabase({ folder })).close();
      writeFileSync(join(folder, 'neo4j', 'password'), 'of another database');
      await expect(findDatabase({ folder })).rejects.toThrow(
        /^The password in .* does not open the database beside it/,
      );
      expect(javasOn(folder)).toEqual([]);
    });

    it('neither uses nor kills a process that has the recorded number and is another', async () => {
      const folder = await keptFolder();
      const { pid, ...sleeper } = await stranger();
      const home = join(folder, 'neo4j');
      mkdirSync(home, { recursive: true });
      const since = new Date(0).toISOString();
      writeLease(home, {
        ...{ origin: 'local', version: '5.26.30', since, keptBy: 'command', users: [] },
        ...{ uri: 'bolt://127.0.0.1:1', neo4j: { pid, started: 'before the machine was started anew' } },
      });
      expect(await databaseStatus({ folder })).toBeUndefined();

      const found = await findDatabase({ folder });
      expect(readLease(home)?.neo4j.pid).not.toBe(pid);
      await found.close();
      expect(javasOn(folder)).toEqual([]);
      expect(sleeper.exitCode).toBeNull();
      expect(identify(pid).pid).toBe(pid);
    });

    it('says so when its data are damaged', async () => {
      const folder = await keptFolder();
      const store = join(folder, 'neo4j/data/databases/neo4j');
      mkdirSync(store, { recursive: true });
      writeFileSync(join(store, 'neostore'), 'damaged');
      await expect(findDatabase({ folder })).rejects.toThrow(/The database cannot be opened; .*debug\.log says why/);
      expect(javasOn(folder)).toEqual([]);
    });

    it('says what Neo4j said when it cannot start', async () => {
      const folder = await keptFolder();
      await expect(findDatabase({ folder, memory: { heap: '512m', pageCache: 'plenty' } })).rejects.toThrow(
        /Neo4j ended while it started[\s\S]*plenty/,
      );
      expect(recordedPid(folder)).toBeUndefined();
      expect(javasOn(folder)).toEqual([]);
    });
  },
);
