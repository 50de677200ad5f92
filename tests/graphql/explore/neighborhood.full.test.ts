import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../setup/runs.ts';
import { allSlugs, seedGraph, usualRelations } from '../../setup/seed-graph.ts';
import { seeds } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();
const model = seedGraph();

interface ShownEdge {
  readonly relation: string;
  readonly direction: string;
  readonly from: { readonly slug: string };
  readonly to: { readonly slug: string };
}

interface Shown {
  readonly nodes: readonly { readonly slug: string }[];
  readonly edges: readonly ShownEdge[];
  readonly truncated: {
    readonly reason: string;
    readonly atDepth: number;
    readonly leftOut: readonly { readonly relation: string; readonly count: number }[];
  } | null;
}

const ask = async (args: string): Promise<Shown> =>
  (
    await server.data(
      `{ neighborhood(${args}) { nodes { slug } edges { relation direction from { slug } to { slug } } truncated { reason atDepth leftOut { relation count } } } }`,
    )
  ).neighborhood;

const slugsOf = ({ nodes }: Shown) => nodes.map(({ slug }) => slug);
const textOf = ({ relation, from, to }: ShownEdge) => `${relation} ${from.slug} ${to.slug}`;

const edgesAmong = (slugs: ReadonlySet<string>, relations: readonly string[] = usualRelations) =>
  seeds.relations
    .filter(({ type, from, to }) => relations.includes(type) && slugs.has(from) && slugs.has(to))
    .map(({ type, from, to }) => `${type} ${from} ${to}`)
    .sort();

const anySlugs = fc.uniqueArray(fc.constantFrom(...allSlugs), { minLength: 1, maxLength: 3 });

/** Invariants of every result. */
function expectNeighborhood(shown: Shown, of: readonly string[], depth: number, limit: number) {
  const distances = model.distancesFrom(of);
  const near = [...distances].filter(([, distance]) => distance <= depth).map(([slug]) => slug);
  const slugs = slugsOf(shown);
  const known = new Set(slugs);
  const away = slugs.map((slug) => distances.get(slug) ?? Number.NaN);

  expect(slugs.slice(0, of.length)).toEqual(of);
  expect(known.size).toBe(slugs.length);
  expect(away).toEqual(away.toSorted((left, right) => left - right));
  expect(shown.edges.map(textOf).sort()).toEqual(edgesAmong(known));
  if (near.length <= limit) {
    expect([...slugs].sort()).toEqual(near.sort());
    expect(shown.truncated).toBeNull();
    return;
  }
  expect(slugs).toHaveLength(limit);
  const cutAt = Math.min(...near.filter((slug) => !known.has(slug)).map((slug) => distances.get(slug) ?? 9));
  const counts = new Map<string, number>();
  for (const [slug, distance] of distances) {
    if (distance !== cutAt - 1) continue;
    for (const { relation, far } of model.stepsOf(slug)) {
      if (!known.has(far)) counts.set(relation, (counts.get(relation) ?? 0) + 1);
    }
  }
  expect(shown.truncated).toMatchObject({ reason: 'LIMIT', atDepth: cutAt });
  expect(new Map(shown.truncated?.leftOut.map(({ relation, count }) => [relation, count]))).toEqual(counts);
}

