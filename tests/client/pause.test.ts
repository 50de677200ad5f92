import { expect, it, vi } from 'vitest';
import { pause } from '../../src/client/try-again.ts';

it('waits where a server names a time that is longer than a timer can be', async () => {
  vi.useFakeTimers();
  try {
    let isOver = false;
    void pause(2 ** 33).then(() => {
      isOver = true;
    });
    await vi.advanceTimersByTimeAsync(86_400_000);
    expect(isOver).toBe(false);
  } finally {
    vi.useRealTimers();
  }
});
