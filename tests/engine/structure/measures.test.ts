import { describe, expect, it } from 'vitest';
import { MeasuringStopped, measureInWorker } from '../../../src/engine/structure/measure-in-worker.ts';
import { type Measure, measure, type NumberedGraph } from '../../../src/engine/structure/measures.ts';

/** Zachary's karate club (Journal of Anthropological Research 33, 1977): the links of each member to those of higher numbers. */
const karate: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31],
  1: [2, 3, 7, 13, 17, 19, 21, 30],
  2: [3, 7, 8, 9, 13, 27, 28, 32],
  3: [7, 12, 13],
  4: [6, 10],
  5: [6, 10, 16],
  6: [16],
  8: [30, 32, 33],
  9: [33],
  13: [33],
  14: [32, 33],
  15: [32, 33],
  18: [32, 33],
  19: [33],
  20: [32, 33],
  22: [32, 33],
  23: [25, 27, 29, 32, 33],
  24: [25, 27, 31],
  25: [31],
  26: [29, 33],
  27: [33],
  28: [31, 33],
  29: [32, 33],
  30: [32, 33],
  31: [32, 33],
  32: [33],
};

function graphOf(size: number, links: readonly (readonly [number, number])[]): NumberedGraph {
  return {
    size,
    starts: Int32Array.from(links, ([start]) => start),
    ends: Int32Array.from(links, ([, end]) => end),
    weights: Float64Array.from(links, () => 1),
  };
}

const links = Object.entries(karate).flatMap(([start, ends]) => ends.map((end) => [Number(start), end] as const));
const club = graphOf(34, links);

const valuesOf = (wanted: Measure, members: readonly number[]) => {
  const { values } = measure(wanted, club);
  return members.map((member) => values[member]);
};

const near = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 5));

describe('the measures of the karate club', () => {
  it('has its 34 members and 78 links', () => {
    expect([club.size, links.length]).toEqual([34, 78]);
    expect(valuesOf('DEGREE', [0, 33, 32])).toEqual([16, 17, 12]);
  });

  // As NetworkX 3 gives them for the unweighted graph.
  it('has the betweenness that is published', () => {
    expect(valuesOf('BETWEENNESS', [0, 33, 32, 2, 31])).toEqual(
      near([0.43763528, 0.30407498, 0.14524711, 0.14365681, 0.13827561]),
    );
  });

  it('has the closeness that is published', () => {
    expect(valuesOf('CLOSENESS', [0, 2, 33, 16])).toEqual(near([0.56896552, 0.55932203, 0.55, 0.28448276]));
  });

  it('has the PageRank that is published', () => {
    const { values } = measure('PAGERANK', club);
    expect(valuesOf('PAGERANK', [33, 0, 32])).toEqual(near([0.10091917, 0.09699729, 0.07169323]));
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
  });

  it('falls into the four communities of its best known modularity, the same each time', () => {
    const { values, modularity } = measure('COMMUNITY', club);
    expect(modularity).toBeGreaterThan(0.415);
    expect(modularity).toBeLessThan(0.4199);
    expect(new Set(values).size).toBe(4);
    expect(values[0]).not.toBe(values[33]);
    expect(measure('COMMUNITY', club)).toEqual({ values, modularity });
  });
});

describe('a measure', () => {
  it.each<Measure>(['DEGREE', 'PAGERANK', 'BETWEENNESS', 'CLOSENESS', 'COMMUNITY'])(
    '%s has a value for each of no, one and two entities without links',
    (wanted) => {
      for (const size of [0, 1, 2]) expect(measure(wanted, graphOf(size, [])).values).toHaveLength(size);
    },
  );

  it('is the same in a thread of its own', async () => {
    expect(await measureInWorker('BETWEENNESS', club, { time: 20_000 })).toEqual(measure('BETWEENNESS', club));
  });

  it('is stopped at its time limit', async () => {
    await expect(measureInWorker('BETWEENNESS', club, { time: 1 })).rejects.toThrow(MeasuringStopped);
  });
});
