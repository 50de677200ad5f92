import { beforeAll, describe, expect, it } from 'vitest';
import { type Kind, kindNames } from '../../../src/cooperation/kinds.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { relations, relationTypes } from '../../../src/cooperation/relations.ts';
import type { Expectation } from '../../../src/ontology/vocabulary.ts';
import { byName, type SeedRecord, seeds } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const { propertiesOf } = cooperation;

const server = silkgraph();

const constantCase = (kind: Kind) => kind.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();

/** What the seeds hold of a gap, in the form of the answer; none where no record has it. */
const held = (
  kind: Kind,
  records: readonly SeedRecord[],
  more: Readonly<Record<string, unknown>> = {},
  of: readonly SeedRecord[] = seeds.entities[kind],
) =>
  records.length === 0
    ? []
    : [
        {
          ...more,
          kind: constantCase(kind),
          count: records.length,
          of: of.length,
          entities: [...records]
            .sort(byName)
            .slice(0, 3)
            .map(({ id }) => ({ slug: id })),
        },
      ];

const without = (kind: Kind, fits: (record: SeedRecord) => boolean) => seeds.entities[kind].filter(fits);
const fields = 'kind count of entities(first: 3) { slug }';

const isWith = (record: SeedRecord, { property, values }: Expectation) =>
  values.length === 0 ? record[property] !== undefined : values.some((value) => value === record[property]);

/** All properties that a record is expected to have, with those that lack them. */
const missingIn = (kinds: readonly Kind[]) =>
  kinds.flatMap((kind) =>
    Object.entries(propertiesOf(kind))
      .filter(
        ([, { required, occasional, list, type, items }]) =>
          !required && !occasional && !list && !items && type !== 'milestones',
      )
      .flatMap(([property, { expectedWith }]) => {
        const could = seeds.entities[kind].filter(
          (record) => expectedWith === undefined || isWith(record, expectedWith),
        );
        return held(
          kind,
          could.filter((record) => record[property] === undefined),
          { property },
          could,
        );
      }),
  );

const cited = new Map<string, string[]>();
for (const { type, from, to } of seeds.relations) {
  if (type === 'CITES') cited.set(from, [...(cited.get(from) ?? []), to]);
}
const reliability = new Map(seeds.entities.Source.map(({ id, reliability: how }) => [id, how]));

describe('what the graph does not know', () => {
  // In one question, as each other one is a statement that Neo4j plans for a second.
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers whose shape its own question gives.
  let gaps: any;
  beforeAll(async () => {
    ({ gaps } = await server.data(`{
      gaps {
        withoutSource { ${fields} } weakSourcesOnly { ${fields} } lowConfidence { property ${fields} }
        conflicts { kind count entities(first: 100) { slug conflicts } }
        missing { property kind count of } absentRelations { relation ${fields} }
        totals { expected qualifier held counted kind indicator { slug value sources { nodes { slug } } } entities(first: 100) { slug } }
      }
    }`));
  });

  it('is which entities cite no source, or only sources of low reliability', () => {
    const kinds = kindNames.filter((kind) => kind !== 'Source');
    expect(gaps.withoutSource).toEqual(
      kinds.flatMap((kind) =>
        held(
          kind,
          without(kind, ({ id }) => !cited.has(id)),
        ),
      ),
    );
    const isWeak = ({ id }: SeedRecord) => !!cited.get(id)?.every((source) => reliability.get(source) === 'LOW');
    expect(gaps.weakSourcesOnly).toEqual(kinds.flatMap((kind) => held(kind, without(kind, isWeak))));
    const areas = gaps.withoutSource.find(({ kind }: { kind: string }) => kind === 'AREA');
    expect(areas.count).toBe(97);
  });

  it('is which records the editors are not sure of', () => {
    expect(gaps.lowConfidence).toEqual([
      ...held(
        'Country',
        without('Country', ({ briConfidence }) => briConfidence === 'LOW'),
        { property: 'briConfidence' },
      ),
      ...held(
        'Lab',
        without('Lab', ({ confidence }) => confidence === 'LOW'),
        { property: 'confidence' },
      ),
      ...held(
        'Platform',
        without('Platform', ({ confidence }) => confidence === 'LOW'),
        { property: 'confidence' },
      ),
    ]);
  });

  it('is about what sources contradict one another', () => {
    const counts = gaps.conflicts.map(({ kind, count }: { kind: string; count: number }) => [kind, count]);
    expect(Object.fromEntries(counts)).toEqual({ COUNTRY: 20, LAB: 12, PLATFORM: 6, PROGRAM: 1, PARK: 4 });
    for (const { entities, count } of gaps.conflicts) {
      expect(entities).toHaveLength(count);
      expect(entities.every(({ conflicts }: { conflicts: string[] }) => conflicts.length > 0)).toBe(true);
    }
  });

  it('is which properties are missing', () => {
    const missing = missingIn(kindNames);
    expect(missing.length).toBeGreaterThan(30);
    expect(gaps.missing).toEqual(missing.map(({ entities: _, ...one }) => one));
  });

  it('is no property that only some records have, such as a date of withdrawal or a flag', () => {
    const names = gaps.missing.map(({ property }: { property: string }) => property);
    expect(names).toContain('briMouDate');
    for (const rightly of ['briExitDate', 'ended', 'province', 'mirror', 'lowQuality', 'addressMissing', 'locator']) {
      expect(names).not.toContain(rightly);
    }
  });

  it('is, of each property that is missing, where', async () => {
    const { gaps } = await server.data(`{ gaps { missing(kinds: [LAB, PARK]) { property ${fields} } } }`);
    expect(gaps.missing).toEqual(missingIn(['Lab', 'Park']));
  });

  it('is which relations are absent that each of its kind has in the world', () => {
    const expected = relationTypes
      .filter((type) => 'expected' in relations[type])
      .flatMap((relation) => {
        const related = new Set(seeds.relations.filter(({ type }) => type === relation).map(({ from }) => from));
        const kind = relations[relation].from as Kind;
        return held(
          kind,
          without(kind, ({ id }) => !related.has(id)),
          { relation },
        );
      });
    expect(expected.length).toBeGreaterThan(5);
    expect(gaps.absentRelations).toEqual(expected);
    const based = gaps.absentRelations.find(({ relation }: { relation: string }) => relation === 'BASED_IN');
    expect(based.count).toBe(21);
  });

  it('compares official totals with the designated laboratories recorded', () => {
    const [labs, countries, platforms, ...batches] = gaps.totals;
    expect(labs).toMatchObject({ expected: 70, qualifier: 'OVER', held: 32, kind: 'LAB' });
    expect(labs.indicator).toMatchObject({ slug: 'joint-labs-2025-09-18', value: 70 });
    expect(labs.indicator.sources.nodes.length).toBeGreaterThan(0);
    expect(labs.counted).toContain('designated');
    expect(countries).toMatchObject({ expected: 50, qualifier: 'NEARLY', held: 25, kind: 'COUNTRY' });
    expect(
      countries.entities
        .map(({ slug }: { slug: string }) => slug)
        .sort()
        .join(' '),
    ).toBe('ae at ba by cl cu gr hr ke kg kz mn my mz nz pk pt rs ru sa tj ua uz za zw');
    expect(platforms).toMatchObject({ expected: 10, qualifier: 'EXACT', held: 15, kind: 'PLATFORM' });
    const ofBatch = (number: number) => seeds.entities.Lab.filter(({ batch }) => batch === number).map(({ id }) => id);
    expect(batches).toEqual(
      [14, 19, 20].map((expected, index) =>
        expect.objectContaining({ expected, qualifier: 'EXACT', held: ofBatch(index + 1).length, kind: 'LAB' }),
      ),
    );
    expect(
      batches.map(({ entities }: { entities: { slug: string }[] }) => entities.map(({ slug }) => slug).sort()),
    ).toEqual([1, 2, 3].map((number) => ofBatch(number).sort()));
    for (const { indicator } of batches) expect(indicator.sources.nodes.length).toBeGreaterThan(0);
  });

  it('can be limited to some kinds', async () => {
    const { gaps } = await server.data(`{
      gaps { missing(kinds: [PARK]) { kind } none: missing(kinds: []) { kind } withoutSource(kinds: [SOURCE]) { kind } }
    }`);
    expect(new Set(gaps.missing.map(({ kind }: { kind: string }) => kind))).toEqual(new Set(['PARK']));
    expect(gaps).toMatchObject({ none: [], withoutSource: [] });
  });
});

