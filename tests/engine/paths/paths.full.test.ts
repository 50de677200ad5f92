import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { scoreOf } from '../../../src/engine/paths/a-star.ts';
import { findPaths, type PathsOptions } from '../../../src/engine/paths/paths.ts';
import { readStatistics } from '../../../src/engine/reads/statistics.ts';
import { findNeighborhood } from '../../../src/engine/traversal/neighborhood.ts';
import { ownGraph } from '../../doors/data/own-graph.ts';
import { readingRows } from '../../setup/graph-double.ts';
import { runs } from '../../setup/runs.ts';
import { allSlugs, seedGraph, usualRelations } from '../../setup/seed-graph.ts';
import { silkgraph } from '../../setup/silkgraph.ts';
import { slowGraph } from '../../setup/slow-graph.ts';

const server = silkgraph();
const own = ownGraph();
const model = seedGraph();
const anySlug = fc.constantFrom(...allSlugs);

const request = { ontology: cooperation, relations: usualRelations, kinds: null, via: [], avoid: [], avoidHubs: null };

const find = (from: string, to: string, maxHops: number, limit: number, options: PathsOptions = {}) =>
  findPaths(server.graph, { ...request, from, to, maxHops, limit }, { timeout: 60_000, ...options });

/** A graph whose reads after the first few exceed every timeout. */
const slowAfter = (reads: number) => slowGraph(server.graph, (read) => read > reads);

describe('paths over hubs that are not read whole', () => {
  it.each([3, 12, 60])(
    'are as long as breadth-first search says, where %i relations make a hub',
    async (hubDegree) => {
      await fc.assert(
        fc.asyncProperty(anySlug, anySlug, async (from, to) => {
          fc.pre(from !== to);
          const { paths } = await find(from, to, 4, 1, { hubDegree });
          const distance = model.distancesFrom([from]).get(to) ?? Number.POSITIVE_INFINITY;
          expect(paths[0]?.relations.length).toBe(distance <= 4 ? distance : undefined);
        }),
        runs(20),
      );
    },
    180_000,
  );

  it('are the same as those over hubs that are', async () => {
    await fc.assert(
      fc.asyncProperty(anySlug, anySlug, async (from, to) => {
        fc.pre(from !== to);
        const options = { hubDegree: 6, mostExpanded: 20 };
        const { paths, truncated } = await find(from, to, 3, 20, options);
        const whole = await find(from, to, 3, 20);
        if (truncated !== null || whole.truncated !== null) return;
        expect(paths.map(scoreOf)).toEqual(whole.paths.map(scoreOf));
      }),
      runs(25),
    );
  }, 180_000);

  it('score by all relations of such hubs, also on the way to an entity that they must pass', async () => {
    await own.ask(`CREATE (near:Entity:Area {id: 'near-hub'})-[:BROADER]->(far:Entity:Area {id: 'far-hub'})
      CREATE (near)<-[:RESEARCHES]-(:Entity:Lab {id: 'start'}),
        (far)<-[:RESEARCHES]-(:Entity:Lab {id: 'passed'})-[:RESEARCHES]->(:Entity:Area {id: 'last'})<-[:RESEARCHES]-(:Entity:Lab {id: 'end'})
      FOREACH (hub IN [near, far] | FOREACH (lab IN range(1, 9) |
        CREATE (:Entity:Lab {id: 'lab-of-' + hub.id + lab})-[:RESEARCHES]->(hub)))`);
    const asked = { ...request, from: 'start', to: 'end', via: ['passed'], maxHops: 5, limit: 1 };
    const { paths } = await findPaths(own.graph, asked, { hubDegree: 5, timeout: 60_000 });
    expect(paths.map(({ entities }) => entities.slice(1, -1).map(({ degree }) => degree))).toEqual([[11, 11, 2, 2]]);
  });

  it('are complete if the paths between hubs only lead back', async () => {
    await own.ask(`CREATE (middle:Entity:Area {id: 'middle'})
      FOREACH (end IN ['a', 'b'] | CREATE (:Entity:Lab {id: end})-[:RESEARCHES]->(middle))
      FOREACH (hub IN range(1, 20) |
        CREATE (middle)-[:BROADER]->(area:Entity:Area {id: 'hub-' + hub})
        FOREACH (lab IN range(1, 30) | CREATE (:Entity:Lab {id: 'lab-' + hub + '-' + lab})-[:RESEARCHES]->(area)))`);
    const asked = { ...request, from: 'a', to: 'b', maxHops: 6, limit: 20 };
    const { paths, truncated } = await findPaths(own.graph, asked, { hubDegree: 25, timeout: 60_000 });
    expect({ lengths: paths.map(({ relations }) => relations.length), truncated }).toEqual({
      lengths: [2],
      truncated: null,
    });
  }, 180_000);
});

