import { LRUCache } from 'lru-cache';
import { describe, expect, it } from 'vitest';
import { getOrInsert } from '../../src/ontology/get-or-insert.ts';

describe('getOrInsert', () => {
  it('makes a value once, and returns it from then on', () => {
    const lists = new Map<string, number[]>();
    getOrInsert(lists, 'even', () => []).push(2);
    getOrInsert(lists, 'even', () => []).push(4);
    expect(lists).toEqual(new Map([['even', [2, 4]]]));
  });

  it('takes null and zero for values', () => {
    const values = new Map<string, number | null>([
      ['none', null],
      ['zero', 0],
    ]);
    const fail = () => {
      throw new Error('It was there.');
    };
    expect(getOrInsert(values, 'none', fail)).toBeNull();
    expect(getOrInsert(values, 'zero', fail)).toBe(0);
  });

  it('stores nothing if making the value fails', () => {
    const cache = new LRUCache<string, string>({ max: 1 });
    const fail = () => {
      throw new Error('Not today.');
    };
    expect(() => getOrInsert(cache, 'key', fail)).toThrow('Not today.');
    expect(getOrInsert(cache, 'key', () => 'made')).toBe('made');
  });
});
