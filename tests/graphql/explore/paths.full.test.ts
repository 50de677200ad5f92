import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../setup/runs.ts';
import { allSlugs, seedGraph } from '../../setup/seed-graph.ts';
import { seeds } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();
const model = seedGraph();

interface ShownHop {
  readonly relation: string;
  readonly direction: 'FORWARD' | 'BACKWARD';
  readonly from: { readonly slug: string };
  readonly to: { readonly slug: string };
}

interface ShownPath {
  readonly length: number;
  readonly score: number;
  readonly nodes: readonly { readonly slug: string }[];
  readonly hops: readonly ShownHop[];
}

const shown =
  'paths { length score nodes { slug } hops { relation direction from { slug } to { slug } } } truncated { reason atDepth leftOut { count } }';

const ask = async (
  args: string,
): Promise<{ paths: readonly ShownPath[]; truncated: { reason: string; atDepth: number } | null }> =>
  (await server.data(`{ paths(${args}) { ${shown} } }`)).paths;

const slugsOf = ({ nodes }: ShownPath) => nodes.map(({ slug }) => slug);

const textOf = ({ nodes, hops }: ShownPath) =>
  hops.reduce(
    (text, { relation, direction }, at) => `${text} ${relation} ${direction} ${nodes[at + 1]?.slug}`,
    nodes[0]?.slug ?? '',
  );

const stored = new Set(seeds.relations.map(({ type, from, to }) => `${type} ${from} ${to}`));

function expectWays(paths: readonly ShownPath[], from: string, to: string) {
  for (const path of paths) {
    const slugs = slugsOf(path);
    expect(slugs[0]).toBe(from);
    expect(slugs.at(-1)).toBe(to);
    expect(new Set(slugs).size).toBe(slugs.length);
    expect(path.hops).toHaveLength(path.length);
    expect(slugs).toHaveLength(path.length + 1);
    for (const [at, hop] of path.hops.entries()) {
      expect(stored).toContain(`${hop.relation} ${hop.from.slug} ${hop.to.slug}`);
      const ends = [hop.from.slug, hop.to.slug];
      expect(hop.direction === 'FORWARD' ? ends : ends.toReversed()).toEqual(slugs.slice(at, at + 2));
    }
  }
  const order = [...paths].sort((left, right) => left.length - right.length || right.score - left.score);
  expect(paths).toEqual(order);
}

const lab = 'china-kenya-joint-laboratory-for-crop-molecular-biology';
const anySlug = fc.constantFrom(...allSlugs);

