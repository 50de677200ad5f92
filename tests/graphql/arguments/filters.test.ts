import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import type { Kind } from '../../../src/ontology/vocabulary.ts';
import { anyFilter } from '../../setup/arbitrary-filter.ts';
import { fits } from '../../setup/model.ts';
import { runs } from '../../setup/runs.ts';
import { byName, recordsOf, type SeedRecord, seeds } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();

type Input = Record<string, unknown>;

const slugs = (records: readonly SeedRecord[]) => [...records].sort(byName).map(({ id }) => id);

async function ask(kind: Kind, filter: unknown) {
  return server.ask(
    `query ($filter: ${kind}Filter) { page: ${cooperation.kind(kind).plural}(first: 100, filter: $filter) { totalCount nodes { slug } } }`,
    { filter },
  );
}

/** Filters in one query: Neo4j takes about as long to plan one of them as to plan ten. */
const TOGETHER = 10;

/** The pages that several filters leave, in one query. */
async function askTogether(kind: Kind, filters: readonly unknown[]) {
  const named = filters.map((filter, index) => [`filter${index}`, filter] as const);
  const pages = named.map(
    ([name], index) =>
      `page${index}: ${cooperation.kind(kind).plural}(first: 100, filter: $${name}) { totalCount nodes { slug } }`,
  );
  const declared = named.map(([name]) => `$${name}: ${kind}Filter`);
  const data = await server.data(`query (${declared.join(', ')}) { ${pages.join(' ')} }`, Object.fromEntries(named));
  return filters.map((_, index) => data[`page${index}`]);
}

