import { describe, expect, it, test } from 'vitest';
import { divideDiffering, sharedIn } from '../../../../src/pages/explorer/analysis/shared-by-some.ts';

const joins = (slug: string, direction = 'FORWARD') => ({ relation: 'JOINS', direction, entity: { slug } });
const differing = [
  { entity: { slug: 'kenya' }, neighbors: [joins('union')] },
  { entity: { slug: 'egypt' }, neighbors: [joins('brics'), joins('union'), joins('league')] },
  { entity: { slug: 'mali' }, neighbors: [joins('union')] },
  { entity: { slug: 'south-africa' }, neighbors: [joins('brics'), joins('league', 'BACKWARD')] },
];

test('what several compared entities have is named once, with those that have it, most widely shared first', () => {
  expect(divideDiffering(differing).some).toEqual([
    { neighbor: joins('union'), by: ['kenya', 'egypt', 'mali'] },
    { neighbor: joins('brics'), by: ['egypt', 'south-africa'] },
  ]);
});

test('what only one compared entity has stays with it, and the other direction of a relation is another thing', () => {
  expect(divideDiffering(differing).own.map(({ neighbors }) => neighbors)).toEqual([
    [],
    [joins('league')],
    [],
    [joins('league', 'BACKWARD')],
  ]);
});

const compared = [{ slug: 'ke' }, { slug: 'eg' }, { slug: 'za' }];

const value = (slug: string) => ({ value: slug, entity: { __typename: 'Area', slug, name: slug } });

const pair = (country: string, area: string) => ({ size: 1, keys: [value(country), value(area)] });

describe('what is shared two relations away', () => {
  it('is what at least two of the compared entities are grouped with, most widely shared first', () => {
    const groups = [
      ...[pair('ke', 'crops'), pair('ke', 'water'), pair('eg', 'water'), pair('za', 'water')],
      ...[pair('ke', 'solar'), pair('za', 'solar'), pair('eg', 'textiles')],
    ];
    expect(sharedIn(groups, compared).map(({ entity, by }) => [entity.slug, by])).toEqual([
      ['water', ['ke', 'eg', 'za']],
      ['solar', ['ke', 'za']],
    ]);
  });

  it('leaves out other partners of the same laboratories, and what is not recorded', () => {
    const none = { value: null, entity: null };
    const groups = [
      ...[pair('ke', 'crops'), pair('cn', 'crops')],
      ...[
        { size: 1, keys: [value('ke'), none] },
        { size: 1, keys: [value('eg'), none] },
      ],
    ];
    expect(sharedIn(groups, compared)).toEqual([]);
  });
});
