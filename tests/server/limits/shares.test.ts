import { describe, expect, test } from 'vitest';
import { createShares } from '../../../src/server/limits/shares.ts';

describe('shares of something limited', () => {
  test('hold each caller to its own share, and all of them to what there is', () => {
    const shares = createShares({ each: 2, all: 3 });
    expect(shares.take('a')).toBeUndefined();
    expect(shares.take('a')).toBeUndefined();
    expect(shares.take('a')).toBe('CALLER');
    expect(shares.take('b')).toBeUndefined();
    expect(shares.take('c')).toBe('ALL');
    expect([shares.held, shares.heldBy('a'), shares.heldBy('c')]).toEqual([3, 2, 0]);
  });

  test('take nothing where an amount does not fit', () => {
    const shares = createShares({ each: 10, all: 15 });
    expect(shares.take('a', 8)).toBeUndefined();
    expect(shares.take('a', 3)).toBe('CALLER');
    expect(shares.take('b', 8)).toBe('ALL');
    expect([shares.held, shares.heldBy('a'), shares.heldBy('b')]).toEqual([8, 8, 0]);
  });

  test('are free again once they are given back', () => {
    const shares = createShares({ each: 1, all: 1 });
    shares.take('a');
    shares.give('a');
    expect([shares.held, shares.heldBy('a')]).toEqual([0, 0]);
    expect(shares.take('b')).toBeUndefined();
  });

  test('count callers that are not told apart towards all only', () => {
    const shares = createShares({ each: 1, all: 3 });
    expect([shares.take(undefined), shares.take(undefined), shares.take('a')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(shares.take(undefined)).toBe('ALL');
    shares.give(undefined, 2);
    expect(shares.held).toBe(1);
  });
});
