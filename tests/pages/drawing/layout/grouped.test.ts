import { describe, expect, it } from 'vitest';
import { groupedPlaces } from '../../../../src/pages/drawing/layout/grouped.ts';
import { card, hop } from '../../explorer/cards.ts';

const nodes = ['a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'b2', 'c1'].map((slug) => card(slug));
const places = groupedPlaces({ nodes, edges: [hop('a3', 'b1')] }, (slug) => slug.charAt(0), 1.5);

/** The rectangle around a group. */
function frameOf(group: string) {
  const points = [...places].filter(([slug]) => slug.startsWith(group)).map(([, point]) => point);
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

describe('entities in groups', () => {
  it('stand in a block for each group, and blocks never cover each other', () => {
    const [a, b, c] = ['a', 'b', 'c'].map(frameOf);
    for (const [one, other] of [
      [a, b],
      [a, c],
      [b, c],
    ]) {
      if (!one || !other) throw new Error('A group has no entities.');
      const isApart =
        one.right < other.left || other.right < one.left || one.bottom < other.top || other.bottom < one.top;
      expect(isApart).toBe(true);
    }
    expect(places.size).toBe(nodes.length);
  });

  it('begin with those that have most relations', () => {
    expect(places.get('a3')).toEqual({ x: frameOf('a').left, y: frameOf('a').top });
  });
});