describe('neighborhood', () => {
  it.each([
    [1, 500],
    [2, 500],
    [3, 500],
    [1, 10],
    [2, 40],
    [3, 25],
  ])(
    'of %i hops and up to %i nodes is what breadth-first search says, nearest first',
    async (depth, limit) => {
      await fc.assert(
        fc.asyncProperty(anySlugs, async (of) => {
          const shown = await ask(`of: ${JSON.stringify(of)}, depth: ${depth}, limit: ${limit}`);
          expectNeighborhood(shown, of, depth, limit);
        }),
        runs(15, 2),
      );
    },
    120_000,
  );

  it('lets no relation of a hub fill the answer', async () => {
    const of = 'cn';
    const shown = await ask(`of: ["${of}"], limit: 40`);
    expectNeighborhood(shown, [of], 1, 40);
    const known = new Set(slugsOf(shown));
    const branches = new Map<string, { there: number; all: Set<string> }>();
    for (const { relation, direction, far } of model.stepsOf(of)) {
      const branch = branches.get(`${relation} ${direction}`) ?? { there: 0, all: new Set() };
      branches.set(`${relation} ${direction}`, branch);
      if (known.has(far) && !branch.all.has(far)) branch.there += 1;
      branch.all.add(far);
    }
    const share = Math.floor(39 / branches.size);
    expect(branches.size).toBeGreaterThan(4);
    for (const { there, all } of branches.values()) expect(there).toBeGreaterThanOrEqual(Math.min(share, all.size));
  });

  it('lets no given entity dominate the result', async () => {
    const [hub, other] = ['cn', 'ke'];
    const shown = await ask(`of: ["${hub}", "${other}"], limit: 12`);
    const of = (slug: string) => new Set(model.stepsOf(slug).map(({ far }) => far));
    const around = (slug: string) =>
      slugsOf(shown)
        .slice(2)
        .filter((far) => of(slug).has(far)).length;
    expect(around(hub)).toBeGreaterThanOrEqual(5);
    expect(around(other)).toBeGreaterThanOrEqual(5);
  });

  it('counts an entity once that is named twice, by slug and by id', async () => {
    const id = Buffer.from('Country:ke').toString('base64url');
    expect(await ask(`of: ["ke", "${id}", "ke"]`)).toEqual(await ask('of: "ke"'));
  });

  it('answers the same each time', async () => {
    const question = 'of: ["cn", "ke"], depth: 2, limit: 120';
    expect(await ask(question)).toEqual(await ask(question));
  });

  it('keeps to the relations and kinds given', async () => {
    const cites = await ask('of: ["china-kenya-joint-laboratory-for-crop-molecular-biology"], relations: [CITES]');
    expect(cites.edges.length).toBeGreaterThan(0);
    expect(new Set(cites.edges.map(({ relation }) => relation))).toEqual(new Set(['CITES']));
    const { neighborhood } = await server.data(
      '{ neighborhood(of: ["ke"], depth: 2, kinds: [LAB, AREA]) { nodes { __typename } } }',
    );
    const [, ...others] = neighborhood.nodes.map(({ __typename }: { __typename: string }) => __typename);
    expect(new Set(others)).toEqual(new Set(['Lab', 'Area']));
  });

  it('counts omitted entities of the given kinds, even if a given entity is of another kind', async () => {
    const cited = 'of: ["alef-ir-undated", "university-of-guilan"], relations: [CITES], kinds: [LAB]';
    const { nodes } = await ask(cited);
    expect(nodes).toHaveLength(3);
    const cut = await ask(`${cited}, limit: 2`);
    expect(cut.truncated).toEqual({ reason: 'LIMIT', atDepth: 1, leftOut: [{ relation: 'CITES', count: 1 }] });
  });

  it('returns the direction in which relations were traversed', async () => {
    const { edges } = await ask('of: ["ke"]');
    for (const { direction, from, to } of edges) {
      if (to.slug === 'ke') expect(direction).toBe('BACKWARD');
      if (from.slug === 'ke') expect(direction).toBe('FORWARD');
    }
  });

  it('costs one more statement for its entities, however many there are', async () => {
    await server.data('{ neighborhood(of: ["ke"], limit: 5) { edges { relation } } }');
    const search = server.ran.length;
    await server.data(
      '{ neighborhood(of: ["ke"], limit: 200) { nodes { name ... on Lab { institutions { nodes { name } } } } edges { from { name } to { nameZh } } } }',
    );
    expect(server.ran).toHaveLength(search + 1);
    await server.data('{ neighborhood(of: ["ke"]) { nodes { name } edges { properties { name } sources { name } } } }');
    expect(server.ran).toHaveLength(search + 2);
  });

  it.each([
    ['of: []', /`of` takes 1 to 10/],
    [`of: ${JSON.stringify(allSlugs.slice(0, 11))}`, /`of` takes 1 to 10 entities; got 11/],
    ['of: ["nowhere", "ke"]', /"nowhere"/],
    ['of: ["No Where"]', /is not a valid ID/],
    ['of: ["ke"], depth: 0', /`depth` must be from 1 to 3; got 0/],
    ['of: ["ke"], depth: 4', /`depth` must be from 1 to 3; got 4/],
    ['of: ["ke"], limit: 0', /`limit` must be from 1 to 500; got 0/],
    ['of: ["ke"], limit: 501', /`limit` must be from 1 to 500; got 501/],
    ['of: ["ke", "cn"], limit: 1', /must be at least 2/],
    ['of: ["ke"], relations: []', /`relations` must not be empty/],
  ])('%s is rejected with a clear message', async (args, words) => {
    const { data, errors } = await server.ask(`{ neighborhood(${args}) { nodes { slug } } }`);
    expect(data).toEqual({ neighborhood: null });
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toMatch(words);
  });
});
