import { describe, expect, it } from 'vitest';
import { type Kind, kindNames, kinds } from '../../../src/cooperation/kinds.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { fits, relatedIn } from '../../setup/model.ts';
import { byCodePoint, type SeedRecord, seeds } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const { isKind, propertiesOf, relationFieldsOf } = cooperation;

const server = silkgraph();

const constantCase = (name: string) => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toUpperCase();

/** What a record counts under in a facet, by a plain reading of the seeds. */
function valuesOf(kind: Kind, record: SeedRecord, name: string): readonly string[] {
  const field = relationFieldsOf(kind).get(name);
  if (field) return [...new Set(relatedIn(record, field).map(({ far }) => far.id))];
  const value = record[name];
  if (value === undefined) return [];
  const { type } = propertiesOf(kind)[name] ?? {};
  if (type === 'date') return [String(value).slice(0, 4)];
  if (type === 'float') return [String(Number(value) > 0 ? 10 ** Math.floor(Math.log10(Number(value))) : 0)];
  return [String(value)];
}

const nameOf = new Map(Object.values(seeds.entities).flatMap((records) => records.map(({ id, name }) => [id, name])));

function facetIn(kind: Kind, records: readonly SeedRecord[], name: string, first: number) {
  const counts = new Map<string, number>();
  for (const record of records) {
    for (const value of valuesOf(kind, record, name)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const isRelation = relationFieldsOf(kind).has(name);
  const isNumber = ['int', 'float'].includes(propertiesOf(kind)[name]?.type ?? '');
  const compare = (a: string, b: string) => {
    if (isNumber) return Number(a) - Number(b);
    return (isRelation ? byCodePoint(nameOf.get(a) ?? '', nameOf.get(b) ?? '') : 0) || byCodePoint(a, b);
  };
  const all = [...counts].sort(([a, left], [b, right]) => right - left || compare(a, b));
  return {
    by: constantCase(name),
    buckets: all
      .slice(0, first)
      .map(([value, count]) => ({ value, count, entity: isRelation ? { slug: value } : null })),
    others: all.slice(first).reduce((sum, [, count]) => sum + count, 0),
    without: records.filter((record) => valuesOf(kind, record, name).length === 0).length,
  };
}

const SELECTION = '{ by buckets { value count entity { slug } } others without }';

describe.each(kindNames)('the facets of %s', (kind) => {
  const indexedTexts = ([name, { type, list, indexed, items }]: (typeof properties)[number]) =>
    !list && !items && type !== 'milestones' && type !== 'url' && name !== 'name' && (type !== 'text' || indexed);
  const properties = Object.entries(propertiesOf(kind));
  const names = [
    ...properties.filter(indexedTexts).map(([name]) => name),
    ...[...relationFieldsOf(kind).values()].filter(({ target }) => isKind(target)).map(({ name }) => name),
  ];

  it('count what a plain reading of the seeds counts', async () => {
    for (let start = 0; start < names.length; start += 5) {
      const some = names.slice(start, start + 5);
      const { page } = await server.data(
        `{ page: ${kinds[kind].plural}(first: 0) { facets(by: [${some.map(constantCase).join(', ')}], first: 4) ${SELECTION} } }`,
      );
      expect(page.facets).toEqual(some.map((name) => facetIn(kind, seeds.entities[kind], name, 4)));
      expect(server.ran).toHaveLength(1);
    }
  });
});

describe('facets', () => {
  it('count under the filter of the list, and what is related with all that is selected of it', async () => {
    const filter = { designation: { eq: 'BELT_AND_ROAD_JOINT_LABORATORY' } };
    const { labs } = await server.data(
      `query ($filter: LabFilter) { labs(first: 1, filter: $filter) {
        totalCount
        status: facets(by: [STATUS, YEAR_RECOGNISED]) ${SELECTION}
        countries: facets(by: [PARTNER_COUNTRIES], first: 2) { buckets { count entity { slug name ... on Country { region labs(filter: $filter) { totalCount } } } } }
      } }`,
      { filter },
    );
    const designated = seeds.entities.Lab.filter((record) => fits(record, filter));
    expect(labs.totalCount).toBe(designated.length);
    expect(labs.status).toEqual([
      facetIn('Lab', designated, 'status', 10),
      facetIn('Lab', designated, 'yearRecognised', 10),
    ]);
    for (const { count, entity } of labs.countries[0].buckets) {
      expect(entity.labs.totalCount).toBe(count);
      expect(entity.region).toEqual(expect.any(String));
    }
    expect(server.ran.length).toBeLessThanOrEqual(2);
  });

  it('count the list of a relation', async () => {
    const { country } = await server.data(
      `{ country(code: "CN") { institutions { facets(by: [TYPE]) { by buckets { value count } } } } }`,
    );
    const institutions = seeds.entities.Institution.filter(({ id }) =>
      seeds.relations.some(({ type, from, to }) => type === 'BASED_IN' && from === id && to === 'cn'),
    );
    const { by, buckets } = facetIn('Institution', institutions, 'type', 10);
    expect(country.institutions.facets).toEqual([
      { by, buckets: buckets.map(({ value, count }) => ({ value, count })) },
    ]);
    // The country, and the facets of its list.
    expect(server.ran).toHaveLength(2);
  });

  it('count the lists of many parents in one statement, beside their pages and counts', async () => {
    const question = (n: number) => `{ areas(first: ${n}, orderBy: [{ labs: { count: DESC } }]) {
      nodes { slug labs(first: 1) { totalCount nodes { slug } facets(by: [STATUS, PARTNER_COUNTRIES]) ${SELECTION} } } } }`;
    for (const parents of [1, 10, 50]) {
      const { areas } = await server.data(question(parents));
      expect(server.ran).toHaveLength(2);
      for (const { slug, labs } of areas.nodes) {
        const related = seeds.entities.Lab.filter((record) =>
          fits(record, { areas: { some: { slug: { eq: slug } } } }),
        );
        expect(labs.totalCount).toBe(related.length);
        expect(labs.facets).toEqual(['status', 'partnerCountries'].map((name) => facetIn('Lab', related, name, 10)));
      }
    }
  });

  it('return ten values by default', async () => {
    const { labs } = await server.data(
      '{ labs { a: facets(by: [AREAS]) { buckets { count } } b: facets(by: [AREAS], first: null) { buckets { count } } } }',
    );
    expect(labs.a[0].buckets).toHaveLength(10);
    expect(labs.b).toEqual(labs.a);
  });

  it.each([
    ['by: []', 'takes 1 to 10'],
    ['by: [STATUS, STATUS]', 'contains a duplicate'],
    ['by: [STATUS], first: -1', 'from 0 to 100'],
    ['by: [STATUS], first: 101', 'from 0 to 100'],
  ])('with %s are rejected with a clear message, and do not affect other fields', async (args, words) => {
    const { data, errors } = await server.ask(
      `{ labs(first: 1) { totalCount facets(${args}) { by } } areas { totalCount } }`,
    );
    expect(data).toEqual({ labs: null, areas: { totalCount: 103 } });
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT']);
    expect(errors?.[0]?.message).toContain(words);
  });
});
