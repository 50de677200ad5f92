import { expect, test } from 'vitest';
import { divideDiffering } from '../../../../src/pages/explorer/analysis/shared-by-some.ts';

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
