import { describe, expect, it } from 'vitest';
import { heaviestPart, LONGEST_PATH, type Share } from '../../../src/graphql/cost/heaviest-part.ts';
import { heap } from '../../setup/heap.ts';

const share = (key: string, cost: number, ...below: Share[]): Share => ({ key, cost, below });

describe('the most expensive part of an operation', () => {
  it('is the field with the largest cost', () => {
    expect(heaviestPart([share('a', 2), share('b', 3.2), share('c', 1)])).toEqual({ path: 'b', cost: 4 });
  });

  it('is a field below as long as that has most of the cost of its parent', () => {
    const nodes = share('nodes', 90, share('areas', 40), share('labs', 44));
    expect(heaviestPart([share('countries', 100, nodes)])).toEqual({ path: 'countries.nodes', cost: 90 });
  });

  it('is nothing where nothing costs', () => {
    expect(heaviestPart([])).toEqual({ path: '', cost: 0 });
  });

  it('has a path of bounded length, however long the aliases are', () => {
    const { path } = heaviestPart([share('labs', 2, share('a'.repeat(10_000), 2))]);
    expect(path).toBe(`labs.${'a'.repeat(LONGEST_PATH - 5)}…`);
  });

  it('does not keep the document in memory that its aliases are parts of', () => {
    const documents = 50;
    const characters = 1_000_000;
    const before = heap();
    const parts = Array.from({ length: documents }, (_, index) => {
      const document = `${index}`.padEnd(characters, 'alias');
      return heaviestPart([share(document.slice(0, 30), 1)]);
    });
    expect(heap() - before).toBeLessThan((documents * characters) / 10);
    expect(parts).toHaveLength(documents);
  });
});
