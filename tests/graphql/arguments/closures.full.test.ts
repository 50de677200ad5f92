import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { createContext } from '../../../src/graphql/index.ts';
import { createServer } from '../../../src/service/server.ts';
import { readingRows } from '../../setup/graph-double.ts';
import { knownStatistics } from '../../setup/known-statistics.ts';
import { relatedIn } from '../../setup/model.ts';
import { byCodePoint, byName, recordsOf } from '../../setup/seeds.ts';
import { served } from '../../setup/served.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const timeout = 60_000;
const server = silkgraph({ operationTimeout: timeout });

type SeedRecord = ReturnType<typeof recordsOf>[number];

function related(kind: string, record: SeedRecord, name: string): readonly SeedRecord[] {
  const field = cooperation.relationFieldsOf(kind).get(name);
  if (!field) throw new Error(`${kind} has no ${name}.`);
  return relatedIn(record, field).map(({ far }) => far as SeedRecord);
}

/** The slugs of an area and of all that are narrower. */
function withinArea(area: SeedRecord): ReadonlySet<string> {
  return new Set([area.id, ...related('Area', area, 'narrower').flatMap((one) => [...withinArea(one)])]);
}

const areas = recordsOf('Area');
const [largest] = areas.toSorted((one, other) => withinArea(other).size - withinArea(one).size);
if (!largest) throw new Error('The seeds have no areas.');

const labsWithin = (members: ReadonlySet<string>) =>
  recordsOf('Lab').filter((lab) => related('Lab', lab, 'areas').some(({ id }) => members.has(id)));

interface Pretence {
  /** Whether whoever leads to the members of a closure is always many. @default false */
  readonly areMany?: boolean;
  /** Whether there are so many laboratories that a list of them is not looked through. @default false */
  readonly isLong?: boolean;
}

