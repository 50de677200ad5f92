import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { attempt } from '../src/engine/database/system/attempt.ts';
import { identify, isRunning } from '../src/engine/database/system/process-identity.ts';
import { javasOn, keptFolder, quickJava, recordedPid, seededFolder } from './engine/database/kept-folder.ts';
import { program } from './setup/program.ts';

vi.setConfig({ testTimeout: 300_000 });

const root = fileURLToPath(new URL('..', import.meta.url));

interface Started {
  readonly process: ChildProcess;
  readonly said: () => string;
  /** Waits until it has said these words; fails when it ends before. */
  until(words: string): Promise<void>;
  /** Waits until it has said these words, and an address after them. @returns the address */
  addressAfter(words: string): Promise<string>;
  readonly ended: Promise<number | null>;
}

/** Starts a program in a process group of its own, as a terminal does. */
function run(command: string, args: readonly string[], env: Record<string, string>): Started {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(command, args, {
    cwd: root,
    detached: true,
    env: { PATH, HOME, PORT: '0', SILKGRAPH_WARM_UP: 'off', ...quickJava, ...env },
  });
  let said = '';
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const look of waiting) look();
    waiting.clear();
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      said += part;
      wake();
    });
  }
  let over = false;
  const ended = once(child, 'close').then(([code]): number | null => {
    over = true;
    wake();
    return code;
  });
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
  });
  async function found<Found>(words: string, look: () => Found | undefined): Promise<Found> {
    for (;;) {
      const seen = said.includes(words) ? look() : undefined;
      if (seen !== undefined) return seen;
      if (over) throw new Error(`It ended without "${words}":\n${said}`);
      await new Promise<void>((resolve) => {
        waiting.add(resolve);
      });
    }
  }
  return {
    process: child,
    said: () => said,
    ended,
    until: async (words) => void (await found(words, () => true)),
    // What is said may come in pieces; the end of the line shows that the port is whole.
    addressAfter: (words) => found(words, () => said.slice(said.indexOf(words)).match(/(http:\/\/[\d.]+:\d+)\D/)?.[1]),
  };
}

const silkgraph = (words: string, env: Record<string, string>) =>
  run(process.execPath, [...program, ...words.split(' ')], env);

const start = (env: Record<string, string>) => silkgraph('start', env);

async function askForLabs(origin: string): Promise<number> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ labs { totalCount } }"}',
  });
  const { data, errors } = (await response.json()) as {
    data: { labs: { totalCount: number } } | null;
    errors?: unknown;
  };
  if (!data) throw new Error(JSON.stringify(errors));
  return data.labs.totalCount;
}

/** The server then plans likely questions from its start on, which a test has it do where that might keep it from ending. */
const warmingUp = { SILKGRAPH_WARM_UP: 'on' };

/** A Neo4j that has just started plans the question for longer than one operation has, on a busy machine. */
const labsAt = (origin: string) => vi.waitFor(() => askForLabs(origin), { timeout: 60_000, interval: 200 });

describe('silkgraph start', () => {
  it('loads the seeds, serves until SIGTERM, leaves nothing running, and finds its graph again', async () => {
    const folder = await keptFolder();
    const first = start({ SILKGRAPH_FOLDER: folder });
    const origin = await first.addressAfter('Silkgraph is ready.');
    expect(first.said()).toContain('Serving the graph of Belt and Road cooperation');
    expect(first.said()).toContain('Loaded the seeds.');
    expect((await fetch(`${origin}/ready`)).status).toBe(200);
    expect(await labsAt(origin)).toBe(116);
    expect(javasOn(folder)).toHaveLength(1);
    first.process.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(javasOn(folder)).toEqual([]);

    const second = start({ SILKGRAPH_FOLDER: folder, ...warmingUp });
    const again = await second.addressAfter('Silkgraph is ready.');
    expect(second.said()).not.toContain('Loaded the seeds.');
    expect(await labsAt(again)).toBe(116);
    second.process.kill('SIGTERM');
    expect(await second.ended).toBe(0);
    expect(javasOn(folder)).toEqual([]);
  });

  it('serves on for SILKGRAPH_DRAIN once it is told to stop, while /ready sends load balancers elsewhere', async () => {
    const folder = await seededFolder();
    const started = start({ SILKGRAPH_FOLDER: folder, SILKGRAPH_DRAIN: '10' });
    const origin = await started.addressAfter('Silkgraph is ready.');
    expect(await labsAt(origin)).toBe(116);
    started.process.kill('SIGTERM');
    await started.until('Stopping in 10 s');
    const ready = await fetch(`${origin}/ready`);
    expect([ready.status, ready.headers.get('connection')]).toEqual([503, 'close']);
    expect(await ready.json()).toMatchObject({ ready: false, reason: 'The server is about to stop.' });
    expect(await askForLabs(origin)).toBe(116);
    expect(await started.ended).toBe(0);
    expect(javasOn(folder)).toEqual([]);
  });

  it('does the first no harm when it is started a second time', async () => {
    const folder = await seededFolder();
    const first = start({ SILKGRAPH_FOLDER: folder });
    const origin = await first.addressAfter('Silkgraph is ready.');
    const second = start({ SILKGRAPH_FOLDER: folder, PORT: new URL(origin).port });
    expect(await second.ended).toBe(1);
    expect(second.said()).toMatch(/^Port \d+ on 127\.0\.0\.1 is in use\..*\n$/);
    // On another port it shares the Neo4j, and leaves it to the first.
    const third = start({ SILKGRAPH_FOLDER: folder });
    await third.until('Silkgraph is ready.');
    third.process.kill('SIGTERM');
    expect(await third.ended).toBe(0);
    expect(await labsAt(origin)).toBe(116);
  });

  it('comes up beside another that starts at the same moment on the same folder, at first and again', async () => {
    const folder = await keptFolder();
    for (const turn of ['a new graph', 'the graph of before']) {
      const both = [start({ SILKGRAPH_FOLDER: folder }), start({ SILKGRAPH_FOLDER: folder })];
      const origins = await Promise.all(both.map((one) => one.addressAfter('Silkgraph is ready.')));
      expect(await Promise.all(origins.map(labsAt)), turn).toEqual([116, 116]);
      expect(javasOn(folder), turn).toHaveLength(1);
      for (const { process } of both) process.kill('SIGTERM');
      expect(await Promise.all(both.map(({ ended }) => ended)), turn).toEqual([0, 0]);
      expect(javasOn(folder), turn).toEqual([]);
    }
  });

  it('starts its Neo4j again when that was killed, says so in its log, and leaves nothing running', async () => {
    const folder = await seededFolder();
    const started = start({ SILKGRAPH_FOLDER: folder });
    // The earliest moment from which it must be kept running.
    await started.until('"msg":"serving"');
    process.kill(Number(recordedPid(folder)), 'SIGKILL');
    const origin = await started.addressAfter('Explorer');
    await started.until('The local Neo4j runs again.');
    expect(await labsAt(origin)).toBe(116);
    await expect.poll(async () => (await fetch(`${origin}/ready`)).status, { timeout: 60_000 }).toBe(200);
    started.process.kill('SIGTERM');
    expect(await started.ended).toBe(0);
    expect(javasOn(folder)).toEqual([]);
  });

  it('says in words that the password is wrong', async () => {
    const folder = await keptFolder();
    const kept = silkgraph('database start', { SILKGRAPH_FOLDER: folder });
    expect(await kept.ended).toBe(0);
    const uri = /bolt:\/\/\S+/.exec(kept.said())?.[0] ?? '';
    const refused = start({ NEO4J_URI: uri, NEO4J_PASSWORD: 'not this one' });
    expect(await refused.ended).toBe(1);
    expect(refused.said()).toMatch(/does not accept user neo4j.*check NEO4J_USERNAME and NEO4J_PASSWORD\.\n$/);
  });

  it('ends cleanly when it is told to while Neo4j starts', async () => {
    const folder = await keptFolder();
    const started = start({ SILKGRAPH_FOLDER: folder });
    await started.until('Starting Neo4j');
    started.process.kill('SIGTERM');
    expect(await started.ended).toBe(0);
    expect(started.said()).toContain('Stopped before it was ready.');
    expect(javasOn(folder)).toEqual([]);
  });
});

