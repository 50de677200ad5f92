import { describe, expect, test } from 'vitest';
import { createQuotas } from '../../../src/server/limits/quotas.ts';

describe('shares of something limited', () => {
  test('hold each caller to its own share, and all of them to what there is', () => {
    const quotas = createQuotas({ each: 2, all: 3 });
    expect(quotas.take('a')).toBeUndefined();
    expect(quotas.take('a')).toBeUndefined();
    expect(quotas.take('a')).toBe('CALLER');
    expect(quotas.take('b')).toBeUndefined();
    expect(quotas.take('c')).toBe('ALL');
    expect([quotas.used, quotas.usedBy('a'), quotas.usedBy('c')]).toEqual([3, 2, 0]);
  });

  test('take nothing where an amount does not fit', () => {
    const quotas = createQuotas({ each: 10, all: 15 });
    expect(quotas.take('a', 8)).toBeUndefined();
    expect(quotas.take('a', 3)).toBe('CALLER');
    expect(quotas.take('b', 8)).toBe('ALL');
    expect([quotas.used, quotas.usedBy('a'), quotas.usedBy('b')]).toEqual([8, 8, 0]);
  });

  test('are free again once they are given back', () => {
    const quotas = createQuotas({ each: 1, all: 1 });
    quotas.take('a');
    quotas.give('a');
    expect([quotas.used, quotas.usedBy('a')]).toEqual([0, 0]);
    expect(quotas.take('b')).toBeUndefined();
  });

  test('count callers that are not told apart towards all only', () => {
    const quotas = createQuotas({ each: 1, all: 3 });
    expect([quotas.take(undefined), quotas.take(undefined), quotas.take('a')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(quotas.take(undefined)).toBe('ALL');
    quotas.give(undefined, 2);
    expect(quotas.used).toBe(1);
  });
});
