import { describe, expect, it } from 'vitest';
import { leftBy } from '../../../src/engine/costs/selectivity.ts';
import { KindDegrees } from '../../../src/engine/reads/degrees.ts';
import { everything, type Filter, nothing } from '../../../src/engine/reads/filter.ts';
import { statisticsOf } from '../../setup/statistics-of.ts';

const areas = { relation: 'RESEARCHES', reading: 'FORWARD' } as const;
const named = (name: string) => ({ name, folded: name.toLowerCase(), searched: ` ${name}` });

const statistics = {
  ...statisticsOf({ Lab: 8 }),
  degrees: { Lab: new KindDegrees([areas], [[0], [1], [1], [4]]) },
  samples: { Lab: [named('A Soil Lab'), named('A Water Lab'), named('water'), named('air')] },
};
const left = (filter: Filter) => leftBy(filter, 'Lab', statistics);
const batch = (is: '=' | '<>' | '<'): Filter => ({ property: 'batch', is, value: 1 });

describe('the share of entities that a filter leaves', () => {
  it('is all for no condition, and none where nothing fits', () => {
    expect(left(everything)).toBe(1);
    expect(left(nothing)).toBe(0);
  });

  it('is little for equality and most for its opposite', () => {
    expect(left(batch('='))).toBeLessThan(left(batch('<')));
    expect(left(batch('<')) + left({ not: batch('<') })).toBeCloseTo(1);
    expect(left(batch('<>'))).toBeCloseTo(left({ not: batch('=') }));
  });

  it('is that of the narrowest of several conditions, and more for alternatives', () => {
    expect(left({ all: [batch('<'), batch('='), batch('<')] })).toBe(left(batch('=')));
    expect(left({ any: [batch('='), batch('<')] })).toBeGreaterThan(left(batch('<')));
    expect(left({ not: { any: [batch('='), batch('<')] } })).toBe(left({ not: batch('<') }));
  });

  it('is never next to nothing for conditions that all entities may meet', () => {
    const always: Filter = { property: 'id', is: '>=', value: '' };
    const listed: Filter = { property: 'id', is: 'IN', value: Array.from({ length: 100 }, (_, index) => `x${index}`) };
    const met: readonly Filter[] = [
      { all: Array.from({ length: 90 }, () => always) },
      { not: { any: Array.from({ length: 90 }, () => ({ not: always })) } },
      { not: listed },
      { not: { property: 'nameZh', exists: true } },
      { not: { some: true, relation: areas, filter: { not: always } } },
      { some: true, relation: areas, filter: always, hops: { min: 0, max: null, kind: 'Area' } },
      { count: '<', value: 1_000, relation: areas, filter: everything },
      { not: { count: '>=', value: 1_000, relation: areas, filter: everything } },
      { count: '<=', value: 10, relation: areas, filter: always },
      { count: '<', value: 5, relation: areas, filter: always, hops: { min: 1, max: null, kind: 'Area' } },
    ];
    for (const filter of met) expect(left(filter), JSON.stringify(filter).slice(0, 100)).toBeGreaterThan(0.09);
  });

  it('is what a sample of names has, where a name is looked into', () => {
    const contains = (value: string): Filter => ({ property: '_nameFolded', is: 'CONTAINS', value });
    expect(left(contains('water'))).toBeCloseTo(2.25 / 4.5);
    expect(left(contains('a'))).toBeCloseTo(4.25 / 4.5);
    expect(left(contains('nobody'))).toBeCloseTo(0.25 / 4.5);
    expect(left({ property: '_nameFolded', is: 'STARTS WITH', value: 'water' })).toBeCloseTo(1.25 / 4.5);
  });

  it('is that of names above or below another in the order of their characters', () => {
    expect(left({ property: 'name', is: '>=', value: 'a' })).toBeCloseTo(2.25 / 4.5);
    expect(left({ property: 'name', is: '<', value: 'a' })).toBeCloseTo(2.25 / 4.5);
  });

  it('is exact where all were sampled', () => {
    const all = { ...statistics, entities: { ...statistics.entities, Lab: 4 } };
    expect(leftBy({ property: 'name', is: 'CONTAINS', value: 'nobody' }, 'Lab', all)).toBe(0);
  });

  it('is what a sample of relations has, where related entities are asked for', () => {
    const some: Filter = { some: true, relation: areas, filter: everything };
    expect(left(some)).toBeCloseTo(3 / 4);
    expect(left({ not: some })).toBeCloseTo(1 / 4);
    expect(left({ count: '>=', value: 1, relation: areas, filter: everything })).toBeCloseTo(3 / 4);
    expect(left({ count: '<', value: 1, relation: areas, filter: everything })).toBeCloseTo(1 / 4);
    expect(left({ count: '<=', value: 1, relation: areas, filter: everything })).toBeCloseTo(3 / 4);
    expect(left({ count: '=', value: 4, relation: areas, filter: everything })).toBeCloseTo(1 / 4);
    expect(left({ count: '>', value: 4, relation: areas, filter: everything })).toBe(0);
  });
});