describe('silkgraph database start', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'leaves no Neo4j behind when %s comes while it starts',
    async (signal) => {
      const folder = await keptFolder();
      const started = silkgraph('database start', { SILKGRAPH_FOLDER: folder });
      await expect.poll(() => recordedPid(folder), { timeout: 60_000, interval: 20 }).toBeDefined();
      started.process.kill(signal);
      expect(await started.ended).toBe(1);
      expect(started.said()).toMatch(/\nStopped\.\n$/);
      expect(javasOn(folder)).toEqual([]);
      expect(recordedPid(folder)).toBeUndefined();
    },
  );

  it('leaves no Maven behind when it is told to end while Neo4j is fetched', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'silkgraph-maven-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const [maven, number] = [join(folder, 'mvn'), join(folder, 'number')];
    writeFileSync(maven, `#!/bin/sh\necho $$ > ${number}.part && mv ${number}.part ${number}\nexec sleep 120\n`);
    chmodSync(maven, 0o755);
    const { PATH = '' } = process.env;
    const started = silkgraph('database start', { SILKGRAPH_FOLDER: folder, PATH: `${folder}:${PATH}` });
    await expect.poll(() => existsSync(number), { timeout: 60_000 }).toBe(true);
    const fetching = identify(Number(readFileSync(number, 'utf8')));
    onTestFinished(() => {
      if (isRunning(fetching)) process.kill(fetching.pid);
    });
    started.process.kill('SIGTERM');
    expect(await started.ended).toBe(1);
    await expect.poll(() => isRunning(fetching)).toBe(false);
  });
});

describe('npm start', () => {
  it('ends server and Neo4j: a terminal that is closed', async () => {
    const folder = await seededFolder();
    const npm = run('npm', ['start'], { SILKGRAPH_FOLDER: folder });
    const origin = await npm.addressAfter('Silkgraph is ready.');
    npm.process.stdout?.destroy();
    npm.process.stderr?.destroy();
    const group = -Number(npm.process.pid);
    // One that does not end would be left to nobody, as npm is gone.
    onTestFinished(() => void attempt(() => process.kill(group, 'SIGKILL')));
    process.kill(group, 'SIGHUP');
    await expect
      .poll(
        () =>
          fetch(`${origin}/health`).then(
            () => 'up',
            () => 'down',
          ),
        { timeout: 60_000 },
      )
      .toBe('down');
    await expect.poll(() => javasOn(folder), { timeout: 60_000 }).toEqual([]);
  });

  it.each(['SIGTERM to npm', 'Ctrl-C in the terminal'])('ends server and Neo4j: %s', async (way) => {
    const folder = await seededFolder();
    const npm = run('npm', ['start'], { SILKGRAPH_FOLDER: folder, ...warmingUp });
    const origin = await npm.addressAfter('Silkgraph is ready.');
    const pid = Number(npm.process.pid);
    if (way === 'SIGTERM to npm') process.kill(pid, 'SIGTERM');
    else process.kill(-pid, 'SIGINT');
    await npm.ended;
    expect(npm.said()).toContain('Stopping after running requests.');
    await expect(fetch(`${origin}/health`)).rejects.toThrow();
    expect(javasOn(folder)).toEqual([]);
  });
});
