import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindNames } from '../../../src/cooperation/kinds.ts';
import { runs } from '../../setup/runs.ts';
import { seedGraph } from '../../setup/seed-graph.ts';
import { seeds } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();
const model = seedGraph();

const kindOf = new Map(kindNames.flatMap((kind) => seeds.entities[kind].map(({ id }) => [id, kind] as const)));
const anySlug = fc.constantFrom(...kindOf.keys());

const symmetric = ['RELATED_TO', 'POSSIBLY_SAME_AS', 'POSSIBLY_SAME_PLATFORM_AS', 'COOPERATES_WITH'];
const neighborsOf = (slug: string) =>
  new Set(
    model
      .stepsOf(slug)
      .map(
        ({ relation, direction, far }) => `${relation} ${symmetric.includes(relation) ? 'FORWARD' : direction} ${far}`,
      ),
  );

/** The index of Adamic and Adar over the seeds, by the plain definition. */
function alike(to: string) {
  const own = neighborsOf(to);
  return [...kindOf]
    .filter(([slug, kind]) => slug !== to && kind === kindOf.get(to))
    .map(([slug]) => {
      const shared = [...neighborsOf(slug)].filter((neighbor) => own.has(neighbor));
      const weights = shared.map((neighbor) => 1 / Math.log(1 + model.degreeOf(neighbor.split(' ')[2] ?? '')));
      return { slug, shared: shared.sort(), score: weights.reduce((sum, weight) => sum + weight, 0) };
    })
    .filter(({ shared }) => shared.length > 0)
    .sort((left, right) => right.score - left.score || (left.slug < right.slug ? -1 : 1));
}

interface Shared {
  readonly relation: string;
  readonly direction: string;
  readonly relations: number;
  readonly weight: number;
  readonly entity: { readonly slug: string };
}

interface Similar {
  readonly score: number;
  readonly likeness: number;
  readonly sharedCount: number;
  readonly entity: { readonly slug: string; readonly __typename: string };
  readonly sharedBecause: readonly Shared[];
}

const ask = async (args: string): Promise<readonly Similar[]> =>
  (
    await server.data(
      `{ similar(${args}) { score likeness sharedCount entity { slug __typename } sharedBecause { relation direction relations weight entity { slug } } } }`,
    )
  ).similar;

describe('similar', () => {
  it('is what Adamic and Adar say, with the neighbours shared as reasons', async () => {
    await fc.assert(
      fc.asyncProperty(anySlug, async (to) => {
        const expected = alike(to);
        const shown = await ask(`to: "${to}", limit: 50`);
        expect(shown.map(({ score }) => score.toFixed(6))).toEqual(
          expected.slice(0, 50).map(({ score }) => score.toFixed(6)),
        );
        for (const { entity, score, sharedCount, sharedBecause } of shown) {
          expect(entity.__typename).toBe(kindOf.get(to));
          const shared = sharedBecause.map((one) => `${one.relation} ${one.direction} ${one.entity.slug}`);
          const all = expected.find(({ slug }) => slug === entity.slug)?.shared ?? [];
          expect(sharedCount).toBe(all.length);
          expect(shared).toHaveLength(Math.min(all.length, 50));
          expect(all).toEqual(expect.arrayContaining(shared));
          const degrees = sharedBecause.map(({ relations }) => relations);
          expect(degrees).toEqual(degrees.toSorted((left, right) => left - right));
          if (sharedCount > 50) continue;
          expect(sharedBecause.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(score, 6);
        }
      }),
      runs(40),
    );
  }, 120_000);

  it('has a likeness from 0 to 1, in proportion to the score', async () => {
    const found = await ask('to: "ke", limit: 50');
    const [first] = found;
    for (const { score, likeness } of found) {
      expect(likeness).toBeGreaterThan(0);
      expect(likeness).toBeLessThanOrEqual(1);
      expect(likeness / score).toBeCloseTo((first?.likeness ?? 0) / (first?.score ?? 1), 9);
    }
  });

  it('answers the same each time, and less with a smaller limit', async () => {
    const many = await ask('to: "ke", limit: 20');
    expect(many).toHaveLength(20);
    expect(await ask('to: "ke", limit: 20')).toEqual(many);
    expect(await ask('to: "ke", limit: 3')).toEqual(many.slice(0, 3));
  });

  it('keeps to the relations and kinds given', async () => {
    const byGroups = await ask('to: "ke", relations: [MEMBER_OF]');
    expect(new Set(byGroups.flatMap(({ sharedBecause }) => sharedBecause.map(({ relation }) => relation)))).toEqual(
      new Set(['MEMBER_OF']),
    );
    const { similar } = await server.data(
      '{ similar(to: "ke", kinds: [LAB, PROGRAM]) { sharedBecause { entity { __typename } } } }',
    );
    const kinds = similar.flatMap((one: { sharedBecause: { entity: { __typename: string } }[] }) =>
      one.sharedBecause.map(({ entity }) => entity.__typename),
    );
    expect(kinds.length).toBeGreaterThan(0);
    for (const kind of kinds) expect(['Lab', 'Program']).toContain(kind);
  });

  it('costs one more statement for its entities', async () => {
    await server.data(
      '{ similar(to: "ke") { score entity { name ... on Country { labs(first: 2) { nodes { name } } } } sharedBecause { entity { name } } } }',
    );
    expect(server.ran).toHaveLength(2);
    await server.data('{ similar(to: "ke") { score } }');
    expect(server.ran).toHaveLength(1);
  });

  it.each([
    ['to: "nowhere"', /"nowhere"/],
    ['to: "No Where"', /is not a valid ID/],
    ['to: "ke", limit: 0', /`limit` must be from 1 to 50; got 0/],
    ['to: "ke", limit: 51', /`limit` must be from 1 to 50; got 51/],
    ['to: "ke", relations: []', /`relations` must not be empty/],
  ])('%s is rejected with a clear message', async (args, words) => {
    const { data, errors } = await server.ask(`{ similar(${args}) { score } }`);
    expect(data).toEqual({ similar: null });
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toMatch(words);
  });
});
