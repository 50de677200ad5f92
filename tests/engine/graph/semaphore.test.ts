import { expect, it } from 'vitest';
import { createSemaphore } from '../../../src/engine/graph/semaphore.ts';

it('runs a few pieces of work at a time in their order, also after one that fails, and refuses beyond its bound', async () => {
  const withPermit = createSemaphore({ atOnce: 2, mostWaiting: 2, refusal: () => new Error('too many') });
  const begun: number[] = [];
  const ends: { resolve(): void; reject(error: Error): void }[] = [];
  const all = [0, 1, 2, 3].map((index) =>
    withPermit(() => {
      begun.push(index);
      return new Promise<void>((resolve, reject) => {
        ends[index] = { resolve, reject };
      });
    }),
  );
  await expect(withPermit(async () => {})).rejects.toThrow('too many');
  expect(begun).toEqual([0, 1]);
  ends[0]?.reject(new Error('failed'));
  await expect(all[0]).rejects.toThrow('failed');
  await expect.poll(() => begun).toEqual([0, 1, 2]);
  ends[1]?.resolve();
  await expect.poll(() => begun).toEqual([0, 1, 2, 3]);
  for (const end of ends.slice(2)) end.resolve();
  await Promise.all(all.slice(1));
});

it('takes what is urgent before all that waits, and never refuses it', async () => {
  const withPermit = createSemaphore({ atOnce: 1, mostWaiting: 1 });
  const done: string[] = [];
  const work = (name: string) => async () => void done.push(name);
  let end = () => {};
  const held = new Promise<void>((resolve) => {
    end = resolve;
  });
  const first = withPermit(() => held);
  const others = [withPermit(work('usual')), withPermit(work('urgent'), { urgent: true })];
  await expect(withPermit(work('refused'))).rejects.toThrow('Too many tasks wait.');
  end();
  await Promise.all([first, ...others]);
  expect(done).toEqual(['urgent', 'usual']);
});

it('gives up the place in the queue of a caller that leaves', async () => {
  const withPermit = createSemaphore({ atOnce: 1, mostWaiting: 1 });
  let end = () => {};
  const held = new Promise<void>((resolve) => {
    end = resolve;
  });
  const first = withPermit(() => held);
  const leaving = new AbortController();
  const waiting = withPermit(async () => 'never', { signal: leaving.signal });
  leaving.abort();
  await expect(waiting).rejects.toMatchObject({ fault: 'CANCELLED' });
  const next = withPermit(async () => 'next');
  end();
  await first;
  expect(await next).toBe('next');
});
