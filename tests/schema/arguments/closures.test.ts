import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { createContext } from '../../../src/schema/index.ts';
import { createServer } from '../../../src/server.ts';
import { readingRows } from '../../setup/graph-double.ts';
import { knownStatistics } from '../../setup/known-statistics.ts';
import { relatedIn } from '../../setup/model.ts';
import { chosenOf } from '../../setup/runs.ts';
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

/** Asks as if whoever leads to the members of a closure were always many. */
async function askOfMany(query: string, variables: object) {
  const { graph } = server;
  const many = {
    ...graph,
    read: readingRows((statement, parameters, options) =>
      graph.read({ ...statement, text: statement.text.replaceAll('<= 1000 THEN', '< 0 THEN') }, parameters, options),
    ),
  };
  const statistics = knownStatistics('seeds', graph);
  const { fetch } = createServer({ ...served, timeout, context: (read) => createContext(many, statistics, read) });
  const response = await fetch('http://silkgraph/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()).data;
}

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
  // Each with each of the others' two: half of them, as each is a statement that Neo4j plans for a second.
  const half = chosenOf(all, ({ number, backward, order }) => (number === 'few') === (backward === (order === 'year')));

  it.each(half)('has every entity once, of $number, backward $backward, ordered by $order', async (asked) => {
    const ask = asked.number === 'many' ? askOfMany : server.data;
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
});

describe('a number of entities in a hierarchy', () => {
  it('is found by following the hierarchy once, not once for each entity', async () => {
    await server.data(pages, { filter: { areas: { some: { within: largest.id } } }, first: 3 });
    const [text = ''] = server.ran.map((statement) => statement.text);
    expect(text.match(/:BROADER\*/g)).toHaveLength(1);
    expect(text.indexOf(':BROADER*')).toBeLessThan(text.indexOf(':RESEARCHES'));
  });
});
