import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grounds, mixed } from '../../../src/pages/drawing/canvas-style.ts';
import { styleOfKindAt } from '../../../src/pages/drawing/kind-styles.ts';
import { type Box, readableLabels, wrapped } from '../../../src/pages/drawing/labels.ts';
import { arranged } from '../../../src/pages/drawing/layout/arrange.ts';
import { forcedPlaces } from '../../../src/pages/drawing/layout/forces.ts';
import { components, firstPlaces, shelves } from '../../../src/pages/drawing/layout/place.ts';
import { countByYear, startOf, yearAt, yearsOfBar } from '../../../src/pages/explorer/timeline/years.ts';
import { runs } from '../../setup/runs.ts';
import { card, hop } from './cards.ts';
import './cooperation-settings.ts';

const graph = fc.integer({ min: 1, max: 30 }).chain((size) => {
  const end = fc.integer({ min: 0, max: size - 1 }).map((index) => `n${index}`);
  return fc.array(fc.tuple(end, end), { maxLength: 60 }).map((pairs) => ({
    nodes: Array.from({ length: size }, (_, index) => card(`n${index}`)),
    edges: pairs.map(([from, to]) => hop(from, to)),
  }));
});

describe('the places of a graph', () => {
  it('are the same for the same graph, one for each entity, and none twice', () => {
    fc.assert(
      fc.property(graph, (one) => {
        const places = firstPlaces(one);
        expect([...places.keys()].sort()).toEqual(one.nodes.map(({ slug }) => slug).sort());
        expect(firstPlaces(structuredClone(one))).toEqual(places);
        const spots = [...places.values()].map(({ x, y }) => `${x.toFixed(3)} ${y.toFixed(3)}`);
        expect(new Set(spots).size).toBe(spots.length);
      }),
    );
  });

  it('fall into parts that no relation connects', () => {
    fc.assert(
      fc.property(graph, (one) => {
        const parts = components(one);
        expect(parts.flat().sort()).toEqual(one.nodes.map(({ slug }) => slug).sort());
        const partOf = new Map(parts.flatMap((part, index) => part.map((slug) => [slug, index] as const)));
        for (const { from, to } of one.edges) expect(partOf.get(from.slug)).toBe(partOf.get(to.slug));
      }),
    );
    expect(components({ nodes: ['a', 'b', 'c'].map((slug) => card(slug)), edges: [hop('b', 'c')] })).toEqual([
      ['b', 'c'],
      ['a'],
    ]);
  });
});

describe('the forces between entities', () => {
  const apart = (places: ReadonlyMap<string, { x: number; y: number }>) => {
    const points = [...places.values()];
    return Math.min(
      ...points.flatMap((point, index) =>
        points.slice(index + 1).map((other) => Math.hypot(point.x - other.x, point.y - other.y)),
      ),
    );
  };

  it('lead to the same places for the same graph, all of them known, and none over another', () => {
    fc.assert(
      fc.property(graph, (one) => {
        const places = arranged(one, 1.4, new Map());
        expect(arranged(structuredClone(one), 1.4, new Map())).toEqual(places);
        expect([...places.keys()].sort()).toEqual(one.nodes.map(({ slug }) => slug).sort());
        for (const { x, y } of places.values()) expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
        if (places.size > 1) expect(apart(places)).toBeGreaterThan(40);
      }),
      runs(40),
    );
  });

  it('keep signs apart where there are many, too', () => {
    const nodes = Array.from({ length: 400 }, (_, index) => card(`n${index}`));
    const edges = nodes.flatMap(({ slug }, index) => [hop('n0', slug), hop(slug, `n${(index * 7) % 400}`)]);
    expect(apart(forcedPlaces({ nodes, edges }))).toBeGreaterThan(40);
  });

  it('leave an entity where somebody put it', () => {
    const one = { nodes: ['a', 'b', 'c'].map((slug) => card(slug)), edges: [hop('a', 'b'), hop('b', 'c')] };
    const held = new Map([['a', { x: 777, y: -333 }]]);
    expect(forcedPlaces(one, held).get('a')).toEqual({ x: 777, y: -333 });
    expect(arranged(one, 1, held).get('a')).toEqual({ x: 777, y: -333 });
  });

  it('bring related entities nearer to one another than others', () => {
    const nodes = Array.from({ length: 20 }, (_, index) => card(`n${index}`));
    // Two circles of ten, held together by one relation.
    const edges = nodes.flatMap((_, index) => {
      const first = index < 10 ? 0 : 10;
      return [
        hop(`n${index}`, `n${first + ((index + 1 - first) % 10)}`),
        hop(`n${index}`, `n${first + ((index + 3 - first) % 10)}`),
      ];
    });
    const places = forcedPlaces({ nodes, edges: [...edges, hop('n0', 'n10')] });
    const distance = (a: string, b: string) => {
      const [from, to] = [places.get(a), places.get(b)];
      return from && to ? Math.hypot(from.x - to.x, from.y - to.y) : Number.NaN;
    };
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const related = mean(edges.map(({ from, to }) => distance(from.slug, to.slug)));
    const others = mean(
      nodes.slice(1, 10).flatMap(({ slug }) => nodes.slice(11).map((other) => distance(slug, other.slug))),
    );
    expect(related * 2).toBeLessThan(others);
  });
});

