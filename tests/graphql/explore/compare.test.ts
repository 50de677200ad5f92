import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindNames } from '../../../src/cooperation/kinds.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { runs } from '../../setup/runs.ts';
import { seedGraph } from '../../setup/seed-graph.ts';
import { type SeedRecord, seeds } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const { propertiesOf } = cooperation;

const server = silkgraph();
const model = seedGraph();

const records = new Map(
  kindNames.flatMap((kind) => seeds.entities[kind].map((record) => [record.id, { kind, record }] as const)),
);

/** A value as the graph has it: identifiers and places stand in files of their own. */
function seededValue(record: SeedRecord | undefined, name: string): unknown {
  if (name !== 'identifiers' && name !== 'locations') return record?.[name] ?? null;
  const items = seeds[name].filter(({ entity }) => entity === record?.id).map(({ entity: _, ...item }) => item);
  const fields = Object.keys(cooperation.sharedProperties[name]?.items ?? {});
  const inOrder = items.map((item) => fields.flatMap((field) => (field in item ? [[field, Object(item)[field]]] : [])));
  return items.length === 0 ? null : inOrder.map((entries) => Object.fromEntries(entries));
}

const symmetric = ['RELATED_TO', 'POSSIBLY_SAME_AS', 'POSSIBLY_SAME_PLATFORM_AS', 'COOPERATES_WITH'];
const neighborsOf = (slug: string) =>
  new Set(
    model
      .stepsOf(slug)
      .map(
        ({ relation, direction, far }) => `${relation} ${symmetric.includes(relation) ? 'FORWARD' : direction} ${far}`,
      ),
  );

interface Related {
  readonly relation: string;
  readonly direction: string;
  readonly entity: { readonly slug: string };
}

const related = 'relation direction entity { slug }';
const textOf = ({ relation, direction, entity }: Related) => `${relation} ${direction} ${entity.slug}`;

const ask = async (ids: readonly string[], args = '') =>
  (
    await server.data(
      `query ($ids: [ID!]!) {
        compare(ids: $ids${args}) {
          entities { slug }
          shared { ${related} }
          differing { entity { slug } neighbors { ${related} } }
          properties { name same values { entity { slug } value } }
          truncated { reason leftOut { relation count } }
        }
      }`,
      { ids },
    )
  ).compare;

const someSlugs = fc.oneof(
  ...kindNames.map((kind) =>
    fc.uniqueArray(fc.constantFrom(...seeds.entities[kind].map(({ id }) => id)), { minLength: 2, maxLength: 4 }),
  ),
  fc.uniqueArray(fc.constantFrom(...records.keys()), { minLength: 2, maxLength: 4 }),
);

describe('compare', () => {
  it('shows what entities share and what each has alone, as the seeds have it', async () => {
    await fc.assert(
      fc.asyncProperty(someSlugs, async (slugs) => {
        const shown = await ask(slugs);
        const sets = slugs.map(neighborsOf);
        const shared = [...(sets[0] ?? [])].filter((neighbor) => sets.every((set) => set.has(neighbor)));
        expect(shown.entities.map(({ slug }: { slug: string }) => slug)).toEqual(slugs);
        expect(shown.shared.map(textOf).sort()).toEqual(shared.sort());
        for (const [at, { entity, neighbors }] of shown.differing.entries()) {
          expect(entity.slug).toBe(slugs[at]);
          const own = [...(sets[at] ?? [])].filter((neighbor) => !shared.includes(neighbor)).sort();
          expect(neighbors).toHaveLength(Math.min(own.length, 100));
          if (own.length <= 100) expect(neighbors.map(textOf).sort()).toEqual(own);
          else expect(shown.truncated.reason).toBe('LIMIT');
        }
        const isWhole = sets.every((set) => set.size - shared.length <= 100);
        if (isWhole) expect(shown.truncated).toBeNull();
      }),
      runs(40),
    );
  }, 120_000);

  it('shows the values of every property that one of them has', async () => {
    await fc.assert(
      fc.asyncProperty(someSlugs, async (slugs) => {
        const { properties } = await ask(slugs);
        const names = new Set(
          slugs.flatMap((slug) => {
            const { kind, record } = records.get(slug) ?? { kind: 'Lab', record: { id: '', name: '' } };
            return Object.keys(propertiesOf(kind)).filter((name) => seededValue(record, name) !== null);
          }),
        );
        expect(new Set(properties.map(({ name }: { name: string }) => name))).toEqual(names);
        for (const { name, same, values } of properties) {
          const expected = slugs.map((slug) => seededValue(records.get(slug)?.record, name));
          expect(values).toEqual(slugs.map((slug, at) => ({ entity: { slug }, value: expected[at] })));
          expect(same).toBe(new Set(expected.map((value) => JSON.stringify(value))).size === 1);
        }
      }),
      runs(25),
    );
  }, 120_000);

  it('keeps to the relations given', async () => {
    const { shared } = await ask(['ke', 'ug'], ', relations: [MEMBER_OF]');
    expect(shared.length).toBeGreaterThan(0);
    expect(new Set(shared.map((one: Related) => one.relation))).toEqual(new Set(['MEMBER_OF']));
  });

  it('costs one more statement for all of its entities', async () => {
    await server.data('{ compare(ids: ["ke", "pk"]) { shared { relation } properties { name } } }');
    const search = server.ran.length;
    await server.data(
      '{ compare(ids: ["ke", "pk"]) { entities { name } shared { entity { name } } differing { entity { nameZh } neighbors { entity { name } } } properties { values { entity { slug } } } } }',
    );
    expect(server.ran).toHaveLength(search + 1);
    await server.data('{ compare(ids: ["ke", "pk"]) { properties { name same } } }');
    expect(server.ran.map(({ name }) => name)).toEqual(['entities-present', 'compare-properties']);
  });

  it.each([
    [['ke'], /2 to 10 different entities; got 1/],
    [['ke', 'ke'], /2 to 10 different entities; got 1/],
    [[...records.keys()].slice(0, 11), /2 to 10 different entities; got 11/],
    [['ke', 'nowhere'], /"nowhere"/],
    [['ke', 'No Where'], /is not a valid ID/],
  ])('%j is refused in words', async (ids, words) => {
    const { data, errors } = await server.ask('query ($ids: [ID!]!) { compare(ids: $ids) { shared { relation } } }', {
      ids,
    });
    expect(data).toEqual({ compare: null });
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toMatch(words);
  });
});