describe('paths without `truncated`', () => {
  const anyHub = fc.constantFrom(
    ...allSlugs.toSorted((left, right) => model.degreeOf(right) - model.degreeOf(left)).slice(0, 40),
  );
  const asking = fc.record({
    from: anySlug,
    to: fc.oneof(anySlug, anyHub),
    maxHops: fc.integer({ min: 1, max: 4 }),
    limit: fc.constantFrom(1, 2, 3, 20),
    avoid: fc.uniqueArray(anyHub, { maxLength: 3 }),
    avoidHubs: fc.constantFrom(null, null, 30),
    kinds: fc.constantFrom(null, null, ['Lab', 'Country', 'Area'] as const),
    hubDegree: fc.constantFrom(12, 1_000),
  });

  it('are the same as those with it', async () => {
    await fc.assert(
      fc.asyncProperty(asking, async ({ hubDegree, ...asked }) => {
        const avoid = asked.avoid.filter((slug) => slug !== asked.from && slug !== asked.to);
        const ask = async (asksForMore: boolean) => {
          const options = { hubDegree, asksForMore, timeout: 60_000 };
          const { paths } = await findPaths(server.graph, { ...request, ...asked, avoid }, options);
          // Of one length, ways over hubs may be left out for others.
          return paths.map((path) => (hubDegree < 1_000 ? path.relations.length : [scoreOf(path), path.relations]));
        };
        expect(await ask(false)).toEqual(await ask(true));
      }),
      runs(80),
    );
  }, 180_000);

  it('are longer if only the ends connect each other', async () => {
    await own.ask(`CREATE (start:Entity:Lab {id: 'start'})-[:RESEARCHES]->(end:Entity:Area {id: 'end'})
      CREATE (start)-[:HOSTED_BY]->(:Entity:Institution {id: 'host'})<-[:HOSTED_BY]-(:Entity:Lab {id: 'other'})-[:RESEARCHES]->(end)`);
    const asked = { ...request, from: 'start', to: 'end', maxHops: 3, limit: 2 };
    const { paths } = await findPaths(own.graph, asked, { asksForMore: false, timeout: 60_000 });
    expect(paths.map(({ relations }) => relations.length)).toEqual([1, 3]);
  });

  it('are found among connecting neighbours if that is enough, otherwise among all neighbours', async () => {
    const read: string[][] = [];
    const watched = {
      ...server.graph,
      read: readingRows(async (statement, parameters, options) => {
        const rows = await server.graph.read(statement, parameters, options);
        const [, around] = rows[0] ?? [];
        if (statement.name === 'paths-ends') read.push((around as [[string]][]).map(([[slug]]) => slug));
        return rows;
      }),
    };
    const next = (of: string) => new Set(model.stepsOf(of).map(({ far }) => far));
    const joining = [...next('ke')].filter((slug) => next('pk').has(slug));
    const all = new Set([...next('ke'), ...next('pk')]);
    expect(joining.length).toBeLessThan(all.size);
    const find = async (limit: number, asksForMore: boolean, avoid: readonly string[] = []) => {
      read.length = 0;
      const asked = { ...request, from: 'ke', to: 'pk', avoid, maxHops: 3, limit };
      await findPaths(watched, asked, { asksForMore, timeout: 60_000 });
      return read.map((slugs) => slugs.toSorted());
    };
    const sorted = (slugs: Iterable<string>) => [...slugs].toSorted();
    expect(await find(1, false)).toEqual([sorted(joining)]);
    expect(await find(1, true)).toEqual([sorted(all)]);
    expect(await find(joining.length, false)).toEqual([sorted(joining)]);
    expect(await find(joining.length + 100, false)).toEqual([sorted(all)]);
    // Those to avoid join nothing.
    expect(await find(joining.length - 1, false, joining.slice(0, 1))).toEqual([sorted(joining)]);
    expect(await find(joining.length, false, joining.slice(0, 1))).toEqual([sorted(all)]);
  });
});