const size = fc.record({ width: fc.integer({ min: 10, max: 300 }), height: fc.integer({ min: 10, max: 300 }) });

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('boxes on shelves', () => {
  it('never lie over one another', () => {
    fc.assert(
      fc.property(
        fc.array(size, { minLength: 1, maxLength: 25 }),
        fc.double({ min: 0.3, max: 3, noNaN: true }),
        (boxes, shape) => {
          const placed = shelves(boxes, shape).map((place, index) => ({
            ...place,
            ...(boxes[index] ?? { width: 0, height: 0 }),
          }));
          expect(placed).toHaveLength(boxes.length);
          for (const [index, box] of placed.entries()) {
            for (const other of placed.slice(index + 1)) expect(overlap(box, other)).toBe(false);
          }
        },
      ),
    );
  });

  it('fill a frame of about the shape that is asked for', () => {
    const boxes = Array.from({ length: 36 }, () => ({ width: 100, height: 100 }));
    const extent = (shape: number) => {
      const places = shelves(boxes, shape);
      return [Math.max(...places.map(({ x }) => x)) + 100, Math.max(...places.map(({ y }) => y)) + 100];
    };
    expect(extent(1)).toEqual([600, 600]);
    expect(extent(4)).toEqual([1200, 300]);
  });
});

describe('labels', () => {
  const label = fc.record({
    x: fc.integer({ min: 0, max: 600 }),
    y: fc.integer({ min: 0, max: 600 }),
    width: fc.integer({ min: 10, max: 200 }),
    height: fc.integer({ min: 8, max: 40 }),
    weight: fc.integer({ min: 0, max: 5 }),
  });

  it('are chosen so that none lies over another, and the weightiest is there', () => {
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 40 }), (boxes) => {
        const labels = boxes.map(({ weight, ...box }, index) => ({
          id: String(index).padStart(3, '0'),
          weight,
          places: [box],
        }));
        const chosen = readableLabels(labels);
        const shown = labels.filter(({ id }) => chosen.has(id)).flatMap(({ places }) => places);
        for (const [index, box] of shown.entries()) {
          for (const other of shown.slice(index + 1)) expect(overlap(box, other)).toBe(false);
        }
        const [first] = labels.toSorted((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
        expect(chosen.has(first?.id ?? '')).toBe(true);
      }),
    );
  });

  it('take another place where the first is taken, not seen, or over the sign of another entity', () => {
    const at = (x: number): Box => ({ x, y: 0, width: 10, height: 10 });
    const labels = [
      { id: 'a', weight: 2, places: [at(0), at(100)] },
      { id: 'b', weight: 1, places: [at(5), at(50)] },
    ];
    expect([...readableLabels(labels)]).toEqual([
      ['a', 0],
      ['b', 1],
    ]);
    expect([...readableLabels(labels, () => true, new Map([['c', at(2)]]))]).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
    expect([...readableLabels(labels, ({ x }) => x >= 100)]).toEqual([['a', 1]]);
    // The few most important ones may stand over signs, where no other place is free.
    const signs = new Map([['c', at(2)]]);
    expect(readableLabels(labels, () => true, signs, 1).get('a')).toBe(1);
    const [only] = [{ id: 'a', weight: 2, places: [at(0)] }];
    expect(readableLabels([only], () => true, signs).size).toBe(0);
    expect(readableLabels([only], () => true, signs, 1).get('a')).toBe(0);
  });

  it('are broken between words, and cut where there are too many lines', () => {
    expect(wrapped('China-Kenya Joint Laboratory for Crop Molecular Biology', 24, 3)).toBe(
      'China-Kenya Joint\nLaboratory for Crop\nMolecular Biology',
    );
    expect(wrapped('one two three', 3, 2)).toBe('one\ntwo …');
    // Chinese has no spaces, and its signs are twice as wide.
    expect(wrapped('中国肯尼亚联合实验室', 8, 3)).toBe('中国肯尼\n亚联合实\n验室');
    expect(wrapped('中国 STARLab 实验室', 11, 3)).toBe('中国\nSTARLab 实\n验室');
  });
});

