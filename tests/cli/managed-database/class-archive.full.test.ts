import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { launchNeo4j, waitUntilUp } from '../../../src/cli/managed-database/launch-neo4j.ts';
import { prepareRuntime } from '../../../src/cli/managed-database/runtime.ts';
import { end } from '../../../src/engine/database/system/process-identity.ts';
import { projectFolder } from '../../setup/project-folder.ts';

it.skipIf(process.platform !== 'linux')(
  'a Neo4j that ends leaves an archive of its classes, which the next one reads',
  { timeout: 120_000 },
  async () => {
    const found = await prepareRuntime({ folder: projectFolder }, () => {});
    // A Java of its own, as far as the archive goes.
    const runtime = { ...found, javaVersion: `test-${randomUUID()}` };
    const name = `classes-${runtime.javaVersion}.jsa`;
    const archive = join(runtime.folder, name);
    const home = mkdtempSync(join(tmpdir(), 'silkgraph-archive-'));
    onTestFinished(() => {
      rmSync(home, { recursive: true, force: true });
      rmSync(archive, { force: true });
    });
    const start = async () => {
      const neo4j = await launchNeo4j({ runtime, home, authentication: false, compilation: 'quickly' });
      onTestFinished(() => end(neo4j));
      await waitUntilUp(home, neo4j);
      return neo4j;
    };
    const isMapped = (pid: number) => readFileSync(`/proc/${pid}/maps`, 'utf8').includes(archive);

    const first = await start();
    expect(isMapped(first.pid)).toBe(false);
    await end(first);
    expect(readdirSync(runtime.folder).filter((file) => file.startsWith(name))).toEqual([name]);
    const second = await start();
    expect(isMapped(second.pid)).toBe(true);
    await end(second);
  },
);