describe('a search that is cut short', () => {
  const asked = { ...request, from: 'start', to: 'end', limit: 100 };

  it('is marked only if paths remain that do not return to their start', async () => {
    await own.ask(`CREATE (:Entity:Lab {id: 'start'})-[:RESEARCHES]->(one:Entity:Area {id: 'one'})-[:BROADER]->(other:Entity:Area {id: 'other'})<-[:RESEARCHES]-(:Entity:Lab {id: 'end'})
      FOREACH (hub IN [one, other] | FOREACH (lab IN range(1, 70) |
        CREATE (:Entity:Lab {id: 'lab-of-' + hub.id + lab})-[:RESEARCHES]->(hub)))`);
    const { paths, truncated } = await findPaths(
      own.graph,
      { ...asked, maxHops: 6 },
      { hubDegree: 25, timeout: 60_000 },
    );
    expect(paths.map(({ relations }) => relations.length)).toEqual([3]);
    expect(truncated).toBeNull();
  });

  it('returns the length from which paths may be missing', async () => {
    await own.ask(`CREATE (:Entity:Lab {id: 'start'})-[:RESEARCHES]->(one:Entity:Area {id: 'one'})
      CREATE (other:Entity:Area {id: 'other'})<-[:RESEARCHES]-(:Entity:Lab {id: 'end'})
      FOREACH (lab IN range(1, 70) | CREATE (one)<-[:RESEARCHES]-(:Entity:Lab {id: 'lab-' + lab})-[:RESEARCHES]->(other))`);
    const { paths, truncated } = await findPaths(
      own.graph,
      { ...asked, maxHops: 6 },
      { hubDegree: 25, timeout: 60_000 },
    );
    expect(new Set(paths.map(({ relations }) => relations.length))).toEqual(new Set([4]));
    expect(truncated).toEqual({ reason: 'SEARCH_LIMIT', atDepth: 4, leftOut: [] });
  });
});

describe('when time is over', () => {
  it('paths are those that were found until then, and say so', async () => {
    const started = performance.now();
    const found = await findPaths(
      slowAfter(2),
      { ...request, from: 'ke', to: 'pk', maxHops: 6, limit: 20 },
      { timeout: 3_000 },
    );
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(found.truncated).toEqual({ reason: 'TIME_LIMIT', atDepth: 4, leftOut: [] });
    expect(found.paths.map(({ relations }) => relations.length)).toEqual(
      model.pathsBetween('ke', 'pk', 3).map(({ length }) => length),
    );
  });

  it('a neighbourhood contains what was found until then, and is marked as truncated', async () => {
    const found = await findNeighborhood(
      slowAfter(1),
      { ontology: cooperation, relations: usualRelations, kinds: null, of: ['ke'], depth: 3, limit: 500 },
      { timeout: 3_000, statistics: await readStatistics(server.graph) },
    );
    expect(found.truncated).toEqual({ reason: 'TIME_LIMIT', atDepth: 2, leftOut: [] });
    expect(new Set(found.nodes.map(({ slug }) => slug))).toEqual(
      new Set(['ke', ...model.stepsOf('ke').map(({ far }) => far)]),
    );
  });

  it('nothing is answered to a caller who went away', async () => {
    const caller = new AbortController();
    const asked = findPaths(
      slowAfter(1),
      { ...request, from: 'ke', to: 'pk', maxHops: 6, limit: 20 },
      { timeout: 60_000, signal: caller.signal },
    );
    setTimeout(() => caller.abort(), 100);
    await expect(asked).rejects.toMatchObject({ fault: 'CANCELLED' });
  });
});
