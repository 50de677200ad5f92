import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../../src/pages/bundling/build-stamp.ts', import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'silkgraph-stamp-'));
  for (const name of ['dist', 'src/engine/graph']) mkdirSync(join(folder, name), { recursive: true });
  for (const name of [
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'src/main.ts',
    'src/engine/graph/plan.ts',
  ])
    writeFileSync(join(folder, name), name);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const stamp = (task: string) => spawnSync(process.execPath, ['--import', 'tsx', script, task, folder]).status;

test('a build is needed until one is recorded, and again once a source changes or a file is added', () => {
  expect(stamp('check')).toBe(1);
  expect([stamp('write'), stamp('check')]).toEqual([0, 0]);
  writeFileSync(join(folder, 'src/engine/graph/plan.ts'), 'changed');
  expect(stamp('check')).toBe(1);
  expect([stamp('write'), stamp('check')]).toEqual([0, 0]);
  writeFileSync(join(folder, 'src/engine/graph/rows.ts'), '');
  expect(stamp('check')).toBe(1);
});
