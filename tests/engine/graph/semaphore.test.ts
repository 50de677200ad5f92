import { describe, expect, it } from 'vitest';
import { createSemaphore, createSharedWork } from '../../../src/engine/graph/semaphore.ts';

it('runs a few pieces of work at a time in their order, also after one that fails, and refuses beyond its bound', async () => {
  const inTurn = createSemaphore({ atOnce: 2, mostWaiting: 2, refusal: () => new Error('too many') });
  const begun: number[] = [];
  const ends: { resolve(): void; reject(error: Error): void }[] = [];
  const all = [0, 1, 2, 3].map((index) =>
    inTurn(() => {
      begun.push(index);
      return new Promise<void>((resolve, reject) => {
        ends[index] = { resolve, reject };
      });
    }),
  );
  await expect(inTurn(async () => {})).rejects.toThrow('too many');
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
  const inTurn = createSemaphore({ atOnce: 1, mostWaiting: 1 });
  const done: string[] = [];
  const work = (name: string) => async () => void done.push(name);
  let end = () => {};
  const held = new Promise<void>((resolve) => {
    end = resolve;
  });
  const first = inTurn(() => held);
  const others = [inTurn(work('usual')), inTurn(work('urgent'), { urgent: true })];
  await expect(inTurn(work('refused'))).rejects.toThrow('Too many tasks wait.');
  end();
  await Promise.all([first, ...others]);
  expect(done).toEqual(['urgent', 'usual']);
});

it('gives up the place in the queue of a caller that leaves', async () => {
  const inTurn = createSemaphore({ atOnce: 1, mostWaiting: 1 });
  let end = () => {};
  const held = new Promise<void>((resolve) => {
    end = resolve;
  });
  const first = inTurn(() => held);
  const leaving = new AbortController();
  const waiting = inTurn(async () => 'never', { signal: leaving.signal });
  leaving.abort();
  await expect(waiting).rejects.toMatchObject({ fault: 'CANCELLED' });
  const next = inTurn(async () => 'next');
  end();
  await first;
  expect(await next).toBe('next');
});

describe('shared work', () => {
  const heldWork = () => {
    const begun: AbortSignal[] = [];
    const ends: ((answer: string) => void)[] = [];
    const work = (abandoned: AbortSignal) => {
      begun.push(abandoned);
      return new Promise<string>((resolve) => void ends.push(resolve));
    };
    return { begun, ends, work };
  };

  it('goes on while one of its callers waits', async () => {
    const share = createSharedWork<string>();
    const { begun, ends, work } = heldWork();
    const leaving = new AbortController();
    const [left, staying] = [share('key', work, leaving.signal), share('key', work)];
    leaving.abort();
    await expect(left).rejects.toMatchObject({ fault: 'CANCELLED' });
    expect(begun.map(({ aborted }) => aborted)).toEqual([false]);
    ends[0]?.('answer');
    expect(await staying).toBe('answer');
  });

  it('is abandoned once all of them have left, and begins anew for the next', async () => {
    const share = createSharedWork<string>();
    const { begun, ends, work } = heldWork();
    const callers = [new AbortController(), new AbortController()];
    const asked = callers.map(({ signal }) => share('key', work, signal));
    for (const caller of callers) caller.abort();
    for (const one of asked) await expect(one).rejects.toMatchObject({ fault: 'CANCELLED' });
    expect(begun.map(({ aborted }) => aborted)).toEqual([true]);
    const next = share('key', work);
    expect(begun).toHaveLength(2);
    ends[0]?.('late');
    ends[1]?.('new');
    expect(await next).toBe('new');
  });
});
