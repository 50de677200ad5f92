import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { neo4jVersion, prepareRuntime } from '../../../src/database/managed/runtime.ts';
import { hasMaven } from '../../setup/has-maven.ts';
import { projectFolder } from '../../setup/project-folder.ts';
import { holdDatabase } from '../kept-folder.ts';

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'silkgraph-runtime-'));
  // A process killed a moment ago may have added a file since.
  onTestFinished(() => vi.waitFor(() => rmSync(folder, { recursive: true, force: true }), 10_000));
  return folder;
}

it('has the launcher compiled by the Java that runs it', async () => {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'bin'));
  const fake = (name: string, script: string) =>
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  fake('java', 'echo \'openjdk version "25.0.3"\' >&2');
  fake('mvn', 'echo "$@"; exit 1');
  vi.stubEnv('PATH', `${join(folder, 'bin')}:${process.env.PATH}`);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const prepared = prepareRuntime({ folder, javaHome: folder, neo4jVersion: '2026.08.1' }, () => {});
  await expect(prepared).rejects.toThrow(`maven.compiler.executable=${join(folder, 'bin/javac')}`);
});

describe.skipIf(!hasMaven)('prepareRuntime', { timeout: 300_000 }, () => {
  it('fetches Neo4j once for all who ask at the same time, and again for none', async () => {
    const folder = emptyFolder();
    const steps: string[] = [];
    const ask = () => prepareRuntime({ folder }, (step) => steps.push(step));
    const [first, second] = await Promise.all([ask(), ask()]);
    expect(second).toEqual(first);
    expect(await ask()).toEqual(first);
    expect(steps.filter((step) => step.startsWith('Fetching'))).toHaveLength(1);
    expect(readdirSync(folder)).toEqual([first.folder.slice(folder.length + 1)]);
    expect(readdirSync(join(first.folder, 'lib'))).toContain(`neo4j-bolt-${neo4jVersion}.jar`);
  });

  it('is not blocked by a process that was killed while it fetched', async () => {
    const folder = emptyFolder();
    const killed = holdDatabase(folder);
    const parts = () => readdirSync(folder).filter((name) => name.endsWith('.part'));
    await vi.waitUntil(() => parts().length > 0, { timeout: 60_000 });
    await killed.end('SIGKILL');
    const { folder: runtime } = await prepareRuntime({ folder }, () => {});
    expect(readdirSync(join(runtime, 'lib')).length).toBeGreaterThan(100);
  });

  it('is not blocked by what the Maven of such a process is still writing', async () => {
    const folder = emptyFolder();
    const { folder: known } = await prepareRuntime({ folder: projectFolder }, () => {});
    const library = join(folder, `${basename(known)}.abandoned.part`, 'lib');
    mkdirSync(library, { recursive: true });
    const script = `const [, library] = process.argv;
      for (let count = 0; ; count += 1) {
        try {
          fs.mkdirSync(library, { recursive: true });
          fs.writeFileSync(library + '/' + count, '');
        } catch {}
      }`;
    const writer = spawn(process.execPath, ['-e', script, library], { stdio: 'ignore' });
    const ended = once(writer, 'exit');
    onTestFinished(async () => {
      writer.kill('SIGKILL');
      await ended;
    });
    await vi.waitUntil(() => readdirSync(library).length > 0, { timeout: 60_000 });
    const { folder: runtime } = await prepareRuntime({ folder }, () => {});
    expect(readdirSync(join(runtime, 'lib')).length).toBeGreaterThan(100);
  });

  it('says what Maven said when it fails', async () => {
    vi.stubEnv('MAVEN_ARGS', `--offline -Dmaven.repo.local=${emptyFolder()}`);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const folder = emptyFolder();
    await expect(prepareRuntime({ folder }, () => {})).rejects.toThrow(/^Maven could not fetch Neo4j[\s\S]*\[ERROR\]/);
    await expect(prepareRuntime({ folder }, () => {})).rejects.toMatchObject({ reason: 'unavailable' });
  });
});
