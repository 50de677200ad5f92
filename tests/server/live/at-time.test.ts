import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { atTime } from '../../../src/server/live/at-time.ts';

const DAY = 86_400_000;

describe('something to be done at a time', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([0, 1, 1_000, 24 * DAY, 25 * DAY, 400 * DAY])('is done once and not earlier, in %i ms', (delay) => {
    const time = Date.now() + delay;
    const done: number[] = [];
    atTime(time, () => done.push(Date.now()));
    vi.advanceTimersByTime(delay + DAY);
    expect(done).toEqual([time]);
  });

  it('is done soon where the time is past, and never where it is called off', () => {
    const action = vi.fn();
    atTime(Date.now() - DAY, action);
    atTime(Date.now() + DAY, action)();
    expect(action).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2 * DAY);
    expect(action).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
