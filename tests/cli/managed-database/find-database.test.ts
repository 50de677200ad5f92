import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isDockerThere } from '../../../src/cli/managed-database/container-engine.ts';
import { databaseStatus, findDatabase, stopDatabase } from '../../../src/cli/managed-database/find-database.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import { withLock } from '../../../src/engine/database/system/with-lock.ts';
import { verifyDatabase } from '../../../src/engine/database/verify-database.ts';
import { keptFolder } from '../../engine/database/kept-folder.ts';
import { testAddress } from '../../setup/database.ts';

describe('findDatabase', () => {
  const folders: string[] = [];
  const emptyFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), 'silkgraph-find-'));
    folders.push(folder);
    return folder;
  };
  afterEach(() => {
    vi.unstubAllEnvs();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  function program(path: string, ...lines: readonly string[]): void {
    writeFileSync(path, ['#!/bin/sh', ...lines, ''].join('\n'));
    chmodSync(path, 0o755);
  }

  /** A `java` of the version, and nothing else. */
  function javaHome(version: string): string {
    const home = emptyFolder();
    mkdirSync(join(home, 'bin'));
    program(join(home, 'bin', 'java'), `echo 'openjdk version "${version}"' >&2`);
    return home;
  }

  /** A `docker` that pretends to run a Neo4j, that of the tests, and records its arguments. */
  async function docker(create = 'echo container-1') {
    const path = emptyFolder();
    const asked = join(path, 'asked');
    program(
      join(path, 'docker'),
      `echo "$1" >> ${asked}`,
      'case "$1" in',
      `  create) ${create} ;;`,
      '  inspect) echo true container-1 ;;',
      '  logs) echo Started. ;;',
      `  port) echo ${new URL((await testAddress()).uri).host} ;;`,
      'esac',
    );
    return { path, asked: () => (existsSync(asked) ? readFileSync(asked, 'utf8').trim().split('\n') : []) };
  }

  /** A folder whose database has this file. */
  function folderWith(name: string, text: string): string {
    const folder = emptyFolder();
    mkdirSync(join(folder, 'neo4j'));
    writeFileSync(join(folder, 'neo4j', name), text);
    return folder;
  }

  it('names the three options, and what each lacks, if there is neither Java nor Docker', async () => {
    vi.stubEnv('PATH', emptyFolder());
    const found = findDatabase({ folder: emptyFolder() });
    await expect(found).rejects.toMatchObject({ name: 'DatabaseError', reason: 'unavailable' });
    await expect(found).rejects.toThrow(
      /NEO4J_URI[\s\S]*Java 17[\s\S]*java was not found[\s\S]*no Docker engine answers/,
    );
  });

  it('says that Java is too old', async () => {
    vi.stubEnv('PATH', emptyFolder());
    const found = findDatabase({ folder: emptyFolder(), javaHome: javaHome('11.0.2') });
    await expect(found).rejects.toThrow(/is Java 11; Neo4j 5\.26\.\d+ takes 17 or newer/);
  });

  it('says that Maven is missing while Neo4j is not there yet', async () => {
    vi.stubEnv('PATH', emptyFolder());
    const found = findDatabase({ folder: emptyFolder(), javaHome: javaHome('21') });
    await expect(found).rejects.toThrow('Maven (mvn) was not found');
  });

  it('says that the disk is full where Neo4j is fetched to', async () => {
    const path = emptyFolder();
    program(join(path, 'mvn'), 'echo "[ERROR] a.jar: No space left on device -> [Help 1]"', 'exit 1');
    vi.stubEnv('PATH', path);
    const found = findDatabase({ folder: emptyFolder(), javaHome: javaHome('21') });
    await expect(found).rejects.toMatchObject({ reason: 'start-failed' });
    await expect(found).rejects.toThrow(/^The disk is full: .*Make room/);
  });

  it('says which setting names a folder that cannot be created', async () => {
    const folder = join(folderWith('file', ''), 'neo4j', 'file', 'below');
    await expect(findDatabase({ folder })).rejects.toThrow(/below\/neo4j cannot be created .*Set SILKGRAPH_FOLDER/);
  });

  it('does not take an empty container for the graph that is in the folder, where Java is no longer found', async () => {
    const { path, asked } = await docker();
    vi.stubEnv('PATH', path);
    const folder = emptyFolder();
    mkdirSync(join(folder, 'neo4j', 'data'), { recursive: true });
    const found = findDatabase({ folder, javaHome: '/mistyped' });
    await expect(found).rejects.toMatchObject({ reason: 'unavailable' });
    await expect(found).rejects.toThrow(
      /belongs to a Neo4j that is run here with Java[\s\S]*\/mistyped\/bin\/java was not found[\s\S]*SILKGRAPH_FOLDER/,
    );
    expect(asked()).toEqual([]);
  });

  it('does not begin with an empty folder for the graph that is in a container, where Docker no longer answers', async () => {
    const folder = await keptFolder();
    const { path, asked } = await docker();
    vi.stubEnv('PATH', path);
    const first = await findDatabase({ folder, javaHome: '/nowhere' });
    expect(first.origin).toBe('container');
    await first.close();
    expect(asked()).toContain('create');

    vi.stubEnv('PATH', emptyFolder());
    const second = findDatabase({ folder, javaHome: javaHome('21') });
    await expect(second).rejects.toMatchObject({ reason: 'unavailable' });
    await expect(second).rejects.toThrow(/belongs to a Neo4j in a container[\s\S]*no Docker engine answers/);
  });

  it('does not guess where the graph is when what says so is broken', async () => {
    vi.stubEnv('PATH', emptyFolder());
    const folder = folderWith('origin', 'elsewhere');
    await expect(findDatabase({ folder })).rejects.toMatchObject({ reason: 'unreadable' });
    await expect(findDatabase({ folder })).rejects.toThrow('does not say where the graph is');
  });

  it('stops fetching the image of a container when told', async () => {
    const { path, asked } = await docker('exec /bin/sleep 60');
    vi.stubEnv('PATH', path);
    const aborter = new AbortController();
    const found = findDatabase({ folder: emptyFolder(), javaHome: '/nowhere' }, () => {}, aborter.signal);
    const refused = expect(found).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(asked).toContain('create');
    aborter.abort();
    await refused;
  });

  it.each(['', '{"origin":"local"', 'null', '{}'])(
    'says that it is unknown what runs if the record is %j',
    async (text) => {
      const folder = folderWith('record.json', text);
      for (const attempt of [databaseStatus, stopDatabase, findDatabase]) {
        await expect(attempt({ folder })).rejects.toMatchObject({ name: 'DatabaseError', reason: 'unreadable' });
        await expect(attempt({ folder })).rejects.toThrow(/record\.json is broken[\s\S]*then delete the file/);
      }
      expect(readFileSync(join(folder, 'neo4j', 'record.json'), 'utf8')).toBe(text);
    },
  );

  it('stops waiting to stop a Neo4j that another process is starting, when told', async () => {
    const record = { origin: 'local', neo4j: { pid: 1, started: 'another time' }, users: [] };
    const folder = folderWith('record.json', JSON.stringify(record));
    await withLock(join(folder, 'neo4j', 'lock'), async () => {
      const aborter = new AbortController();
      const stopped = stopDatabase({ folder }, () => aborter.abort(), aborter.signal);
      await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    });
  });

  it('runs a container if there is a Docker engine but no Java', { timeout: 300_000 }, async (context) => {
    if (!(await isDockerThere())) {
      console.warn('SKIPPED: Neo4j in a container was not tried, because no Docker engine answers.');
      return context.skip('no Docker engine answers');
    }
    const found = await findDatabase({ folder: emptyFolder(), javaHome: emptyFolder() });
    expect(found.origin).toBe('container');
    const driver = openDriver(found.address);
    await verifyDatabase(driver, found.address).finally(() => driver.close());
    await found.close();
  });
});
