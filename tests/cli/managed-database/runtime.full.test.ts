import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { neo4jVersion, prepareRuntime } from '../../../src/cli/managed-database/runtime.ts';
import { holdDatabase } from '../../engine/database/kept-folder.ts';
import { hasMaven } from '../../setup/has-maven.ts';
import { projectFolder } from '../../setup/project-folder.ts';

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'silkgraph-runtime-'));
  // A process killed a moment ago may have added a file since.
  onTestFinished(() => vi.waitFor(() => rmSync(folder, { recursive: true, force: true }), 10_000));
  return folder;
}

/** Puts programs of the given names, each a script of the shell, before those of the path. */
function fakePrograms(scripts: Readonly<Record<string, string>>): string {
  const folder = join(emptyFolder(), 'bin');
  mkdirSync(folder);
  for (const [name, script] of Object.entries(scripts))
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
  return folder;
}

/** Does what Maven does for a fetch: it puts what the project has already where it is told to. */
async function copyingMaven(): Promise<string> {
  const { folder } = await prepareRuntime({ folder: projectFolder }, () => {});
  return `for word; do case $word in -Druntime=*) exec cp -R '${folder}/.' "\${word#-Druntime=}" ;; esac; done`;
}

it('has the launcher compiled by the Java that runs it', async () => {
  const bin = fakePrograms({ java: 'echo \'openjdk version "25.0.3"\' >&2', mvn: 'echo "$@"; exit 1' });
  const javaHome = dirname(bin);
  const prepared = prepareRuntime({ folder: javaHome, javaHome, neo4jVersion: '2026.08.1' }, () => {});
  await expect(prepared).rejects.toThrow(`maven.compiler.executable=${join(bin, 'javac')}`);
});

it('has Maven keep what it fetches beside Neo4j where the user has no home to write to, and removes it in the end', async () => {
  const folder = emptyFolder();
  fakePrograms({ java: 'echo \'openjdk version "25.0.3"\' >&2', mvn: 'echo "$@"; exit 1' });
  const own = `-Dmaven.repo.local=${folder}/neo4j-`;
  await expect(prepareRuntime({ folder, home: '/absent' }, () => {})).rejects.toThrow(own);
  await expect(prepareRuntime({ folder, home: emptyFolder() }, () => {})).rejects.not.toThrow(own);
  fakePrograms({ mvn: `for word; do case $word in -Dmaven.repo.local=*) mkdir "\${word#*=}" ;; esac; done` });
  await prepareRuntime({ folder, home: '/absent' }, () => {});
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/^neo4j-[\d.]+-\w+$/)]);
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
    const copying = await copyingMaven();
    const begun = join(emptyFolder(), 'begun');
    fakePrograms({ mvn: `touch '${begun}'; exec sleep 300` });
    const killed = holdDatabase(folder);
    await vi.waitUntil(() => existsSync(begun), { timeout: 60_000 });
    await killed.end('SIGKILL');
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toHaveLength(1);
    fakePrograms({ mvn: copying });
    const { folder: runtime } = await prepareRuntime({ folder }, () => {});
    expect(readdirSync(join(runtime, 'lib')).length).toBeGreaterThan(100);
  });

  it('is not blocked by what the Maven of such a process is still writing', async () => {
    const folder = emptyFolder();
    const { folder: known } = await prepareRuntime({ folder: projectFolder }, () => {});
    fakePrograms({ mvn: await copyingMaven() });
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
    const folder = emptyFolder();
    await expect(prepareRuntime({ folder }, () => {})).rejects.toThrow(/^Maven could not fetch Neo4j[\s\S]*\[ERROR\]/);
    await expect(prepareRuntime({ folder }, () => {})).rejects.toMatchObject({ reason: 'unavailable' });
  });

  it('says that a version does not exist', async () => {
    fakePrograms({
      mvn: "echo '[ERROR] Could not find artifact org.neo4j:neo4j:jar:5.26.999 in central (https://repo.example.org)'; exit 1",
    });
    await expect(prepareRuntime({ folder: emptyFolder(), neo4jVersion: '5.26.999' }, () => {})).rejects.toThrow(
      'Maven has no Neo4j 5.26.999: check SILKGRAPH_NEO4J_VERSION',
    );
  });
});
