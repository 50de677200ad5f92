import { expect, it } from 'vitest';
import { areConditionsScanCheap } from '../../../src/engine/costs/scanned-relations.ts';
import { everything, type Filter } from '../../../src/engine/reads/filter.ts';
import { statisticsOf } from '../../setup/statistics-of.ts';

// 1,000 parks, each in one country; each of the 10 countries has 20,000 laboratories.
const statistics = statisticsOf({ Park: 1_000, Country: 10, LOCATED_IN: 1_000, PARTNERS_WITH: 200_000 });
const parks = { kind: 'Park', relation: null, order: [] } as const;

const inCountry = (filter: Filter): Filter => ({
  some: true,
  relation: { relation: 'LOCATED_IN', reading: 'FORWARD' },
  filter,
});

it('a statement may look at all relations of the entities of a short list', () => {
  expect(areConditionsScanCheap({ ...parks, filter: everything }, statistics)).toBe(true);
  expect(areConditionsScanCheap({ ...parks, filter: inCountry(everything) }, statistics)).toBe(true);
});

const withLabs: Filter = {
  some: true,
  relation: { relation: 'PARTNERS_WITH', reading: 'BACKWARD' },
  filter: { property: 'name', is: 'CONTAINS', value: 'x' },
};

it('but not at those of the hubs that a condition leads to', () => {
  expect(areConditionsScanCheap({ ...parks, filter: inCountry(withLabs) }, statistics)).toBe(false);
});

it('it may where these are found once, ahead', () => {
  const ahead = inCountry({ ahead: withLabs, kind: 'Country' });
  expect(areConditionsScanCheap({ ...parks, filter: ahead }, statistics)).toBe(true);
});