describe('a filter', () => {
  it.each(['Lab', 'Country', 'Institution', 'Program', 'Platform', 'Event', 'Area', 'Indicator'] as const)(
    'of %s, however it is put together, finds what a plain reading of the seeds finds',
    async (kind) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(anyFilter(kind, 2), { minLength: 1, maxLength: TOGETHER, size: 'max' }),
          async (filters) => {
            const found = (await askTogether(kind, filters)).map(({ totalCount, nodes }) => ({
              totalCount,
              slugs: nodes.map(({ slug }: { slug: string }) => slug),
            }));
            const expected = filters.map((filter) => slugs(recordsOf(kind).filter((record) => fits(record, filter))));
            expect(found).toEqual(expected.map((all) => ({ totalCount: all.length, slugs: all.slice(0, 100) })));
          },
        ),
        runs(11, 1),
      );
    },
    240_000,
  );

  const every = () => true;
  const none = () => false;
  const hasEvents = ({ id }: SeedRecord) =>
    seeds.relations.some(({ type, to }) => type === 'CONCERNS_LAB' && to === id);

  it.each<[title: string, filter: unknown, fits: (lab: SeedRecord) => boolean]>([
    ['{}', {}, every],
    ['null', null, every],
    ['an empty `and`', { and: [] }, every],
    ['an empty `or`', { or: [] }, none],
    ['`not: {}`', { not: {} }, none],
    ['an empty `in`', { status: { in: [] } }, none],
    ['`not` of an empty `in`', { not: { status: { in: [] } } }, every],
    ['conditions on nothing', { name: {} }, every],
    ['an empty `contains`', { description: { contains: '' } }, ({ description }) => description !== undefined],
    ['a pattern, which is only text', { name: { contains: '.*' } }, none],
    ['contradicting operators', { batch: { lt: 1, gt: 2 } }, none],
    ['`ne`, which keeps what is absent', { batch: { ne: 1 } }, ({ batch }) => batch !== 1],
    ['`not` of `eq`, which keeps what is absent', { not: { batch: { eq: 1 } } }, ({ batch }) => batch !== 1],
    ['`some: {}`', { events: { some: {} } }, hasEvents],
    ['`none: {}`', { events: { none: {} } }, (lab) => !hasEvents(lab)],
  ])('of %s has a stated meaning', async (_, filter, fits) => {
    const { data, errors } = await ask('Lab', filter);
    expect(errors).toBeUndefined();
    expect(data.page.totalCount).toBe(seeds.entities.Lab.filter(fits).length);
  });

  it('forgives case and accents in texts', async () => {
    const { data } = await ask('Country', { name: { contains: "cote d'IVOIRE" } });
    expect(data.page.nodes).toEqual([{ slug: 'ci' }]);
  });

  it('takes a date as the whole period that it covers', async () => {
    const years = (filter: Input) =>
      slugs(seeds.entities.Event.filter((record) => fits(record, { startDate: filter }))).length;
    for (const filter of [
      { eq: '2019' },
      { lte: '2019' },
      { gt: '2019' },
      { eq: '2023-11' },
      { gte: '2023-11-06', lt: '2025' },
    ]) {
      const { data } = await ask('Event', { startDate: filter });
      expect(data.page.totalCount).toBe(years(filter));
    }
  });

  it('finds what lies within an area, by any number of steps, by slug or id', async () => {
    const narrower = (slug: string): string[] => [
      slug,
      ...seeds.relations
        .filter(({ type, to }) => type === 'BROADER' && to === slug)
        .flatMap(({ from }) => narrower(from)),
    ];
    const top = seeds.entities.Area.filter(({ topArea }) => topArea).sort(
      (a, b) => narrower(b.id).length - narrower(a.id).length,
    )[0];
    const id = Buffer.from(`Area:${top?.id}`).toString('base64url');
    const expected = new Set(narrower(String(top?.id))).size;
    expect(expected).toBeGreaterThan(5);
    expect((await ask('Area', { within: top?.id })).data.page.totalCount).toBe(expected);
    expect((await ask('Area', { within: id })).data.page.totalCount).toBe(expected);
    expect((await ask('Area', { within: 'no-such-area' })).data.page.totalCount).toBe(0);
    const { errors } = await ask('Area', { within: Buffer.from('Country:ke').toString('base64url') });
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it('of entities of any kind asks for kinds and for what all kinds have', async () => {
    const { source } = await server.data(
      '{ source(slug: "vietnamplus-2018-04") { all: citedBy { totalCount } labs: citedBy(filter: { kinds: [LAB, EVENT] }) { totalCount nodes { __typename } } none: citedBy(filter: { kinds: [] }) { totalCount } } }',
    );
    expect(source.all.totalCount).toBe(6);
    expect(source.labs.totalCount).toBe(2);
    expect(source.labs.nodes.map((node: { __typename: string }) => node.__typename).sort()).toEqual(['Event', 'Lab']);
    expect(source.none.totalCount).toBe(0);
  });

  it.each([
    ['some', [{ gt: 0 }, { gte: 1 }, { ne: 0 }]],
    ['none', [{ eq: 0 }, { lt: 1 }, { lte: 0 }]],
  ])('reads no further than the first match where a count says %s', async (quantifier, counts) => {
    const filter = { designation: { eq: 'BELT_AND_ROAD_JOINT_LABORATORY' } };
    const [expected, ...found] = await askTogether('Area', [
      { labs: { [quantifier]: filter } },
      ...counts.map((count) => ({ labs: { count: { ...count, filter } } })),
    ]);
    expect(expected.totalCount).toBeGreaterThan(0);
    expect(found).toEqual(counts.map(() => expected));
    const pages = server.ran.filter(({ text }) => text.includes('RESEARCHES'));
    expect(pages).not.toEqual([]);
    for (const { text } of pages) expect(text).not.toMatch(/COUNT \{[^}]*\} [<>=]/);
  });

  it('narrows the list of a relation, its count and its pages alike', async () => {
    const { country } = await server.data(
      '{ country(code: "CN") { institutions(first: 2, filter: { type: { eq: UNIVERSITY } }) { totalCount nodes { type } pageInfo { hasNextPage } } } }',
    );
    const expected = seeds.relations.filter(
      ({ type, from, to }) =>
        type === 'BASED_IN' &&
        to === 'cn' &&
        seeds.entities.Institution.some(({ id, type: sort }) => id === from && sort === 'UNIVERSITY'),
    );
    expect(country.institutions.totalCount).toBe(expected.length);
    expect(country.institutions.nodes).toEqual([{ type: 'UNIVERSITY' }, { type: 'UNIVERSITY' }]);
    expect(country.institutions.pageInfo.hasNextPage).toBe(true);
    expect(server.ran).toHaveLength(1);
  });

  const deep = (depth: number): Input => (depth === 0 ? {} : { not: deep(depth - 1) });

  it.each([
    ['a null operand', { name: { eq: null } }, 'BAD_USER_INPUT', 'exists: false'],
    ['a null condition', { name: null }, 'BAD_USER_INPUT', 'null'],
    ['a null relation', { areas: { some: null } }, 'BAD_USER_INPUT', 'null'],
    ['a null count filter', { areas: { count: { gt: 1, filter: null } } }, 'BAD_USER_INPUT', 'null'],
    ['a null edge', { institutions: { some: { edge: null } } }, 'BAD_USER_INPUT', 'null'],
    ['a huge list', { slug: { in: Array.from({ length: 501 }, (_, index) => `s${index}`) } }, 'LIMIT_EXCEEDED', '500'],
    [
      'many values in several lists',
      { or: Array.from({ length: 5 }, () => ({ slug: { in: Array.from({ length: 401 }, (_, at) => `s${at}`) } })) },
      'LIMIT_EXCEEDED',
      '2000',
    ],
    ['deep nesting', deep(11), 'LIMIT_EXCEEDED', '10'],
    ['many conditions', { and: Array.from({ length: 60 }, () => ({ name: { ne: 'x' } })) }, 'LIMIT_EXCEEDED', '100'],
    ['a bad date', { firstMilestoneDate: { eq: '2019-13' } }, 'BAD_USER_INPUT', 'PartialDate'],
    ['an unknown operator', { name: { like: 'x' } }, 'BAD_USER_INPUT', 'like'],
    ['an unknown value', { status: { eq: 'NOPE' } }, 'BAD_USER_INPUT', 'NOPE'],
  ])('with %s is refused in words', async (_, filter, code, word) => {
    const { errors } = await ask('Lab', filter);
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual([code]);
    expect(errors?.[0]?.message).toContain(word);
    expect(server.ran).toEqual([]);
  });
});