describe('paths', () => {
  it('are as long as by breadth-first search, exist in the seeds, and come shortest first', async () => {
    await fc.assert(
      fc.asyncProperty(anySlug, anySlug, async (from, to) => {
        const { paths } = await ask(`from: "${from}", to: "${to}", maxHops: 6`);
        const distance = model.distancesFrom([from]).get(to) ?? Number.POSITIVE_INFINITY;
        expect(paths[0]?.length).toBe(distance <= 6 ? distance : undefined);
        expectWays(paths, from, to);
      }),
      runs(60),
    );
  }, 120_000);

  it('are the best by score of all that there are', async () => {
    await fc.assert(
      fc.asyncProperty(anySlug, anySlug, async (from, to) => {
        fc.pre(from !== to);
        const { paths, truncated } = await ask(`from: "${from}", to: "${to}", maxHops: 3, limit: 20`);
        const all = model.pathsBetween(from, to, 3);
        expect(paths.map(({ score }) => score.toFixed(5))).toEqual(
          all.slice(0, 20).map(({ score }) => score.toFixed(5)),
        );
        expect(
          paths.length === 20 ||
            paths.map(textOf).sort().join() ===
              all
                .map(({ text }) => text)
                .sort()
                .join(),
        ).toBe(true);
        expect(truncated?.reason).toBe(all.length > 20 ? 'LIMIT' : undefined);
      }),
      runs(40),
    );
  }, 120_000);

  it('are the same whether or not `truncated` and fields of their entities are selected', async () => {
    const names = new Map(
      Object.values(seeds.entities).flatMap((records) => records.map(({ id, name }) => [id, name] as const)),
    );
    const below = 'slug name nameZh ... on Lab { inScope }';
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('cn', ...allSlugs), anySlug, fc.constantFrom(1, 5), async (from, to, limit) => {
        const args = `from: "${from}", to: "${to}", limit: ${limit}`;
        const { paths } = await ask(args);
        // Fields selected of one kind only, including neighbours of an end with many relations.
        const { paths: ofLabs } = await server.data(
          `{ paths(${args}) { paths { nodes { ... on Lab { called: name } ... on Country { called: name } } } } }`,
        );
        for (const [at, path] of paths.entries())
          for (const [place, slug] of slugsOf(path).entries()) {
            const { called } = ofLabs.paths[at].nodes[place];
            if (called !== undefined) expect(called).toBe(names.get(slug));
          }
        const few = await server.data(`{ paths(${args}) { paths { nodes { ${below} } } } }`);
        const many = await server.data(
          `{ paths(${args}) { paths { nodes { ${below} sources(first: 1) { totalCount } } } truncated { reason } } }`,
        );
        expect(few.paths.paths.map(slugsOf)).toEqual(paths.map(slugsOf));
        expect(many).toMatchObject({ paths: { paths: few.paths.paths } });
        for (const { slug, name } of few.paths.paths.flatMap(({ nodes }: { nodes: object[] }) => nodes))
          expect(name).toBe(names.get(slug));
      }),
      runs(40),
    );
  }, 120_000);

  it('answer the same each time', async () => {
    const question = `from: "ke", to: "pk", limit: 20`;
    expect(await ask(question)).toEqual(await ask(question));
  });

  it('from an entity to itself are one of no hops', async () => {
    const { paths, truncated } = await ask('from: "ke", to: "ke"');
    expect(paths).toEqual([{ length: 0, score: 1, nodes: [{ slug: 'ke' }], hops: [] }]);
    expect(truncated).toBeNull();
  });

  it('are empty and complete without a connection', async () => {
    expect(await ask('from: "ke", to: "pk", relations: [BROADER], maxHops: 6')).toEqual({ paths: [], truncated: null });
  });

  it('take opaque ids as well as slugs', async () => {
    const id = Buffer.from('Country:ke').toString('base64url');
    expect(await ask(`from: "${id}", to: "pk"`)).toEqual(await ask('from: "ke", to: "pk"'));
  });

  it('leave out sources and events where figures were announced, unless named', async () => {
    const source = seeds.relations.find(({ type, from }) => type === 'CITES' && from === lab)?.to;
    expect((await ask(`from: "${lab}", to: "${source}", maxHops: 6`)).paths).toEqual([]);
    const { paths } = await ask(`from: "${lab}", to: "${source}", relations: [CITES]`);
    expect(paths[0]).toMatchObject({ length: 1, hops: [{ relation: 'CITES', direction: 'FORWARD' }] });
  });

  it('keep to the relations and kinds given', async () => {
    const { paths } = await ask(`from: "ke", to: "pk", relations: [PARTNERS_WITH, RESEARCHES], maxHops: 6, limit: 20`);
    expect(paths).not.toEqual([]);
    expectWays(paths, 'ke', 'pk');
    expect(new Set(paths.flatMap(({ hops }) => hops.map(({ relation }) => relation)))).toEqual(
      new Set(['PARTNERS_WITH', 'RESEARCHES']),
    );
    const question = `{ paths(from: "ke", to: "pk", kinds: [LAB, INSTITUTION], maxHops: 6, limit: 20) { paths { nodes { __typename } } } }`;
    const { paths: kept } = await server.data(question);
    const between = kept.paths.flatMap(({ nodes }: { nodes: { __typename: string }[] }) => nodes.slice(1, -1));
    expect(between).not.toEqual([]);
    for (const { __typename } of between) expect(['Lab', 'Institution']).toContain(__typename);
  });

  it('pass what they must, and around what they must not', async () => {
    const through = await ask('from: "ke", to: "pk", via: ["cn"], maxHops: 4');
    expect(through.paths).toHaveLength(5);
    for (const path of through.paths) expect(slugsOf(path)).toContain('cn');
    expectWays(through.paths, 'ke', 'pk');
    const both = await ask(`from: "ke", to: "pk", via: ["cn", "${lab}"], maxHops: 6`);
    expect(both.paths).not.toEqual([]);
    for (const path of both.paths) expect(slugsOf(path)).toEqual(expect.arrayContaining(['cn', lab]));
    expectWays(both.paths, 'ke', 'pk');

    const [first] = (await ask('from: "ke", to: "pk"')).paths;
    const middle = slugsOf(first as ShownPath)[1] as string;
    const around = await ask(`from: "ke", to: "pk", avoid: ["${middle}"], limit: 20`);
    expect(around.paths.flatMap(slugsOf)).not.toContain(middle);
    expect(around.paths).not.toEqual([]);
  });

  it('have through an entity the length that its two halves have, and score by all between their ends', async () => {
    await fc.assert(
      fc.asyncProperty(anySlug, anySlug, anySlug, async (from, via, to) => {
        fc.pre(new Set([from, via, to]).size === 3);
        const { paths } = await ask(`from: "${from}", to: "${to}", via: ["${via}"], maxHops: 5, limit: 1`);
        const all = model.distancesFrom([via]);
        const least = (all.get(from) ?? 9) + (all.get(to) ?? 9);
        if (paths[0]) expect(paths[0].length).toBeGreaterThanOrEqual(least);
        if (least > 5) expect(paths).toEqual([]);
        for (const path of paths) {
          expect(slugsOf(path)).toContain(via);
          const costs = slugsOf(path)
            .slice(1, -1)
            .map((slug) => Math.log(1 + model.degreeOf(slug)));
          expect(path.score).toBeCloseTo(costs.length / costs.reduce((sum, cost) => sum + cost, 0), 5);
        }
        expectWays(paths, from, to);
      }),
      runs(30),
    );
  }, 120_000);

  it('pass over hubs', async () => {
    const allows = (slug: string) => model.degreeOf(slug) <= 12;
    const { paths } = await ask('from: "ke", to: "pk", avoidHubs: 12, maxHops: 6, limit: 20');
    expect(paths).not.toEqual([]);
    for (const path of paths) expect(slugsOf(path).slice(1, -1).every(allows)).toBe(true);
    expect(paths[0]?.length).toBe(model.distancesFrom(['ke'], allows).get('pk'));
  });

  it('tell when there are more than the limit, and are complete when there are just as many', async () => {
    const [from, to] = ['ke', 'pk'] as const;
    const all = model.pathsBetween(from, to, 2);
    expect(all).toHaveLength(2);
    const fitting = await ask(`from: "${from}", to: "${to}", maxHops: 2, limit: ${all.length}`);
    expect(fitting.paths).toHaveLength(all.length);
    expect(fitting.truncated).toBeNull();
    const cut = await ask(`from: "${from}", to: "${to}", maxHops: 2, limit: ${all.length - 1}`);
    expect(cut.paths).toEqual(fitting.paths.slice(0, -1));
    expect(cut.truncated).toEqual({ reason: 'LIMIT', atDepth: 2, leftOut: [] });
  });

  it('tell how long the first is that is left out', async () => {
    const ends = 'from: "china-pakistan-joint-research-center-on-earth-sciences", to: "pk"';
    const lengths = (await ask(`${ends}, limit: 20`)).paths.map(({ length }) => length);
    expect(lengths.slice(0, 2)).toEqual([1, 2]);
    const { paths, truncated } = await ask(`${ends}, limit: 1`);
    expect(paths.map(({ length }) => length)).toEqual([1]);
    expect(truncated).toEqual({ reason: 'LIMIT', atDepth: 2, leftOut: [] });
  });
});

