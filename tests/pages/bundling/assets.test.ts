import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAssets } from '../../../src/pages/bundling/assets.ts';

/** The number of a process that has ended. */
const ended = spawnSync(process.execPath, ['--version']).pid;

let dist: string;
beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'silkgraph-dist-'));
});
afterEach(() => rmSync(dist, { recursive: true, force: true }));

function leave(...names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(join(dist, name));
    writeFileSync(join(dist, name, 'left.js'), '');
  }
}

describe('the files of a page', () => {
  it('take the place of those that were built before, all at once', () => {
    leave('web');
    const assets = createAssets(join(dist, 'web'));
    assets.write('index.html', 'new');
    expect(readdirSync(join(dist, 'web'))).toEqual(['left.js']);
    assets.finish();
    expect(readdirSync(join(dist, 'web')).sort()).toEqual(['index.html', 'index.html.br', 'index.html.gz']);
    expect(readdirSync(dist)).toEqual(['web']);
  });

  it('are built anew, whatever a build that was cut off has left', () => {
    leave(`web-${ended}`, `web-${ended}-before`, `web-${process.pid}`, `web-${process.pid}-before`);
    const assets = createAssets(join(dist, 'web'));
    expect(readdirSync(dist)).toEqual([`web-${process.pid}`]);
    expect(readdirSync(assets.folder)).toEqual([]);
  });

  it('leave alone what is being built, and what is not theirs', () => {
    const others = [`web-${process.ppid}`, `playground-${ended}`, `web-old`, `my-web-${ended}`];
    leave(...others);
    createAssets(join(dist, 'web'));
    expect(readdirSync(dist)).toEqual(expect.arrayContaining(others));
  });
});
