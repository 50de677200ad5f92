import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clustersOf, type Placed, placesAsked, placingOf, upTo } from '../../../../src/pages/explorer/map/places.ts';
import type { Place } from '../../../../src/pages/explorer/panels/item-texts.ts';
import { settings } from '../../../../src/pages/explorer/settings/known.ts';
import { faultsOf } from '../analysis/faults-of.ts';
import '../cooperation-settings.ts';

const placed = (slug: string, longitude: number, latitude = 0, year?: number): Placed => ({
  entity: { __typename: 'Lab', slug, name: slug },
  place: { longitude, latitude },
  year,
});

const pointOf = ({ longitude, latitude }: Place) => [longitude, latitude] as const;

const slugsOf = (members: readonly Placed[]) => members.map(({ entity }) => entity.slug);

describe('entities at their places', () => {
  it('are one circle where they are nearer than the distance, the largest first', () => {
    const clusters = clustersOf([placed('a', 0), placed('b', 50), placed('c', 50), placed('d', 55)], pointOf, 10);
    expect(clusters.map(({ members }) => slugsOf(members))).toEqual([['b', 'c', 'd'], ['a']]);
  });

  it('are all drawn, each once, and no two circles are nearer than the distance', () => {
    const some = fc.array(fc.tuple(fc.integer({ min: -180, max: 180 }), fc.integer({ min: -80, max: 80 })));
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 60 }), (points, distance) => {
        const all = points.map(([x, y], index) => placed(String(index), x, y));
        const clusters = clustersOf(all, pointOf, distance);
        expect(clusters.flatMap(({ members }) => slugsOf(members)).sort()).toEqual(slugsOf(all).sort());
        for (const [index, one] of clusters.entries()) {
          for (const other of clusters.slice(index + 1)) {
            expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThanOrEqual(distance);
          }
        }
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  it('make the same circles in any order', () => {
    const all = [placed('a', 0), placed('b', 8), placed('c', 16), placed('d', 16)];
    const sizes = (some: readonly Placed[]) =>
      clustersOf(some, pointOf, 10).map(({ x, members }) => [x, members.length]);
    expect(sizes(all.toReversed())).toEqual(sizes(all));
  });

  it('are left out from a year on where they are later or have no year', () => {
    const all = [placed('a', 0, 0, 2019), placed('b', 0, 0, 2022), placed('c', 0)];
    expect(slugsOf(upTo(all, 2020))).toEqual(['a']);
    expect(upTo(all, undefined)).toEqual(all);
  });

  it('can be asked for each kind, narrowed as its list is', () => {
    const { places = [] } = settings().map ?? {};
    expect(places.map(({ kind }) => kind)).toContain('Institution');
    for (const { kind } of places) {
      const placing = placingOf(settings().kinds[kind]?.list.field, []);
      if (!placing) throw new Error(`${kind} has no places.`);
      const { query, variables } = placesAsked(placing);
      expect(faultsOf(query, variables), kind).toEqual([]);
    }
    expect(placingOf('countries', [])).toBeUndefined();
    expect(placingOf(undefined, [])).toBeUndefined();
  });
});
