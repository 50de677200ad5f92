import type { GraphQLObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import type { RanStatement } from '../../../src/engine/graph/graph.ts';
import { readGroups } from '../../../src/engine/groups/groups.ts';
import { type GroupArguments, planGroups } from '../../../src/graphql/groups/group-input.ts';
import { keyValues, valuesOf } from '../../setup/grouping.ts';
import { hitsOf } from '../../setup/hits-of.ts';
import { neverPlanned } from '../../setup/never-planned.ts';
import { seeds } from '../../setup/seeds.ts';
import { schema } from '../../setup/served.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();
const byParts = silkgraph({ tiers: neverPlanned });

interface Node {
  readonly count: number;
  readonly keys: readonly { readonly value: string | null; readonly entity?: { readonly name: string } | null }[];
}

const counts = (nodes: readonly Node[]) => Object.fromEntries(nodes.map(({ keys, count }) => [keys[0]?.value, count]));

const tally = (values: readonly string[]) => {
  const tallied: Record<string, number> = {};
  for (const value of values) tallied[value] = (tallied[value] ?? 0) + 1;
  return tallied;
};

const designations = tally(seeds.entities.Lab.map(({ designation }) => String(designation)));

describe('groups', () => {
  it('by a month agree with the facet of that name, today and of an earlier state: a date known to the year has none', async () => {
    expect(seeds.entities.Lab.some(({ firstMilestoneDate }) => /^\d{4}$/.test(String(firstMilestoneDate)))).toBe(true);
    const { labsGroupBy } = await server.data(
      '{ labsGroupBy(by: [FIRST_MILESTONE_DATE_MONTH], first: 100) { nodes { count keys { value } } } }',
    );
    const { null: lacking, ...months } = counts(labsGroupBy.nodes);
    for (const state of ['', '@asOf(revision: 1)']) {
      const { labs } = await server.data(
        `query ${state} { labs(first: 0) { facets(by: [FIRST_MILESTONE_DATE_MONTH], first: 100) { without others buckets { value count } } } }`,
      );
      const [{ without, others, buckets }] = labs.facets;
      expect({ without, others }, state).toEqual({ without: lacking, others: 0 });
      const byMonth = buckets.map(({ value, count }: { value: string; count: number }) => [value, count]);
      expect(Object.fromEntries(byMonth), state).toEqual(months);
    }
  });

  it('by a property tell how many laboratories have each value, the most frequent first', async () => {
    const { labsGroupBy } = await server.data(
      '{ labsGroupBy(by: [DESIGNATION]) { totalCount nodes { count keys { by value entity { name } } } } }',
    );
    expect(labsGroupBy.totalCount).toBe(Object.keys(designations).length);
    expect(labsGroupBy.nodes).toContainEqual({
      count: designations.BELT_AND_ROAD_JOINT_LABORATORY,
      keys: [{ by: 'DESIGNATION', value: 'BELT_AND_ROAD_JOINT_LABORATORY', entity: null }],
    });
    const numbers = labsGroupBy.nodes.map(({ count }: Node) => count);
    expect(numbers).toEqual(Object.values(designations).sort((left, right) => right - left));
    expect(server.ran).toHaveLength(1);
  });

  it('by the year of a date tell how many events each year had', async () => {
    const { eventsGroupBy } = await server.data(
      '{ eventsGroupBy(by: [START_DATE_YEAR], orderBy: [{ key: { by: "START_DATE_YEAR", direction: ASC } }]) { nodes { count keys { value } } } }',
    );
    const years = seeds.entities.Event.map(({ startDate }) => String(startDate).slice(0, 4)).sort();
    expect(eventsGroupBy.nodes.map(({ keys }: Node) => keys[0]?.value)).toEqual([...new Set(years)]);
    expect(counts(eventsGroupBy.nodes)).toEqual(tally(years));
  });

  it('by month put what is known only to the year with what has no date', async () => {
    const { labsGroupBy } = await server.data(
      '{ labsGroupBy(by: [FIRST_MILESTONE_DATE_MONTH], first: 100) { nodes { count keys { value } } } }',
    );
    const months = seeds.entities.Lab.map(({ firstMilestoneDate: date }) =>
      typeof date === 'string' && date.length >= 7 ? date.slice(0, 7) : 'null',
    );
    expect(months).toContain('null');
    expect(counts(labsGroupBy.nodes)).toEqual(tally(months));
  });

  it('by a relation tell the partner countries of at least two designated laboratories, each with its region', async () => {
    const { labsGroupBy } = await server.data(
      `{ labsGroupBy(by: [PARTNER_COUNTRIES], filter: { designation: { eq: BELT_AND_ROAD_JOINT_LABORATORY } }, having: { count: { gte: 2 } }) {
        nodes { count keys { value entity { name ... on Country { region labs { totalCount } } } } } } }`,
    );
    const designated = seeds.entities.Lab.filter(({ designation }) => designation === 'BELT_AND_ROAD_JOINT_LABORATORY');
    const partners = seeds.relations.filter(
      ({ type, from }) => type === 'PARTNERS_WITH' && designated.some(({ id }) => id === from),
    );
    const expected = Object.entries(tally(partners.map(({ to }) => to))).filter(([, count]) => count >= 2);
    expect(expected.filter(([, count]) => count >= 3)).toEqual([['uz', 3]]);
    expect(counts(labsGroupBy.nodes)).toEqual(Object.fromEntries(expected));
    expect(labsGroupBy.nodes[0].keys[0].entity).toMatchObject({ name: 'Uzbekistan', region: 'ASIA' });
    expect(labsGroupBy.nodes[0].keys[0].entity.labs.totalCount).toBeGreaterThanOrEqual(3);
    expect(server.ran).toHaveLength(2);
  });

  it('count what has none of a relation as a group of its own', async () => {
    const { labsGroupBy } = await server.data(
      '{ labsGroupBy(by: [EVENTS], first: 1) { nodes { count keys { value entity { name } } } } }',
    );
    const withEvents = seeds.relations.filter(({ type }) => type === 'CONCERNS_LAB').map(({ to }) => to);
    const count = seeds.entities.Lab.length - new Set(withEvents).size;
    expect(labsGroupBy.nodes).toEqual([{ count, keys: [{ value: null, entity: null }] }]);
  });

  it('by relations to several kinds read the entities of all keys in one further statement', async () => {
    const { labsGroupBy } = await server.data(
      '{ labsGroupBy(by: [PARTNER_COUNTRIES, AREAS, INSTITUTIONS], first: 50) { edges { node { keys { value entity { __typename slug } } } } } }',
    );
    const keys = labsGroupBy.edges.flatMap(({ node }: { node: { keys: unknown[] } }) => node.keys);
    for (const { value, entity } of keys) expect(entity?.slug ?? null).toBe(value);
    expect(new Set(keys.map(({ entity }: { entity: { __typename: string } | null }) => entity?.__typename))).toEqual(
      new Set(['Country', 'Area', 'Institution']),
    );
    expect(server.ran).toHaveLength(2);
  });

  it('work out only what is selected, also through fragments and aliases', async () => {
    await server.data(
      '{ labsGroupBy(by: [STATUS], orderBy: [{ key: { by: "STATUS", direction: ASC } }]) { nodes { keys { value } } } }',
    );
    expect(server.ran[0]?.text).not.toMatch(/count\(|sum\(|min\(|max\(|COUNT|EXISTS/);
    const { groups } = await server.data(
      `query ($with: Boolean = false) { groups: labsGroupBy(by: [STATUS]) { edges { ...one } nodes { average: avg(of: BATCH) } } }
       fragment one on EntityGroupEdge { node { first: min(of: BATCH) ... { last: max(of: YEAR_RECOGNISED) sum(of: BATCH) @include(if: $with) } } }`,
    );
    expect(groups.nodes[0]).toEqual({ average: expect.any(Number) });
    expect(groups.edges[0].node).toEqual({ first: 1, last: expect.any(Number) });
    expect(server.ran).toHaveLength(1);
    expect(server.ran[0]?.text.match(/\b(?:min|max|avg|sum)_\w+(?=:)/g)).toEqual([
      'avg_batch',
      'max_yearRecognised',
      'min_batch',
    ]);
  });

  it('return the selected fields of each `entity`, under any alias', async () => {
    const { labsGroupBy } = await server.data(
      `{ labsGroupBy(by: [PARTNER_COUNTRIES], first: 1) { nodes { keys {
        one: entity { ... on Country { labs(first: 1) { nodes { slug } } } }
        two: entity { ... on Country { labs(first: 2) { nodes { slug } } } }
      } } } }`,
    );
    const [{ one, two }] = labsGroupBy.nodes[0].keys;
    expect([one.labs.nodes.length, two.labs.nodes.length]).toEqual([1, 2]);
  });

  it('without keys are one, of all that match, today and of an earlier state', async () => {
    const batches = seeds.entities.Lab.flatMap(({ batch }) => (typeof batch === 'number' ? [batch] : []));
    for (const state of ['', '@asOf(revision: 1)']) {
      const { all, empty, none, many } = await server.data(
        `query ${state} {
          all: labsGroupBy { totalCount nodes { count max(of: BATCH) keys { by } } }
          empty: labsGroupBy(by: [], keys: [], filter: { batch: { exists: true } }) { totalCount nodes { count sum(of: BATCH) } }
          none: labsGroupBy(filter: { or: [] }) { totalCount nodes { count } }
          many: labsGroupBy(having: { count: { gt: 1000 } }) { totalCount nodes { count } }
        }`,
      );
      expect(all.nodes, state).toEqual([{ count: seeds.entities.Lab.length, max: Math.max(...batches), keys: [] }]);
      const sum = batches.reduce((total, batch) => total + batch, 0);
      expect(empty, state).toEqual({ totalCount: 1, nodes: [{ count: batches.length, sum }] });
      expect([all.totalCount, none, many], state).toEqual([
        1,
        { totalCount: 1, nodes: [{ count: 0 }] },
        { totalCount: 0, nodes: [] },
      ]);
    }
  });

  it('without keys are one whatever is asked of it, whole and by parts, today and of an earlier state', async () => {
    const { nodes: labs } = (
      await server.data('{ labsGroupBy(by: [BATCH], first: 100) { nodes { count keys { value } } } }')
    ).labsGroupBy;
    expect(labs.length).toBeGreaterThan(1);
    const all = seeds.entities.Lab.length;
    const founded = seeds.entities.Lab.filter(({ batch }) => typeof batch === 'number').length;
    for (const ask of [server, byParts]) {
      for (const state of ['', '@asOf(revision: 1)']) {
        const answer = await ask.data(
          `query ${state} {
            total: labsGroupBy { totalCount }
            empty: labsGroupBy(having: {}, orderBy: [{ count: DESC }], first: 3, keys: []) { totalCount }
            nothing: labsGroupBy(filter: { areas: { none: { labs: { none: { sites: { hasAny: [] } } } } } }) { totalCount }
            keys: labsGroupBy(orderBy: [{ max: { of: BATCH, direction: DESC } }]) { nodes { keys { by } } }
            metrics: labsGroupBy(filter: { batch: { exists: true } }, having: { count: { gt: 1 } }) { totalCount nodes {
              count(filter: { lab: { batch: { exists: true } } }) distinct(key: { lab: { by: BATCH } }) median(of: BATCH) newest(by: FIRST_MILESTONE_DATE) { slug }
            } }
            refused: labsGroupBy(having: { count: { gt: 1000 } }) { totalCount nodes { count } }
            none: labsGroupBy(filter: { or: [] }) { totalCount nodes { count sum(of: BATCH) max(of: BATCH) distinct(key: { lab: { by: AREAS } }) } }
            atLeastOne: labsGroupBy(filter: { or: [] }, having: { count: { gt: 0 } }) { totalCount nodes { count } }
            page: labsGroupBy(first: 1) { edges { cursor node { count } } pageInfo { hasNextPage hasPreviousPage endCursor } }
            beside: labs(first: 0) { totalCount facets(by: [BATCH], first: 100) { without buckets { count } } }
          }`,
        );
        const one = { totalCount: 1 };
        expect(answer, state).toMatchObject({
          total: one,
          empty: one,
          keys: { nodes: [{ keys: [] }] },
          metrics: { totalCount: 1, nodes: [{ count: founded }] },
          refused: { totalCount: 0, nodes: [] },
          none: { totalCount: 1, nodes: [{ count: 0, sum: 0, max: null, distinct: 0 }] },
          atLeastOne: { totalCount: 0, nodes: [] },
          page: { edges: [{ node: { count: all } }], pageInfo: { hasNextPage: false, hasPreviousPage: false } },
          beside: { totalCount: all },
        });
        const next = await ask.data(
          `query ($after: String) ${state} {
            after: labsGroupBy(after: $after) { totalCount nodes { count } pageInfo { hasNextPage hasPreviousPage } }
            position: labsGroupBy(after: $after) { pageInfo { hasPreviousPage } }
          }`,
          { after: answer.page.pageInfo.endCursor },
        );
        expect(next, state).toEqual({
          after: { totalCount: 1, nodes: [], pageInfo: { hasNextPage: false, hasPreviousPage: true } },
          position: { pageInfo: { hasPreviousPage: true } },
        });
      }
    }
  });

  it('of no entity are none, and `first: 0` is an empty page that still counts', async () => {
    const { none, empty } = await server.data(
      `{ none: labsGroupBy(by: [STATUS], filter: { or: [] }) { totalCount nodes { count } pageInfo { hasNextPage endCursor } }
         empty: labsGroupBy(by: [STATUS], first: 0) { totalCount nodes { count } pageInfo { hasNextPage hasPreviousPage } } }`,
    );
    expect(none).toEqual({ totalCount: 0, nodes: [], pageInfo: { hasNextPage: false, endCursor: null } });
    expect(empty).toEqual({ totalCount: 4, nodes: [], pageInfo: { hasNextPage: true, hasPreviousPage: false } });
  });

  it('have a mean only if there is a value, and a sum of 0 otherwise', async () => {
    const { labsGroupBy } = await server.data(
      '{ labsGroupBy(by: [IN_SCOPE], filter: { batch: { exists: false } }) { nodes { avg(of: BATCH) min(of: BATCH) sum(of: BATCH) } } }',
    );
    for (const node of labsGroupBy.nodes) expect(node).toEqual({ avg: null, min: null, sum: 0 });
  });

  it('take each condition of `having` with its stated meaning', async () => {
    const total = async (having: unknown) => {
      const { labsGroupBy } = await server.data(
        'query ($having: EntityGroupFilter) { labsGroupBy(by: [DESIGNATION], having: $having) { totalCount } }',
        { having },
      );
      return labsGroupBy.totalCount;
    };
    const all = Object.keys(designations).length;
    expect(await total(null)).toBe(all);
    expect(await total({})).toBe(all);
    expect(await total({ and: [] })).toBe(all);
    expect(await total({ or: [] })).toBe(0);
    expect(await total({ count: { in: [] } })).toBe(0);
    const [first = 0] = Object.values(designations);
    const asMany = Object.values(designations).filter((count) => count === first);
    expect(await total({ count: { in: [first] } })).toBe(asMany.length);
    // A group without a mean is not equal to any, and not lower than any.
    const withMean = await total({ avg: { of: 'BATCH', is: { exists: true } } });
    expect(withMean).toBeGreaterThan(0);
    expect(await total({ avg: { of: 'BATCH', is: { ne: -1 } } })).toBe(all);
    expect(await total({ not: { avg: { of: 'BATCH', is: { gte: 0 } } } })).toBe(6 - withMean);
  });

  it.each([
    [
      'the order names a key where there is none',
      'orderBy: [{ key: { position: 1, direction: ASC } }]',
      'BAD_USER_INPUT',
      '`orderBy` names a key, but there is none by which groups are made. Add the key, or leave it out.',
    ],
    [
      'there are four keys',
      'by: [STATUS, BATCH, DESIGNATION, IN_SCOPE]',
      'BAD_USER_INPUT',
      'Groups have at most 3 keys; got 4.',
    ],
    [
      'a key is named twice',
      'by: [STATUS, STATUS]',
      'BAD_USER_INPUT',
      'The key STATUS is listed twice, but an entity has only one value of it. List it once.',
    ],
    ['`first` is negative', 'by: [STATUS], first: -1', 'BAD_USER_INPUT', '`first` must not be negative; got -1.'],
    [
      '`first` is too large',
      'by: [STATUS], first: 101',
      'BAD_USER_INPUT',
      '`first` must be at most 100; got 101. Request several pages instead.',
    ],
    [
      'a condition is null',
      'by: [STATUS], having: { count: null }',
      'BAD_USER_INPUT',
      '`count` in a filter is null. Leave it out, or find absent values with `exists: false`.',
    ],
    [
      'an operand is null',
      'by: [STATUS], having: { avg: { of: BATCH, is: { gt: null } } }',
      'BAD_USER_INPUT',
      '`gt` in a filter is null. Leave it out, or find absent values with `exists: false`.',
    ],
    [
      'a measure is null',
      'by: [STATUS], having: { sum: null }',
      'BAD_USER_INPUT',
      '`sum` in a filter is null. Leave it out, or find absent values with `exists: false`.',
    ],
    [
      'a filter is at fault',
      'by: [STATUS], filter: { name: null }',
      'BAD_USER_INPUT',
      '`name` in a filter is null. Leave it out, or find absent values with `exists: false`.',
    ],
    [
      'the order goes by no key',
      'by: [STATUS], orderBy: [{ key: { by: "BATCH", direction: ASC } }]',
      'BAD_USER_INPUT',
      '`orderBy` uses the key "BATCH", by which nothing is grouped. The keys are STATUS.',
    ],
    [
      'the kind lacks a number',
      'by: [STATUS], having: { sum: { of: VALUE, is: { gt: 1 } } }',
      'BAD_USER_INPUT',
      'VALUE is not a number of laboratories. Their numbers are BATCH, YEAR_RECOGNISED.',
    ],
    [
      'the kind lacks a date',
      'by: [STATUS], orderBy: [{ latest: { of: START_DATE, direction: ASC } }]',
      'BAD_USER_INPUT',
      'START_DATE is not a date of laboratories. Their dates are RECOGNISED_DATE, FIRST_MILESTONE_DATE, OPENED_DATE.',
    ],
    [
      'values of another kind are counted',
      'by: [STATUS], having: { distinct: { key: { area: {} }, is: { gt: 1 } } }',
      'BAD_USER_INPUT',
      '`distinct` must be for laboratories here, but `area` is another kind. Use `lab`.',
    ],
    [
      'the order names a key twice',
      'by: [STATUS], orderBy: [{ count: ASC }, { count: DESC }]',
      'BAD_USER_INPUT',
      '`orderBy` contains a duplicate key. List each key once.',
    ],
    [
      'the cursor is broken',
      'by: [STATUS], after: "x"',
      'INVALID_CURSOR',
      'The cursor is malformed. Pass a cursor exactly as the API returned it.',
    ],
    [
      '`having` is too deep',
      `by: [STATUS], having: ${'{ not: '.repeat(11)}{}${' }'.repeat(11)}`,
      'LIMIT_EXCEEDED',
      'Filters are nested more than 10 levels deep. Simplify the filter, or split the query.',
    ],
  ])('are rejected with a clear message if %s', async (_, args, code, message) => {
    const { data, errors } = await server.ask(`{ labsGroupBy(${args}) { nodes { count } } }`);
    expect(errors?.map((error) => [error.extensions?.code, error.message])).toEqual([[code, message]]);
    expect(data).toEqual({ labsGroupBy: null });
    expect(server.ran).toEqual([]);
  });

  it('refuse a cursor of other keys, another order, another `having` or another list', async () => {
    const { labsGroupBy } = await server.data('{ labsGroupBy(by: [STATUS], first: 1) { pageInfo { endCursor } } }');
    const cursor = labsGroupBy.pageInfo.endCursor;
    for (const field of [
      'labsGroupBy(by: [DESIGNATION], after: $cursor)',
      'labsGroupBy(by: [STATUS], orderBy: [{ count: ASC }], after: $cursor)',
      'labsGroupBy(by: [STATUS], having: { count: { gt: 1 } }, after: $cursor)',
      'eventsGroupBy(by: [STATUS], after: $cursor)',
    ]) {
      const { errors } = await server.ask(`query ($cursor: String) { ${field} { nodes { count } } }`, { cursor });
      expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['INVALID_CURSOR']);
    }
    const { errors } = await server.ask('query ($cursor: String) { labs(after: $cursor) { nodes { slug } } }', {
      cursor,
    });
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['INVALID_CURSOR']);
  });
});

describe('keys that combine to too many entries', () => {
  const relations = ['INSTITUTIONS', 'EVENTS'];
  const wants = { rows: true, totalCount: true, hasNextPage: false, hasPreviousPage: false };
  const { plan } = planGroups(
    cooperation,
    'Country',
    { by: relations },
    { metrics: new Map(), defined: new Set(), wants },
  );

  const visits = (statement: RanStatement) => hitsOf(server.driver, [statement]);

  it.each([
    ['what relations lead to', [{ areas: { level: 0 } }, { partnerCountries: { by: 'REGION' } }]],
    ['pairs of what relations lead to', [{ institutions: { by: 'TYPE' } }, { institutions: { by: 'TYPE' } }]],
  ])('are read up to the maximum where they are %s', async (_, keys) => {
    const metrics = new Map([['count', { measure: 'count' } as const]]);
    const asked = { metrics, defined: new Set<string>(), wants };
    const { plan: labs } = planGroups(cooperation, 'Lab', { keys } as GroupArguments, asked);
    const whole = { ...labs, page: { ...labs.page, size: 10_000 } };
    const read = async (maxCombinations: number) =>
      (await readGroups(server.graph, { ...whole, maxCombinations }))?.groups.map((group) =>
        ['key0', 'key1', 'count'].map((column) => group.value(column)),
      );
    const found = (await read(whole.maxCombinations)) ?? [];
    const entries = found.reduce((sum, [, , count]) => sum + Number(count), 0);
    expect(entries).toBeGreaterThan(10);
    expect(await read(entries - 1)).toBeUndefined();
    expect(await read(entries)).toEqual(found);
  });

  it('are counted before any is visited', async () => {
    const entries = seeds.entities.Country.reduce(
      (sum, record) => sum + relations.reduce((product, key) => product * keyValues('Country', record, key).length, 1),
      0,
    );
    expect(await readGroups(server.graph, { ...plan, maxCombinations: entries - 1 })).toBeNull();
    expect(await readGroups(server.graph, { ...plan, maxCombinations: entries })).toHaveProperty('groups.length', 20);
    const [refused, answered] = await Promise.all(server.ran.slice(-2).map(visits));
    expect(refused).toBeLessThan(entries / 10);
    expect(answered).toBeGreaterThan(entries);
  }, 60_000);
});

describe('metrics in conditions and orders', () => {
  it('count distinct values of a key that follows relations, under a filter of its own', async () => {
    const { countriesGroupBy } = await server.data(
      `{ countriesGroupBy(
          by: [REGION]
          having: { distinct: { key: { country: { labs: { filter: { inScope: { eq: true } } } } }, is: { gte: 5 } } }
          orderBy: [{ distinct: { key: { country: { labs: { filter: { inScope: { eq: true } } } } }, direction: DESC } }]
        ) { totalCount nodes { keys { value } labs: distinct(key: { country: { labs: { filter: { inScope: { eq: true } } } } }) } } }`,
    );
    const inScope = new Set(seeds.entities.Lab.filter((lab) => lab.inScope === true).map(({ id }) => id));
    const regionOf = new Map(seeds.entities.Country.map(({ id, region }) => [id, String(region)]));
    const labs = new Map<string, Set<string>>();
    for (const { type, from, to } of seeds.relations) {
      if (type !== 'PARTNERS_WITH' || !inScope.has(from)) continue;
      const region = regionOf.get(to) ?? '';
      labs.set(region, (labs.get(region) ?? new Set()).add(from));
    }
    const expected = [...labs].map(([region, { size }]) => [region, size] as const).filter(([, size]) => size >= 5);
    expect(expected.length).toBeGreaterThan(1);
    const found = countriesGroupBy.nodes.map((node: { keys: { value: string }[]; labs: number }) => [
      node.keys[0]?.value,
      node.labs,
    ]);
    expect(countriesGroupBy.totalCount).toBe(expected.length);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    const numbers = found.map(([, number]: [string, number]) => number);
    expect(numbers).toEqual(numbers.toSorted((one: number, other: number) => other - one));
  });

  it('are of the grouped kind in what is selected, too', async () => {
    const { errors } = await server.ask('{ areasGroupBy(by: [KEY_AREA]) { nodes { avg(of: BATCH) } } }');
    expect(errors?.map(({ message }) => message)).toEqual([
      'BATCH is not a number of research areas. They have no numbers.',
    ]);
    const filtered = await server.ask(
      '{ areasGroupBy(by: [KEY_AREA]) { nodes { count(filter: { lab: { batch: { eq: 1 } } }) } } }',
    );
    expect(filtered.errors?.[0]?.message).toContain('Use `area`');
    const facet = await server.ask('{ labsGroupBy(by: [EDGE_ROLE]) { totalCount } }');
    expect(facet.errors?.[0]?.message).toMatch(/not grouped by EDGE_ROLE\. Their keys are .*STATUS/);
    expect(server.ran).toEqual([]);
  });
});

describe('the types of groups', () => {
  it('are one for all kinds, and name the numbers and dates of any', () => {
    const fieldsOf = (name: string) => Object.keys((schema.getType(name) as GraphQLObjectType).getFields());
    expect(fieldsOf('EntityGroup')).toContain('percentile');
    expect(valuesOf('NumberProperty')).toEqual(expect.arrayContaining(['BATCH', 'VALUE', 'YEAR']));
    expect(valuesOf('DateProperty')).toEqual(expect.arrayContaining(['RECOGNISED_DATE', 'START_DATE']));
  });
});
