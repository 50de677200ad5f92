import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { relatedIn } from '../../setup/model.ts';
import { byCodePoint, byName, recordsOf, seeds } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

// The database plans each of these statements for the first time, on a machine that may be busy.
const server = silkgraph();

const tally = (values: readonly unknown[]) => {
  const counts = new Map<unknown, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

/** One end of a relation as a field, with its edges in the seeds. */
function edgesOf(kind: string, slug: string, name: string) {
  const field = cooperation.relationFieldsOf(kind).get(name);
  const record = recordsOf(kind).find(({ id }) => id === slug);
  if (!field || !record) throw new Error(`${slug} has no ${name}.`);
  return relatedIn(record, field);
}

interface Page {
  readonly nodes: readonly { readonly slug: string }[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

const initiative = 'belt-and-road-initiative';
const participants = edgesOf('Program', initiative, 'participants');

describe('the relation to the entities of a list', () => {
  it('narrows the list, its count and its facets', async () => {
    const { program } = await server.data(
      `query ($filter: CountryFilter) { program(slug: "${initiative}") {
        participants(first: 100, filter: $filter) { totalCount nodes { slug } edges { status } facets(by: [EDGE_STATUS, REGION]) { by buckets { value count } without } }
      } }`,
      { filter: { region: { eq: 'EUROPE' }, edge: { status: { eq: 'WITHDRAWN' } } } },
    );
    const expected = participants.filter(
      ({ far, properties }) => far.region === 'EUROPE' && properties.status === 'WITHDRAWN',
    );
    expect(expected.length).toBeGreaterThan(0);
    expect(program.participants.totalCount).toBe(expected.length);
    expect(program.participants.nodes.map(({ slug }: { slug: string }) => slug)).toEqual(
      expected
        .map(({ far }) => far)
        .sort(byName)
        .map(({ id }) => id),
    );
    expect(program.participants.edges).toEqual(expected.map(() => ({ status: 'WITHDRAWN' })));
    expect(program.participants.facets).toEqual([
      { by: 'EDGE_STATUS', buckets: [{ value: 'WITHDRAWN', count: expected.length }], without: 0 },
      { by: 'REGION', buckets: [{ value: 'EUROPE', count: expected.length }], without: 0 },
    ]);
  });

  it('counts the list by its properties, the year of a date among them', async () => {
    const { program } = await server.data(
      `{ program(slug: "${initiative}") { participants(first: 0) { facets(by: [EDGE_STATUS, EDGE_SINCE], first: 100) { buckets { value count } others without } } } }`,
    );
    const by = (read: (properties: Readonly<Record<string, unknown>>) => unknown) =>
      Object.fromEntries(tally(participants.map(({ properties }) => read(properties)).filter(Boolean)));
    const [status, since] = program.participants.facets;
    const counts = (buckets: readonly { value: string; count: number }[]) =>
      Object.fromEntries(buckets.map(({ value, count }) => [value, count]));
    expect(counts(status.buckets)).toEqual(by((properties) => properties.status));
    expect(counts(since.buckets)).toEqual(by(({ since }) => since && String(since).slice(0, 4)));
    expect(since.without).toBe(participants.filter(({ properties }) => !properties.since).length);
  });

  it('orders the list by its properties, page by page in both directions', async () => {
    const expected = [...participants]
      .sort((left, right) => {
        const [a, b] = [left, right].map(({ properties }) => properties.since as string | undefined);
        if (a !== b) return a === undefined ? 1 : b === undefined ? -1 : byCodePoint(b, a);
        return byCodePoint(left.far.id, right.far.id);
      })
      .map(({ far }) => far.id);
    const query = `query ($first: Int, $after: String, $last: Int, $before: String) { program(slug: "${initiative}") {
      participants(first: $first, after: $after, last: $last, before: $before, orderBy: [{ edge: { since: DESC } }, { slug: ASC }]) {
        nodes { slug } pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
      } } }`;
    const read: string[] = [];
    let after: string | null = null;
    for (let more = true; more; ) {
      const answer: { readonly participants: Page } = (await server.data(query, { first: 60, after })).program;
      const { participants: page } = answer;
      read.push(...page.nodes.map(({ slug }: { slug: string }) => slug));
      [after, more] = [page.pageInfo.endCursor, page.pageInfo.hasNextPage];
    }
    expect(read).toEqual(expected);
    const { participants: last } = (await server.data(query, { last: 60 })).program;
    expect(last.nodes.map(({ slug }: { slug: string }) => slug)).toEqual(expected.slice(-60));
    const { participants: before } = (await server.data(query, { last: 10, before: last.pageInfo.startCursor }))
      .program;
    expect(before.nodes.map(({ slug }: { slug: string }) => slug)).toEqual(expected.slice(-70, -60));
    expect(before.pageInfo.hasPreviousPage).toBe(true);
  });

  it('decides what is counted where entities are ordered by a count', async () => {
    const { institutions } = await server.data(
      '{ institutions(first: 10, orderBy: [{ labs: { count: DESC, filter: { edge: { role: { eq: HOST } } } } }, { slug: ASC }]) { nodes { slug labs(first: 0, filter: { edge: { role: { eq: HOST } } }) { totalCount } } } }',
    );
    const hosted = tally(
      seeds.relations.flatMap(({ type, to, properties }) =>
        type === 'HOSTED_BY' && properties?.role === 'HOST' ? [to] : [],
      ),
    );
    const expected = recordsOf('Institution')
      .map(({ id }) => ({ slug: id, labs: { totalCount: hosted.get(id) ?? 0 } }))
      .sort((left, right) => right.labs.totalCount - left.labs.totalCount || byCodePoint(left.slug, right.slug));
    expect(institutions.nodes).toEqual(expected.slice(0, 10));
    expect(expected[0]?.labs.totalCount).toBeGreaterThan(1);
  });

  it('is known to have sources of its own or none', async () => {
    const programs = (operator: string) =>
      `programs(first: 0, filter: { edge: { ownSources: { ${operator} } } }) { totalCount }`;
    const { country } = await server.data(
      `{ country(slug: "cn") {
        own: ${programs('eq: true')} others: ${programs('ne: true')}
        known: ${programs('exists: true')} unknown: ${programs('exists: false')} both: ${programs('exists: true, eq: false')}
      } }`,
    );
    const all = seeds.relations.filter(({ type, from }) => type === 'PARTICIPATES_IN' && from === 'cn');
    const own = all.filter(({ sources }) => sources?.length).length;
    expect(own % all.length).toBeGreaterThan(0);
    const others = all.length - own;
    const counts = Object.entries(country).map(([name, list]) => [name, (list as { totalCount: number }).totalCount]);
    expect(Object.fromEntries(counts)).toEqual({ own, others, known: all.length, unknown: 0, both: others });
  });

  it('is found by its sources: those of its own, else those of its start', async () => {
    const data = await server.data(
      `{ program(slug: "${initiative}") {
        own: participants(first: 0, filter: { edge: { ownSources: { eq: true } } }) { totalCount }
        others: participants(first: 0, filter: { edge: { ownSources: { ne: true } } }) { totalCount }
        weak: participants(first: 100, filter: { edge: { sources: { every: { reliability: { eq: LOW } } } } }) { edges { sources { reliability } } }
        strong: participants(first: 100, filter: { edge: { sources: { some: { reliability: { eq: HIGH } } } } }) { totalCount edges { sources { reliability } } }
      } }`,
    );
    const own = seeds.relations.filter(
      ({ type, to, sources }) => type === 'PARTICIPATES_IN' && to === initiative && sources?.length,
    );
    expect(own.length).toBeGreaterThan(0);
    expect(data.program.own.totalCount).toBe(own.length);
    expect(data.program.others.totalCount).toBe(participants.length - own.length);
    type Edges = readonly { readonly sources: readonly { readonly reliability: string }[] }[];
    const reliabilities = (edges: Edges) => edges.map(({ sources }) => sources.map(({ reliability }) => reliability));
    expect(
      reliabilities(data.program.weak.edges)
        .flat()
        .filter((each) => each !== 'LOW'),
    ).toEqual([]);
    expect(data.program.strong.totalCount).toBeGreaterThan(0);
    expect(reliabilities(data.program.strong.edges).every((each) => each.includes('HIGH'))).toBe(true);
  });
});

describe('a filter of a kind', () => {
  it('fits below every relation and in every list, as one variable', async () => {
    const data = await server.data(
      `query ($labs: LabFilter, $country: CountryFilter) {
        labs(first: 0, filter: $labs) { totalCount }
        countries(first: 0, filter: { labs: { some: $labs, count: { gte: 1, filter: $labs } } }) { totalCount }
        institutions(first: 1, filter: { labs: { some: $labs }, country: $country }, orderBy: [{ labs: { count: DESC, filter: $labs } }]) {
          totalCount nodes { labs(first: 0, filter: $labs) { totalCount } }
        }
        program(slug: "${initiative}") { labs(first: 0, filter: $labs) { totalCount } }
        labsGroupBy(by: [STATUS], filter: $labs) { nodes { count } }
      }`,
      { labs: { inScope: { eq: true } }, country: { region: { eq: 'ASIA' } } },
    );
    expect(data.labs.totalCount).toBe(recordsOf('Lab').filter(({ inScope }) => inScope).length);
    expect(data.institutions.totalCount).toBeGreaterThan(0);
  });

  it('needs no quantifier below a relation to one', async () => {
    const data = await server.data(
      `{ direct: institutions(first: 0, filter: { country: { region: { eq: AFRICA } } }) { totalCount }
         quantified: institutions(first: 0, filter: { country: { some: { region: { eq: AFRICA } } } }) { totalCount }
         elsewhere: institutions(first: 0, filter: { country: { not: { region: { eq: AFRICA } } } }) { totalCount }
         without: institutions(first: 0, filter: { country: { none: {} } }) { totalCount }
         sure: institutions(first: 0, filter: { country: { region: { eq: AFRICA }, edge: { basis: { exists: false } } } }) { totalCount }
         all: institutions(first: 0, filter: { country: {} }) { totalCount } }`,
    );
    const african = new Set(recordsOf('Country').flatMap(({ id, region }) => (region === 'AFRICA' ? [id] : [])));
    const based = seeds.relations.filter(({ type }) => type === 'BASED_IN');
    const inAfrica = based.filter(({ to }) => african.has(to));
    const all = recordsOf('Institution').length;
    expect(inAfrica.length).toBeGreaterThan(0);
    expect(data).toEqual({
      direct: { totalCount: inAfrica.length },
      quantified: { totalCount: inAfrica.length },
      elsewhere: { totalCount: based.length - inAfrica.length },
      without: { totalCount: all - based.length },
      sure: { totalCount: inAfrica.filter(({ properties }) => properties?.basis === undefined).length },
      all: { totalCount: all },
    });
  });

  it('follows a hierarchy to a depth, upwards and downwards, from a set that a filter gives', async () => {
    const data = await server.data(
      `{ one: areas(first: 0, filter: { within: "agriculture-and-food", withinDepth: 1 }) { totalCount }
         same: areas(first: 0, filter: { broaderTransitive: { some: { slug: { eq: "agriculture-and-food" } }, minHops: 0, maxHops: 1 } }) { totalCount }
         several: areas(first: 100, filter: { broaderTransitive: { some: { topArea: { eq: true } }, minHops: 0 } }) { totalCount }
         worked: areas(first: 0, filter: { topArea: { eq: true }, narrowerTransitive: { some: { labs: { some: {} } }, minHops: 0 } }) { totalCount }
         institutes: institutions(first: 0, filter: { within: "chinese-academy-of-sciences" }) { totalCount } }`,
    );
    const narrower = (slug: string) =>
      seeds.relations.flatMap(({ type, from, to }) => (type === 'BROADER' && to === slug ? [from] : []));
    const below = (slug: string): readonly string[] => [slug, ...narrower(slug).flatMap(below)];
    const tops = recordsOf('Area').filter(({ topArea }) => topArea);
    const researched = new Set(seeds.relations.flatMap(({ type, to }) => (type === 'RESEARCHES' ? [to] : [])));
    const units = seeds.relations.filter(({ type, to }) => type === 'UNIT_OF' && to === 'chinese-academy-of-sciences');
    expect(narrower('agriculture-and-food').length).toBeGreaterThan(0);
    expect(data).toEqual({
      one: { totalCount: 1 + new Set(narrower('agriculture-and-food')).size },
      same: { totalCount: 1 + new Set(narrower('agriculture-and-food')).size },
      several: { totalCount: new Set(tops.flatMap(({ id }) => below(id))).size },
      worked: { totalCount: tops.filter(({ id }) => below(id).some((slug) => researched.has(slug))).length },
      institutes: { totalCount: 1 + units.length },
    });
  });

  it.each([
    ['a relation where none leads', 'labs(filter: { edge: { side: { eq: CHINESE } } })', 'edge'],
    [
      'a property that the relation lacks',
      'program(slug: "x") { participants(filter: { edge: { basis: { exists: true } } })',
      'since',
    ],
    [
      'a value of another enumeration',
      'labs(filter: { institutions: { some: { edge: { role: { eq: GUEST_OF_HONOUR } } } } })',
      'LEAD',
    ],
    [
      'a text operator on an enumeration',
      'labs(filter: { institutions: { some: { edge: { role: { contains: "lead" } } } } })',
      'HostedByRole',
    ],
    ['an order by a relation where none leads', 'countries(orderBy: [{ edge: { since: ASC } }])', 'edge'],
    ['a facet of a relation where none leads', 'countries { facets(by: [EDGE_SINCE]) { by } }', 'EDGE_SINCE'],
    ['a quantifier without a relation', 'countries(filter: { some: {} })', 'some'],
    ['a depth of nothing', 'areas(filter: { withinDepth: 2 })', 'within'],
    ['a negative depth', 'areas(filter: { within: "x", withinDepth: -1 })', '0 to 20'],
    ['a number of hops that is null', 'areas(filter: { broaderTransitive: { minHops: null, some: {} } })', 'null'],
    ['hops in the wrong order', 'areas(filter: { broaderTransitive: { minHops: 3, maxHops: 2, some: {} } })', '3 to 2'],
  ])('refuses %s', async (_, field, word) => {
    const closed = field.includes('program(')
      ? `${field} { totalCount } }`
      : field.includes('facets')
        ? field
        : `${field} { totalCount }`;
    const seen = field.includes('program(') ? closed.replace('"x"', `"${initiative}"`) : closed;
    const { errors } = await server.ask(`{ ${seen} }`);
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT']);
    expect(errors?.[0]?.message).toContain(word);
  });
});
