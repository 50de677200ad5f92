import { describe, expect, it } from 'vitest';
import { type AskedList, listCost, preparedFilter } from '../../../src/engine/costs/list-cost.ts';
import { everything, type Filter } from '../../../src/engine/reads/filter.ts';
import type { OrderKey } from '../../../src/engine/reads/plan.ts';
import { statisticsOf } from '../../setup/statistics-of.ts';

const statistics = statisticsOf({ Lab: 1_000, RESEARCHES: 4_000 });

const key = (by: OrderKey['by'], nullable = false): OrderKey => ({ by, type: 'string', descending: false, nullable });

const bySlug = [key({ property: 'id' })];
const described: Filter = { property: 'description', is: 'CONTAINS', value: 'x' };
const areas = { relation: 'RESEARCHES', reading: 'FORWARD' } as const;

const costOf = (asked: Partial<AskedList>) =>
  listCost(
    { kind: 'Lab', of: null, filter: everything, order: bySlug, size: 10, rows: true, totalCount: false, ...asked },
    statistics,
  );

describe('the cost of a list of 1,000 laboratories', () => {
  it('that is read in the order of an index is that of its page', () => {
    expect(costOf({})).toEqual({ visits: 22, fitting: 1_000, length: 10, tried: 1_000 });
    expect(costOf({ size: 20 }).visits).toBe(42);
  });

  it('that must be sorted is that of all of them', () => {
    expect(costOf({ order: [key({ property: 'description' }, true), ...bySlug] }).visits).toBe(3_501);
  });

  it('ordered by related entities includes these', () => {
    const count = { relation: areas, filter: everything };
    expect(costOf({ order: [key({ count })] }).visits).toBe(2_501);
    expect(costOf({ order: [key({ count: { ...count, filter: described } })] }).visits).toBe(14_501);
  });

  it('with a filter tries it on entities until the page is full', () => {
    expect(costOf({ filter: described })).toEqual({ visits: 99, fitting: 1_000 / 3, length: 10, tried: 2_000 });
  });

  it('with a filter that an index answers tries few', () => {
    expect(costOf({ filter: { property: 'batch', is: '=', value: 1 } })).toEqual({
      visits: 300,
      fitting: 100,
      length: 10,
      tried: 200,
    });
    expect(costOf({ filter: { property: 'id', is: '=', value: 'a' } }).visits).toBe(3);
    expect(costOf({ filter: { property: 'id', is: 'IN', value: ['a', 'b'] } }).visits).toBe(6);
  });

  it('that is in memory is that of all of them, as no index leads to some', () => {
    expect(costOf({ inMemory: true }).visits).toBe(2_501);
    expect(costOf({ inMemory: true, filter: { property: 'id', is: '=', value: 'a' } }).visits).toBeGreaterThan(2_000);
  });

  it('with a filter on related entities follows the relation of each', () => {
    const some: Filter = { some: true, relation: areas, filter: described };
    expect(costOf({ filter: some, rows: false, totalCount: true }).visits).toBe(14_001);
  });

  it('with a filter by what leads to a named entity finds that once, and tries whether it is met', () => {
    const labs = { relation: 'RESEARCHES', reading: 'BACKWARD' } as const;
    const ofLab = (is: Filter): Filter => ({ some: true, relation: labs, filter: is });
    const counted = (is: Filter) =>
      costOf({ filter: { some: true, relation: areas, filter: ofLab(is) }, rows: false, totalCount: true }).visits;
    // A laboratory has 4 areas on average: they are followed, visited, and found in the list; and once those of the one named.
    // Only the 40 of each of these are tried.
    expect(counted({ property: 'id', is: '=', value: 'a' })).toBe(2 * 4 + 1 + 4 * 40 * (1 + 1 + 4 + 4 * 2));
    // The 100 areas are tried once, each with its 40 laboratories, rather than the 4,000 that laboratories lead to.
    expect(counted(described)).toBe(100 * (1 + 1 + 40 + 40 * 2) + 1 + 1_000 * (1 + 1 + 4 + 4 * 2));
  });

  describe('prepares its filter', () => {
    const labs = { relation: 'RESEARCHES', reading: 'BACKWARD' } as const;
    const beyond: Filter = { some: true, relation: labs, filter: described };
    const near = (filter: Filter): Filter => ({ some: true, relation: areas, filter });
    const page = { order: bySlug, size: 1 };

    it('to find ahead what is tried more often than there are entities', () => {
      const found: Filter = { ahead: beyond, kind: 'Area' };
      expect(preparedFilter({ kind: 'Lab', filter: near(beyond) }, statistics)).toEqual(near(found));
      const none: Filter = { not: near({ any: [described, { not: beyond }] }) };
      expect(preparedFilter({ kind: 'Lab', filter: none }, statistics)).toEqual({
        not: near({ any: [described, { not: found }] }),
      });
    });

    it('to find nothing ahead where few entities are tried', () => {
      expect(preparedFilter({ kind: 'Lab', filter: near(beyond), page }, statistics)).toEqual(near(beyond));
      const one: Filter = { all: [{ property: 'id', is: '=', value: 'a' }, near(beyond)] };
      expect(preparedFilter({ kind: 'Lab', filter: one }, statistics)).toEqual(one);
    });

    it('to find nothing ahead that is read in one step', () => {
      const cheap = near({ some: true, relation: labs, filter: everything });
      expect(preparedFilter({ kind: 'Lab', filter: cheap }, statistics)).toEqual(cheap);
      expect(preparedFilter({ kind: 'Lab', filter: near(described) }, statistics)).toEqual(near(described));
    });

    it('to try a condition once that is repeated', () => {
      const repeated: Filter = { all: Array.from({ length: 10 }, () => near(described)) };
      expect(preparedFilter({ kind: 'Lab', filter: repeated }, statistics)).toEqual({ all: [near(described)] });
    });
  });

  it('that is long starts from named entities', () => {
    const long = statisticsOf({ Lab: 100_000, Area: 100, RESEARCHES: 400_000 });
    const filter: Filter = { some: true, relation: areas, filter: { property: 'id', is: 'IN', value: ['a', 'b'] } };
    const asked: AskedList = { kind: 'Lab', of: null, filter, order: bySlug, size: 10, rows: false, totalCount: true };
    const { visits } = listCost(asked, long);
    // Of 2 areas, with 4,000 laboratories each on average.
    expect(visits).toBe(1 + 2 * 4_000 * (1 + 1 + 4 + 4 * 2));
  });

  it('that is only counted is 1, or that of trying the filter', () => {
    expect(costOf({ rows: false, totalCount: true }).visits).toBe(1);
    expect(costOf({ rows: false, totalCount: true, filter: described }).visits).toBe(2_001);
    expect(costOf({ rows: false, totalCount: false }).visits).toBe(0);
  });
});

it('the cost of a list at the far end of a relation is that of the average number of targets', () => {
  const of = { relation: areas, kind: 'Lab' } as const;
  expect(costOf({ kind: 'Area', of })).toEqual({ visits: 15, fitting: 4, length: 4, tried: 8 });
});
