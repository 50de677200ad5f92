import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countMemory,
  createCache,
  textBytes,
  usedBytesOf,
  usedMemory,
} from '../../../src/engine/budgets/budgeted-cache.ts';
import { bytesIn, bytesOf, memoryLineNames } from '../../../src/engine/budgets/memory-budget.ts';
import { timeOf, timePartNames, workingTime } from '../../../src/engine/budgets/time-budget.ts';
import { backgroundTable, boundsTable, connectionsTable, memoryTable, timeTable } from './budget-tables.ts';

const GIGABYTE = 2 ** 30;

describe('the budget of memory', () => {
  it('leaves a quarter of a heap of any size to the requests that run, and grows with the heap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 64 * 2 ** 20, max: 64 * GIGABYTE }), (heap) => {
        const all = memoryLineNames.reduce((sum, name) => sum + bytesIn(name, heap), 0);
        expect(all).toBeLessThanOrEqual(heap * 0.75);
        for (const name of memoryLineNames) expect(bytesIn(name, heap)).toBeGreaterThanOrEqual(bytesIn(name, heap / 2));
      }),
    );
  });

  it('gives earlier states 128 MB of a heap of 512 MB, and 512 MB of one of 4 GB', () => {
    expect(bytesIn('history', 0.5 * GIGABYTE)).toBe(128 * 2 ** 20);
    expect(bytesIn('history', 4 * GIGABYTE)).toBe(512 * 2 ** 20);
  });

  it('is kept by all caches of a line together, whatever number of distinct keys comes', () => {
    const caches = [0, 1, 2].map(() => createCache<string>('keys', { sizeOf: (value, key) => textBytes(value, key) }));
    const value = 'x'.repeat(1_000);
    for (let at = 0; at < 10_000; at += 1) {
      caches[at % 3]?.set(`key-${at}`, value);
      if (at % 500 === 0) expect(usedBytesOf('keys')).toBeLessThanOrEqual(bytesOf('keys'));
    }
    expect(usedBytesOf('keys')).toBeLessThanOrEqual(bytesOf('keys'));
    expect(usedBytesOf('keys')).toBeGreaterThan(bytesOf('keys') / 2);
    // What came last is there, and what is larger than the line was not stored.
    expect(caches[0]?.get('key-9999')).toBe(value);
    caches[0]?.set('large', 'x'.repeat(bytesOf('keys')));
    expect(caches[0]?.has('large')).toBe(false);
  });

  it('says for each line in use what is used, and what is allowed by a setting', () => {
    const owners = [{}, {}];
    const answers = () => usedMemory().find(({ name }) => name === 'answers') ?? { used: 0, allowed: 0 };
    const before = answers();
    for (const owner of owners) countMemory('answers', owner, () => 5, 10);
    expect(answers()).toEqual({ name: 'answers', used: before.used + 10, allowed: before.allowed + 20 });
    expect(owners).toHaveLength(2);
  });
});

describe('the budget of time', () => {
  it('has parts that never exceed the whole, whatever the limit is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 3_600_000 }), (request) => {
        const waits = timePartNames.reduce((sum, name) => sum + timeOf(name, request), 0);
        expect(waits + workingTime(request)).toBeCloseTo(request);
        expect(workingTime(request)).toBeGreaterThanOrEqual(request / 20);
      }),
    );
  });
});

it('the page about production prints both budgets', () => {
  const page = readFileSync(new URL('../../../docs/production.md', import.meta.url), 'utf8');
  for (const table of [memoryTable, boundsTable, timeTable, connectionsTable, backgroundTable])
    expect(page).toContain(table);
});