describe('asking for gaps', () => {
  it('counts all that is selected in one statement, and nothing else', async () => {
    await server.data(
      `{ gaps {
        withoutSource { count } weakSourcesOnly { count } lowConfidence { count }
        conflicts { count } missing { count } absentRelations { count }
      } }`,
    );
    expect(server.ran).toHaveLength(1);
    await server.data('{ gaps { conflicts(kinds: [LAB]) { count } } }');
    expect(server.ran).toHaveLength(1);
    expect(server.ran[0]?.text).not.toMatch(/CITES|Country|nameZh/);
    await server.data('{ gaps { __typename } }');
    expect(server.ran).toEqual([]);
  });

  it('reads the names of the properties of a kind once, where some are missing', async () => {
    const timesRead = () => [...String(server.ran[0]?.text).matchAll(/keys\(/g)].length;
    await server.data('{ gaps { missing(kinds: [LAB]) { count } conflicts(kinds: [EVENT]) { count } } }');
    expect(timesRead()).toBe(1);
    expect(server.ran[0]?.text).not.toContain('IS NULL');
  });

  it('reads the entities of all gaps together, with their selected fields', async () => {
    const { gaps } = await server.data(`{
      gaps {
        absentRelations { count entities(first: 2) { name ... on Institution { type labs(first: 1) { nodes { name } } } ... on Event { startDate } } }
        conflicts { entities(first: 1) { name sources(first: 1) { nodes { name } } } }
      }
    }`);
    expect(gaps.conflicts[0].entities[0].sources.nodes[0].name).toEqual(expect.any(String));
    expect(server.ran).toHaveLength(2);
  });

  it.each([
    [101, /at most 100/],
    [-1, /negative/],
  ])('refuses %i entities of a gap', async (first, message) => {
    const { errors } = await server.ask(`{ gaps { conflicts { entities(first: ${first}) { slug } } } }`);
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toMatch(message);
  });

  it('refuses more entities than one answer may have, over all gaps together', async () => {
    const deep = 'citedBy(first: 100) { nodes { sources(first: 100) { nodes { slug } } } }';
    const { errors } = await server.ask(
      `{ gaps { missing { entities(first: 100) { sources(first: 100) { nodes { ${deep} } } } } } }`,
    );
    expect(errors?.[0]?.extensions?.code).toBe('LIMIT_EXCEEDED');
  });
});