describe('a path', () => {
  it('returns the properties and sources of each relation', async () => {
    const { paths } = await server.data(
      `{ paths(from: "ke", to: "cn", limit: 20) { paths { hops { relation from { slug } to { slug } properties { name value } ownSources sources { slug name } } } } }`,
    );
    const cited = (slug: string) =>
      seeds.relations.filter(({ type, from }) => type === 'CITES' && from === slug).map(({ to }) => to);
    const hops = paths.paths.flatMap((path: { hops: unknown[] }) => path.hops);
    expect(hops.length).toBeGreaterThan(20);
    for (const { relation, from, to, properties, ownSources, sources } of hops) {
      const record = seeds.relations.find(
        (one) => one.type === relation && one.from === from.slug && one.to === to.slug,
      );
      const given = Object.fromEntries(
        properties.map(({ name, value }: { name: string; value: unknown }) => [name, value]),
      );
      expect(given).toEqual(record?.properties ?? {});
      expect(ownSources).toBe(record?.sources !== undefined);
      const slugs = sources.map(({ slug }: { slug: string }) => slug).sort();
      expect(slugs).toEqual([...new Set(record?.sources ?? cited(from.slug))].sort());
    }
  });

  it('gives the reasons of its score', async () => {
    const { paths } = await server.data(
      '{ paths(from: "ke", to: "pk") { paths { score because { relations weight entity { slug } } } } }',
    );
    for (const { score, because } of paths.paths) {
      for (const { relations, weight, entity } of because) {
        expect(relations).toBe(model.degreeOf(entity.slug));
        expect(weight).toBeCloseTo(1 / Math.log(1 + relations), 5);
      }
      const inverse = because.reduce((sum: number, { weight }: { weight: number }) => sum + 1 / weight, 0);
      expect(score).toBeCloseTo(because.length / inverse, 5);
    }
  });

  it('costs one more statement for its entities and sources, regardless of their number and selection', async () => {
    const search =
      (await server.data('{ paths(from: "ke", to: "pk", limit: 20) { paths { length } } }')) && server.ran.length;
    const below =
      '... on Lab { institutions { nodes { name country { name } } } } ... on Country { labs(first: 2) { nodes { name } } }';
    await server.data(
      `{ paths(from: "ke", to: "pk", limit: 20) { paths { nodes { name ${below} } hops { from { nameZh } to { slug ${below} } } } } }`,
    );
    expect(server.ran).toHaveLength(search + 1);
    await server.data(
      `{ paths(from: "ke", to: "pk", limit: 20) { paths { nodes { name } hops { properties { name } sources { name } from { name } } } } }`,
    );
    expect(server.ran).toHaveLength(search + 2);
  });

  it('costs one statement if it is short and only a few properties of its entities are selected', async () => {
    const statements = async (from: string, to: string, of: string) => {
      await server.data(
        `{ paths(from: "${from}", to: "${to}", limit: 1) { paths { nodes { ${of} } hops { relation to { slug } } } } }`,
      );
      return server.ran.length;
    };
    expect(model.distancesFrom(['ke']).get('pk')).toBe(2);
    expect(await statements('ke', 'pk', 'slug name ... on Lab { nameZh }')).toBe(1);
    expect(await statements('ke', 'pk', 'slug name ... on Lab { institutions { nodes { name } } }')).toBe(2);
    const many =
      'alsoKnownAs conflicts createdAt name nameZh notes revision updatedAt ... on Lab { designation inScope }';
    expect(await statements('ke', 'pk', many)).toBe(2);
    // Institutions may be parts of each other, but what joins these two is all that paths of two hops need.
    const [one = '', ...others] = seeds.entities.Institution.map(({ id }) => id).filter((id) => model.degreeOf(id) > 1);
    const twoApart = others.find((other) => model.distancesFrom([one]).get(other) === 2);
    expect(await statements(one, String(twoApart), 'slug name')).toBe(1);
    // What is next to an end with many relations is known by the other end.
    const far = allSlugs.find((slug) => model.degreeOf(slug) > 0 && model.distancesFrom(['cn']).get(slug) === 2);
    expect(model.degreeOf('cn')).toBeGreaterThan(200);
    expect(await statements('cn', String(far), 'slug name')).toBe(1);
  });

  it('shows different things of one entity in different places', async () => {
    const { paths } = await server.data(`{
      paths(from: "ke", to: "${lab}", limit: 1) {
        paths {
          nodes { it: slug ... on Lab { x: areas(first: 1) { nodes { slug } } } }
          hops { from { it: name ... on Lab { x: areas(first: 0) { nodes { slug } } } } }
        }
      }
    }`);
    const [path] = paths.paths;
    expect(path.nodes.at(-1)).toEqual({ it: lab, x: { nodes: [{ slug: expect.any(String) }] } });
    expect(path.hops[0].from).toMatchObject({ x: { nodes: [] } });
  });
});

