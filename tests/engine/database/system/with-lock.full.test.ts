import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from '../../../../src/engine/database/system/with-lock.ts';

describe('withLock', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'silkgraph-lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const dead = (id: string) => JSON.stringify({ pid: process.pid, started: 'another time', id });

  async function contend(lock: string): Promise<number> {
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await sleep(1);
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 10 }, () => withLock(lock, work)));
    return most;
  }

  it('lets in one at a time, and leaves nothing behind', async () => {
    expect(await contend(join(folder, 'lock'))).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('lets in one at a time after its holder died, and after who took over from it died too', async () => {
    const lock = join(folder, 'lock');
    writeFileSync(lock, dead('first'));
    writeFileSync(`${lock}.first`, dead('second'));
    expect(await contend(lock)).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says that the disk is full, and leaves nothing there', async ({ skip }) => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]).status !== 0)
      return skip('no right to mount a small disk');
    try {
      expect(() => writeFileSync(join(disk, 'data'), Buffer.alloc(2 ** 17))).toThrow('ENOSPC');
      await expect(withLock(join(disk, 'lock'), async () => {})).rejects.toThrow(/^The disk is full: .*Make room/);
      expect(readdirSync(disk)).toEqual(['data']);
    } finally {
      execFileSync('umount', [disk]);
    }
  });

  it.each([
    ['empty', ''],
    ['cut off', dead('first').slice(0, 20)],
    ['of something else', 'null'],
    ['without a holder', '{"id":"first"}'],
  ])('takes a file that is %s for that of a holder who died', async (_what, text) => {
    const lock = join(folder, 'lock');
    writeFileSync(lock, text);
    writeFileSync(`${lock}.lock`, text);
    expect(await contend(lock)).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says so when it cannot be read who holds it', async () => {
    const lock = join(folder, 'lock');
    mkdirSync(lock);
    const refused = withLock(lock, async () => 'never');
    await expect(refused).rejects.toMatchObject({ name: 'DatabaseError', reason: 'unreadable' });
    await expect(refused).rejects.toThrow(`${lock} cannot be read (EISDIR`);
  });

  it('frees the lock when the work fails', async () => {
    const lock = join(folder, 'lock');
    await expect(withLock(lock, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await withLock(lock, async () => 'free')).toBe('free');
  });

  it('says whom it waits for, and stops waiting when told', async () => {
    const lock = join(folder, 'lock');
    const aborter = new AbortController();
    await withLock(lock, async () => {
      const waited: number[] = [];
      const second = withLock(
        lock,
        async () => 'never',
        ({ pid }) => {
          waited.push(pid);
          aborter.abort();
        },
        aborter.signal,
      );
      await expect(second).rejects.toThrow('aborted');
      expect(waited).toEqual([process.pid]);
    });
  });
});