/** Asks as if the graph were larger than it is. */
const askAsIf =
  ({ areMany = false, isLong = false }: Pretence) =>
  async (query: string, variables: object) => {
    const { graph } = server;
    const read = readingRows((statement, parameters, options) => {
      const text = areMany ? statement.text.replaceAll('<= 1000 THEN', '< 0 THEN') : statement.text;
      return graph.read({ ...statement, text }, parameters, options);
    });
    const known = knownStatistics('seeds', graph);
    const statistics = async () => {
      const { entities, ...others } = await known();
      return { ...others, entities: isLong ? { ...entities, Lab: 100_000 } : entities };
    };
    const context = (asked: object) => createContext({ ...graph, read }, statistics, asked);
    const { fetch } = createServer({ ...served, timeout, context });
    const response = await fetch('http://silkgraph/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await response.json();
    expect(errors).toBeUndefined();
    return data;
  };

const pages = `query ($filter: LabFilter, $orderBy: [LabOrder!], $first: Int, $after: String, $last: Int, $before: String) {
  labs(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount nodes { slug } pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
  }
}`;

/** All slugs, page by page. */
async function walk(
  ask: (query: string, variables: Record<string, unknown>) => Promise<unknown>,
  variables: object,
  backward: boolean,
) {
  const slugs: string[] = [];
  let bounds: object = {};
  for (;;) {
    const size = backward ? { last: 7 } : { first: 7 };
    const { labs } = (await ask(pages, { ...variables, ...size, ...bounds })) as {
      labs: {
        nodes: { slug: string }[];
        totalCount: number;
        pageInfo: { startCursor: string; endCursor: string; hasNextPage: boolean; hasPreviousPage: boolean };
      };
    };
    const found = labs.nodes.map(({ slug }) => slug);
    if (backward) slugs.unshift(...found);
    else slugs.push(...found);
    const { startCursor, endCursor, hasNextPage, hasPreviousPage } = labs.pageInfo;
    if (!(backward ? hasPreviousPage : hasNextPage)) return { slugs, total: labs.totalCount };
    bounds = backward ? { before: startCursor } : { after: endCursor };
  }
}

describe('a list of what leads into a hierarchy', () => {
  const expected = labsWithin(withinArea(largest));
  const filter = { areas: { some: { within: largest.id } } };
  const year = ({ yearRecognised }: SeedRecord) => Number(yearRecognised ?? Number.POSITIVE_INFINITY);
  const byYear = (one: SeedRecord, other: SeedRecord) =>
    (year(one) === year(other) ? 0 : year(one) - year(other)) || byCodePoint(one.id, other.id);

  const pairs = (['few', 'many'] as const).flatMap((number) => [false, true].map((backward) => ({ number, backward })));
  const all = pairs.flatMap((pair) => (['name', 'year'] as const).map((order) => ({ ...pair, order })));

  it.each(all)('has every entity once, of $number, backward $backward, ordered by $order', async (asked) => {
    const ask = asked.number === 'many' ? askAsIf({ areMany: true }) : server.data;
    expect(expected.length).toBeGreaterThan(14);
    const [orderBy, order] = asked.order === 'name' ? [undefined, byName] : [[{ yearRecognised: 'ASC' }], byYear];
    const { slugs, total } = await walk(ask, { filter, orderBy }, asked.backward);
    expect(slugs).toEqual(expected.toSorted(order).map(({ id }) => id));
    expect(total).toBe(expected.length);
  });

  it('meets further conditions on either side of the relation, and those of other closures', async () => {
    const found = async (more: object, ofArea: object) => {
      const wanted = { ...more, areas: { some: { within: largest.id, ...ofArea } } };
      const { labs } = await server.data(pages, { filter: wanted, first: 100 });
      expect(labs.totalCount).toBe(labs.nodes.length);
      return labs.nodes.map(({ slug }: { slug: string }) => slug).sort(byCodePoint);
    };
    const slugsOf = (labs: readonly SeedRecord[]) => labs.map(({ id }) => id).sort(byCodePoint);

    expect(await found({ inScope: { eq: true } }, {})).toEqual(
      slugsOf(expected.filter(({ inScope }) => inScope === true)),
    );
    expect(await found({}, { slug: { ne: largest.id } })).toEqual(
      slugsOf(labsWithin(new Set([...withinArea(largest)].filter((slug) => slug !== largest.id)))),
    );
    const other = areas.find(
      (area) => !withinArea(largest).has(area.id) && expected.some((lab) => labsWithin(withinArea(area)).includes(lab)),
    );
    expect(other).toBeDefined();
    if (!other) return;
    expect(await found({ not: { areas: { some: { within: other.id } } } }, {})).toEqual(
      slugsOf(expected.filter((lab) => !labsWithin(withinArea(other)).includes(lab))),
    );
  });

  it('can be sorted by a number of relations', async () => {
    const query = `query ($filter: LabFilter) { labs(filter: $filter, first: 100, orderBy: [{ areas: { count: DESC } }]) { edges { cursor node { slug areas { totalCount } } } } }`;
    const { labs } = await server.data(query, { filter });
    const counts = labs.edges.map(({ node }: { node: { areas: { totalCount: number } } }) => node.areas.totalCount);
    expect(counts).toHaveLength(expected.length);
    expect(counts).toEqual(counts.toSorted((one: number, two: number) => two - one));
  });

  it('can be sorted by the one that a relation leads to, page by page', async () => {
    const query = `query ($filter: ParkFilter, $after: String) {
      parks(filter: $filter, orderBy: [{ country: { name: DESC } }], first: 5, after: $after) { edges { cursor node { slug } } pageInfo { hasNextPage endCursor } }
    }`;
    const slugs: string[] = [];
    for (let after: string | null = null; ; ) {
      const { parks }: Awaited<ReturnType<typeof server.data>> = await server.data(query, { filter, after });
      for (const { node } of parks.edges) slugs.push(node.slug);
      if (!parks.pageInfo.hasNextPage) break;
      after = parks.pageInfo.endCursor;
    }
    const members = withinArea(largest);
    const countryOf = (park: SeedRecord) => String(related('Park', park, 'country')[0]?.name ?? '');
    const sorted = recordsOf('Park')
      .filter((park) => related('Park', park, 'areas').some(({ id }) => members.has(id)))
      .toSorted((one, other) => byCodePoint(countryOf(other), countryOf(one)) || byCodePoint(one.id, other.id));
    expect(sorted.length).toBeGreaterThan(5);
    expect(slugs).toEqual(sorted.map(({ id }) => id));
  });

  it('has facets, too', async () => {
    const query = `query ($filter: LabFilter) { labs(filter: $filter) { facets(by: [STATUS]) { buckets { value count } } } }`;
    const { labs } = await server.data(query, { filter });
    const statuses = expected.flatMap(({ status }) => status ?? []);
    const counts = [...new Set(statuses)].map((value) => ({
      value,
      count: statuses.filter((status) => status === value).length,
    }));
    expect(labs.facets[0].buckets).toHaveLength(counts.length);
    expect(labs.facets[0].buckets).toEqual(expect.arrayContaining(counts));
  });
});

describe('a long list of what leads to entities that are named', () => {
  const partnersOf = (lab: SeedRecord) => related('Lab', lab, 'partnerCountries').map(({ id }) => id);
  const all = recordsOf('Lab');
  const countries = ['eg', 'rs', 'pk'];
  const expected = all.filter((lab) => partnersOf(lab).some((id) => countries.includes(id)));
  const filter = { partnerCountries: { some: { slug: { in: countries } } } };

  it.each([
    { areMany: false, backward: true },
    { areMany: true, backward: false },
  ])('has each once, many: $areMany, backward: $backward', async ({ areMany, backward }) => {
    expect(expected.length).toBeGreaterThan(7);
    const { slugs, total } = await walk(askAsIf({ areMany, isLong: true }), { filter }, backward);
    expect(slugs).toEqual(expected.toSorted(byName).map(({ id }) => id));
    expect(total).toBe(expected.length);
  });

  it('meets conditions on more of them, and on other entities that lead to them', async () => {
    const [{ id: lab = '' } = {}] = expected;
    const areasOf = (one: SeedRecord) => related('Lab', one, 'areas').map(({ id }) => id);
    const shared = areasOf(expected[0] as SeedRecord);
    const wanted = {
      ...filter,
      areas: { some: { labs: { some: { slug: { eq: lab } } } } },
      not: { partnerCountries: { some: { slug: { eq: 'eg' } } } },
    };
    const { labs } = await askAsIf({ isLong: true })(pages, { filter: wanted, first: 100 });
    const fits = (one: SeedRecord) =>
      areasOf(one).some((area) => shared.includes(area)) && !partnersOf(one).includes('eg');
    expect(labs.nodes.map(({ slug }: { slug: string }) => slug)).toEqual(
      expected
        .filter(fits)
        .toSorted(byName)
        .map(({ id }) => id),
    );
    expect(labs.totalCount).toBe(labs.nodes.length);
  });
});

describe('a number of entities in a hierarchy', () => {
  it('is found by following the hierarchy once, not once for each entity', async () => {
    await server.data(pages, { filter: { areas: { some: { within: largest.id } } }, first: 3 });
    const [text = ''] = server.ran.map((statement) => statement.text);
    expect(text.match(/:BROADER\*/g)).toHaveLength(1);
    expect(text.indexOf(':BROADER*')).toBeLessThan(text.indexOf(':RESEARCHES'));
  });
});