describe('bad input', () => {
  const unknownGlobal = Buffer.from('Lab:not-there').toString('base64url');
  it.each([
    ['from: "not-there", to: "ke"', /"not-there"/],
    [`from: "ke", to: "${unknownGlobal}"`, new RegExp(unknownGlobal)],
    ['from: "Not An Id", to: "ke"', /Not An Id/],
    ['from: "", to: "ke"', /is not a valid ID/],
    ['from: "ke", to: "pk", via: ["nowhere"]', /"nowhere"/],
    ['from: "ke", to: "pk", avoid: ["nowhere"]', /"nowhere"/],
    ['from: "ke", to: "pk", maxHops: 0', /`maxHops` must be from 1 to 6; got 0/],
    ['from: "ke", to: "pk", maxHops: 99', /`maxHops` must be from 1 to 6; got 99/],
    ['from: "ke", to: "pk", limit: 0', /`limit` must be from 1 to 20; got 0/],
    ['from: "ke", to: "pk", limit: 21', /`limit` must be from 1 to 20; got 21/],
    ['from: "ke", to: "pk", avoid: ["ke"]', /`avoid` must not contain it/],
    ['from: "ke", to: "pk", avoid: ["cn"], via: ["cn"]', /`avoid` must not contain it/],
    ['from: "ke", to: "pk", maxHops: 2, via: ["cn", "et"]', /has 1 intermediate entities/],
    ['from: "ke", to: "pk", avoidHubs: 0', /`avoidHubs` must be at least 1/],
    ['from: "ke", to: "pk", relations: []', /`relations` must not be empty/],
    ['from: "ke", to: "pk", kinds: []', /`kinds` must not be empty/],
  ])('%s is rejected with a clear message', async (args, words) => {
    const { data, errors } = await server.ask(`{ paths(${args}) { paths { length } } }`);
    expect(data).toEqual({ paths: null });
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toMatch(words);
  });

  it('refuses relations that do not exist', async () => {
    const { errors } = await server.ask('{ paths(from: "ke", to: "pk", relations: [KNOWS]) { paths { length } } }');
    expect(errors?.[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});
