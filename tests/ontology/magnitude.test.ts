import { describe, expect, it } from 'vitest';
import { lowerBoundOf, magnitudeOf } from '../../src/ontology/magnitude.ts';

describe('orders of magnitude', () => {
  it.each([
    [1, '1'],
    [9.99, '1'],
    [1000, '1000'],
    [123456789012345680, '100000000000000000'],
    [1e21, '1e+21'],
    [Number.MAX_VALUE, '1e+308'],
    [0.5, '0.1'],
    [1e-7, '1e-7'],
    [Number.MIN_VALUE, '1e-324'],
    [0, '0'],
    [-0.5, '-1'],
    [-1, '-1'],
    [-3.5, '-10'],
    [-1e30, '-1e+30'],
  ])('of %s are named by the lower bound %s', (value, bound) => {
    expect(lowerBoundOf(magnitudeOf(value))).toBe(bound);
  });

  it('are in the order of the numbers', () => {
    const numbers = [-1e30, -3.5, -0.5, 0, 1e-7, 0.5, 1, 1000, 1e21];
    const magnitudes = numbers.map(magnitudeOf);
    expect(magnitudes).toEqual(magnitudes.toSorted((one, other) => one - other));
  });
});
