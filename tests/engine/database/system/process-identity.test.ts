import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { identify, isRunning, startByPs } from '../../../../src/engine/database/system/process-identity.ts';

const hasPs = (() => {
  try {
    execFileSync('ps', ['-o', 'lstart=', '-p', String(process.pid)]);
    return true;
  } catch {
    return false;
  }
})();

afterEach(() => {
  vi.unstubAllEnvs();
});

async function goneProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  return Number(child.pid);
}

describe('isRunning', () => {
  it('tells a process from another one that has its number', () => {
    const me = identify(process.pid);
    expect(isRunning(me)).toBe(true);
    expect(isRunning({ ...me, started: 'another time' })).toBe(false);
  });

  it('is false of one that has ended, and of one that never was', async () => {
    expect(isRunning({ pid: await goneProcess(), started: identify(process.pid).started })).toBe(false);
    expect(isRunning({ pid: 0, started: '' })).toBe(false);
  });
});

describe('identify', () => {
  it('says what is missing where the system does not show a process to itself', () => {
    expect(() => identify(process.pid, () => undefined)).toThrow(/cannot be run here, as .*set NEO4J_URI/);
  });
});

describe.skipIf(!hasPs)('when a process began, as ps says it', () => {
  it('is the same for all who ask, whatever their time zone and language', () => {
    vi.stubEnv('TZ', 'Asia/Shanghai');
    vi.stubEnv('LC_ALL', 'zh_CN.UTF-8');
    const there = startByPs(process.pid);
    vi.stubEnv('TZ', 'America/Lima');
    vi.stubEnv('LC_ALL', 'es_PE.UTF-8');
    expect(there).toMatch(/ \d{4}$/);
    expect(startByPs(process.pid)).toBe(there);
  });

  it('is unknown of one that has ended', async () => {
    expect(startByPs(await goneProcess())).toBeUndefined();
  });
});
