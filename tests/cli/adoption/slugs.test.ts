import { describe, expect, it } from 'vitest';
import { createSlugs, slugOf } from '../../../src/cli/adoption/migration/slugs.ts';
import { isSlug } from '../../../src/engine/changes/check/check-properties.ts';

describe('slugs', () => {
  it.each([
    ['The Crossing', 'the-crossing'],
    ['Night in Łódź', 'night-in-lodz'],
    ['  --A.B--', 'a-b'],
    ['梅', 'country-group'],
    [`${'a'.repeat(119)} b`, 'a'.repeat(119)],
  ])('of %j is %s', (name, slug) => {
    expect(slugOf(name, 'CountryGroup')).toBe(slug);
    expect(isSlug(slug)).toBe(true);
  });

  it('are numbered where they are taken, by the data or by others that were made', () => {
    const slugs = createSlugs();
    for (const slug of ['a', 'b-2', 'c', 'c']) slugs.reserve(slug);
    expect(['a', 'a', 'b', 'b', 'd'].map(slugs.make)).toEqual(['a-2', 'a-3', 'b', 'b-3', 'd']);
    expect([slugs.isShared('a'), slugs.isShared('c')]).toEqual([false, true]);
  });
});
