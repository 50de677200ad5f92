import { describe, expect, it } from 'vitest';
import { createSharedWork } from '../../../src/engine/graph/shared-work.ts';

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