const lightness = (color: string) => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

const contrast = (a: string, b: string) => {
  const [high = 0, low = 0] = [lightness(a), lightness(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};

describe('the looks of kinds', () => {
  const looks = Array.from({ length: 11 }, (_, index) => styleOfKindAt(index));

  it('stand out from the ground, light and dark', () => {
    for (const { light, dark } of looks) {
      expect(contrast(light, grounds.light.paper)).toBeGreaterThan(3);
      expect(contrast(dark, grounds.dark.paper)).toBeGreaterThan(3);
    }
    for (const { ink, faint, paper } of Object.values(grounds)) {
      expect(contrast(ink, paper)).toBeGreaterThan(7);
      expect(contrast(faint, paper)).toBeGreaterThan(4.5);
    }
  });

  it('differ in shape as well as in colour, and lie within the square that they are drawn in', () => {
    expect(new Set(looks.map(({ corners }) => corners.join(' '))).size).toBe(looks.length);
    expect(new Set(looks.map(({ light }) => light)).size).toBe(looks.length);
    for (const value of looks.flatMap(({ corners }) => corners.flat())) expect(Math.abs(value)).toBeLessThanOrEqual(1);
  });

  it('go on where there are more kinds, as distinct', () => {
    const many = Array.from({ length: 45 }, (_, index) => styleOfKindAt(index));
    expect(new Set(many.map(({ light, corners }) => `${light} ${corners}`)).size).toBe(many.length);
    for (const { light, dark, corners } of many) {
      expect(contrast(light, grounds.light.paper)).toBeGreaterThan(3);
      expect(contrast(dark, grounds.dark.paper)).toBeGreaterThan(3);
      for (const value of corners.flat()) expect(Math.abs(value)).toBeLessThanOrEqual(1);
    }
  });

  it('can be thinned', () => {
    expect(mixed('#000000', '#ffffff', 1)).toBe('#000000');
    expect(mixed('#000000', '#ffffff', 0.2)).toBe('#cccccc');
  });
});

describe('the years of the timeline', () => {
  const lab = (values: object) => ({
    __typename: 'Lab',
    slug: 'x',
    name: 'x',
    nameZh: null,
    designation: 'PLANNED',
    inScope: true,
    yearRecognised: null,
    yearBasis: null,
    firstMilestoneDate: null,
    ...values,
  });
  const designated = lab({ designation: 'BELT_AND_ROAD_JOINT_LABORATORY', yearRecognised: 2019, yearBasis: 'STATED' });

  it('are those of recognition, else of the first milestone, and say which', () => {
    expect(startOf(designated)).toMatchObject({ year: 2019, basisInWords: 'recognised, stated' });
    expect(startOf(lab({ firstMilestoneDate: '2016-05' }))).toMatchObject({
      year: 2016,
      basisInWords: 'first known milestone',
    });
    expect(startOf(lab({}))).toBeUndefined();
  });

  it('count designated laboratories and context apart, and leave out those without a year', () => {
    const labs = [designated, lab({ firstMilestoneDate: '2019-01' }), lab({ firstMilestoneDate: '2021' }), lab({})];
    expect(countByYear(labs, 2019, 2021)).toEqual([
      { year: 2019, until: 2019, highlighted: 1, others: 1 },
      { year: 2020, until: 2020, highlighted: 0, others: 0 },
      { year: 2021, until: 2021, highlighted: 0, others: 1 },
    ]);
  });

  it('are counted together where there are too many bars', () => {
    expect([yearsOfBar(2013, 2025), yearsOfBar(1540, 2004), yearsOfBar(-500, 2000)]).toEqual([1, 10, 50]);
    // On a phone a bar of one year would be narrower than a finger.
    expect([yearsOfBar(2008, 2027, 340), yearsOfBar(2008, 2027, 790)]).toEqual([2, 1]);
    const labs = [designated, lab({ firstMilestoneDate: '2011-01' })];
    expect(countByYear(labs, 2010, 2029, 10)).toEqual([
      { year: 2010, until: 2019, highlighted: 1, others: 1 },
      { year: 2020, until: 2029, highlighted: 0, others: 0 },
    ]);
  });

  it('place a date within its year, and one without month in the middle', () => {
    expect(yearAt('2019')).toBe(2019.5);
    expect(yearAt('2019-01-01')).toBe(2019);
    expect(yearAt('2019-12-31')).toBeLessThan(2020);
    expect(yearAt('2019-06')).toBeGreaterThan(yearAt('2019-05-31'));
  });
});
