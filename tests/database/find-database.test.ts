import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isDockerThere } from '../../src/database/container-engine.ts';
import { findDatabase } from '../../src/database/find-database.ts';
import { openDriver } from '../../src/database/open-driver.ts';
import { verifyDatabase } from '../../src/database/verify-database.ts';

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

  /** A `java` of the version, and nothing else. */
  function javaHome(version: string): string {
    const home = emptyFolder();
    const java = join(home, 'bin', 'java');
    mkdirSync(join(home, 'bin'));
    writeFileSync(java, `#!/bin/sh\necho 'openjdk version "${version}"' >&2\n`);
    chmodSync(java, 0o755);
    return home;
  }

  it('names the three ways, and what each lacks, where there is neither Java nor Docker', async () => {
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
    await expect(found).rejects.toThrow('is Java 11; it takes 17 or newer');
  });

  it('says that Maven is missing while Neo4j is not there yet', async () => {
    vi.stubEnv('PATH', emptyFolder());
    const found = findDatabase({ folder: emptyFolder(), javaHome: javaHome('21') });
    await expect(found).rejects.toThrow('Maven (mvn) was not found');
  });

  it('runs a container where there is no Java but a Docker engine', { timeout: 300_000 }, async (context) => {
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
