import { describe, expect, it } from 'vitest';
import { waitAskedFor } from '../../../src/history/watching/retry-after.ts';

const now = Date.UTC(2026, 0, 2, 3, 4, 5);

describe('the wait that a receiver asks for', () => {
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Fri, 02 Jan 2026 03:05:05 GMT', 60_000],
    ['Thu, 01 Jan 2026 00:00:00 GMT', 0],
  ])('is read from %j', (text, expected) => {
    expect(waitAskedFor(text, now)).toBe(expected);
  });

  it.each(['', 'soon', '-5', '1.5', '2026-01-02', 'Fri, 99 Xyz 2026 03:05:05 GMT'])('is not known from %j', (text) => {
    expect(waitAskedFor(text, now)).toBeUndefined();
  });
});
