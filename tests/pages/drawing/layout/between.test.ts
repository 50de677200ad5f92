import { describe, expect, it } from 'vitest';
import { placesBetween } from '../../../../src/pages/drawing/layout/between.ts';
import { card, hop } from '../../explorer/cards.ts';

const slugs = ['rs', 'lab', 'other-lab', 'university', 'ke', 'apart'];
const graph = {
  nodes: slugs.map((slug) => card(slug)),
  edges: [
    hop('lab', 'rs'),
    hop('other-lab', 'rs'),
    hop('lab', 'university'),
    hop('other-lab', 'ke'),
    hop('university', 'ke'),
  ],
};
const ends = { from: 'rs', to: 'ke' };

describe('the entities on paths', () => {
  it('stand between the ends, of which one is at the left and one at the right', () => {
    const places = placesBetween(graph, ends, 1.6);
    const x = (slug: string) => places.get(slug)?.x ?? Number.NaN;
    expect(x('rs')).toBeLessThan(x('lab'));
    expect(x('lab')).toBeLessThan(x('university'));
    expect(x('university')).toBeLessThan(x('ke'));
    expect(x('other-lab')).toBeGreaterThan(x('lab'));
    expect(Math.max(...slugs.map(x))).toBe(x('ke'));
  });

  it('stand from top to bottom where the picture is higher than wide', () => {
    const places = placesBetween(graph, ends, 0.6);
    const y = (slug: string) => places.get(slug)?.y ?? Number.NaN;
    expect(y('rs')).toBeLessThan(y('lab'));
    expect(Math.max(...slugs.map(y))).toBe(y('ke'));
  });

  it('never stand at the same place', () => {
    const places = [...placesBetween(graph, ends, 1.6).values()].map(({ x, y }) => `${x} ${y}`);
    expect(new Set(places).size).toBe(slugs.length);
  });
});
