import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { OrderKey } from '../../../src/engine/reads/plan.ts';
import { compareKeys, PageFound } from '../../../src/history/memory/memory-order.ts';

const order: readonly OrderKey[] = [
  { by: { property: 'year' }, type: 'number', descending: true, nullable: true },
  { by: { property: 'id' }, type: 'string', descending: false, nullable: false },
];

const someKeys = fc
  .uniqueArray(fc.tuple(fc.option(fc.integer({ min: 0, max: 5 })), fc.integer({ min: 0, max: 99 })), {
    selector: ([, id]) => id,
  })
  .map((all) => all.map(([year, id]) => [year, `id-${String(id).padStart(2, '0')}`] as const));

it('a page has the first of all that fit within its bounds, and holds no more of them', () => {
  fc.assert(
    fc.property(
      someKeys,
      fc.nat(5),
      fc.boolean(),
      fc.boolean(),
      fc.option(fc.nat(99)),
      fc.option(fc.nat(99)),
      (all, size, backward, peeks, first, last) => {
        const [after, before] = [first, last].map((place) => (place === null ? null : (all[place] ?? null)));
        const page = new PageFound<string>(
          order,
          { size, backward, after: after ?? null, before: before ?? null },
          peeks,
        );
        for (const keys of all) {
          page.add(keys[1], keys);
          expect(page.items.length).toBeLessThanOrEqual(size + 1);
        }
        const sorted = all.toSorted((left, right) => compareKeys(order, left, right));
        const isBefore = (keys: (typeof all)[number]) => !!after && compareKeys(order, keys, after) <= 0;
        const isBehind = (keys: (typeof all)[number]) => !!before && compareKeys(order, keys, before) >= 0;
        const within = sorted.filter((keys) => !isBefore(keys) && !isBehind(keys));
        if (backward) within.reverse();
        expect(page.items.map(({ item }) => item)).toEqual(within.slice(0, size + (peeks ? 1 : 0)).map(([, id]) => id));
        expect([page.hasEarlier, page.hasLater]).toEqual([sorted.some(isBefore), sorted.some(isBehind)]);
      },
    ),
    { numRuns: 300 },
  );
});
