import { readdirSync, readFileSync } from 'node:fs';
import { getIntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/graphql/limits.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();

/** The estimate that an operation comes with. */
async function costOf(query: string, variables: Record<string, unknown> = {}) {
  const { cost } = (await server.ask(query, variables, { extensions: { cost: true } })).extensions as {
    cost: { estimated: number; actual?: number; budget: number };
  };
  return cost;
}

const nested = (size: string) =>
  `{ nodes { partnerCountries(first: ${size}) { nodes { institutions(first: ${size}) { nodes { labs(first: ${size}) { nodes { name } } } } } } } }`;

describe('the cost of an operation', () => {
  it('is told where it is asked for, with what was really read', async () => {
    const cost = await costOf('{ labs(first: 10) { nodes { name areas(first: 5) { nodes { name } } } } }');
    expect(cost).toEqual({ estimated: expect.any(Number), actual: expect.any(Number), budget: limits.cost });
    // Ten laboratories, and what they research.
    expect(cost.actual).toBeGreaterThan(10);
    expect(cost.actual).toBeLessThanOrEqual(60);
  });

  it('is told in a header of each answer, and leaves the answer as it is', async () => {
    const { response, body } = await server.request('{ labs(first: 1) { totalCount } }');
    expect(response.headers.get('silkgraph-cost')).toMatch(/^estimated=\d+, budget=1000000$/);
    expect(body).not.toHaveProperty('extensions');
  });

  it.each([
    ['the size of a page', '{ labs(first: 10) { nodes { name } } }', '{ labs(first: 100) { nodes { name } } }', {}],
    ['the last of a page', '{ labs(last: 10) { nodes { name } } }', '{ labs(last: 100) { nodes { name } } }', {}],
    ['a page that is not told its size', '{ labs(first: 1) { nodes { name } } }', '{ labs { nodes { name } } }', {}],
    [
      'a size by variable',
      '{ labs(first: 5) { nodes { name } } }',
      'query ($n: Int) { labs(first: $n) { nodes { name } } }',
      { n: 90 },
    ],
    [
      'a size by default',
      '{ labs(first: 5) { nodes { name } } }',
      'query ($n: Int = 90) { labs(first: $n) { nodes { name } } }',
      {},
    ],
    [
      'an order that no index has',
      '{ labs(first: 1, orderBy: [{ yearRecognised: DESC }]) { nodes { name } } }',
      '{ labs(first: 1, orderBy: [{ description: DESC }]) { nodes { name } } }',
      {},
    ],
    ['fields', '{ labs { nodes { name } } }', '{ labs { nodes { name nameZh status designation } } }', {}],
    ['relations', '{ labs { nodes { name } } }', '{ labs { nodes { name areas { nodes { name } } } } }', {}],
    [
      'facets',
      '{ labs { nodes { name } } }',
      '{ labs { nodes { name } facets(by: [AREAS]) { buckets { value } } } }',
      {},
    ],
    [
      'a count that has to be counted',
      '{ labs(filter: { name: { ne: "x" } }) { nodes { name } } }',
      '{ labs(filter: { name: { ne: "x" } }) { nodes { name } totalCount } }',
      {},
    ],
    [
      'an order by a count',
      '{ labs { nodes { name } } }',
      '{ labs(orderBy: [{ areas: { count: DESC, filter: { name: { contains: "a" } } } }]) { nodes { name } } }',
      {},
    ],
    [
      'a filter over relations',
      '{ labs { totalCount nodes { name } } }',
      '{ labs(filter: { areas: { some: { name: { contains: "a" } } } }) { totalCount nodes { name } } }',
      {},
    ],
    [
      'hops',
      '{ paths(from: "ke", to: "cn", maxHops: 1) { paths { length } } }',
      '{ paths(from: "ke", to: "cn", maxHops: 5) { paths { length } } }',
      {},
    ],
    [
      'depth',
      '{ neighborhood(of: ["ke"], limit: 20) { nodes { id } } }',
      '{ neighborhood(of: ["ke"], depth: 3, limit: 200) { nodes { id } } }',
      {},
    ],
    [
      'keys of groups',
      '{ labsGroupBy(by: [STATUS]) { nodes { count } } }',
      '{ labsGroupBy(by: [STATUS, AREAS, INSTITUTIONS]) { nodes { count } } }',
      {},
    ],
    [
      'what is asked of one kind alone',
      '{ sources { nodes { citedBy { nodes { name } } } } }',
      '{ sources { nodes { citedBy { nodes { name ... on Lab { areas { nodes { name } } } } } } } }',
      {},
    ],
    [
      'what is computed of groups',
      '{ labsGroupBy(by: [STATUS]) { nodes { count } } }',
      '{ labsGroupBy(by: [STATUS]) { nodes { count(filter: { lab: { areas: { some: { name: { contains: "a" } } } } }) } } }',
      {},
    ],
    [
      'keys of which groups count the values',
      '{ labsGroupBy(by: [STATUS]) { nodes { count } } }',
      '{ labsGroupBy(by: [STATUS], orderBy: [{ distinct: { key: { lab: { institutions: { country: { groups: {} } } } }, direction: ASC } }]) { nodes { count } } }',
      {},
    ],
    [
      'conditions of a pattern',
      '{ match(pattern: { entities: [{ as: "lab", kind: LAB }] }) { totalCount } }',
      '{ match(pattern: { entities: [{ as: "lab", filter: { lab: { areas: { some: { programs: { some: { name: { ne: "x" } } } } } } } }] }) { totalCount } }',
      {},
    ],
    [
      'conditions of paths',
      '{ pathsBetween(from: ["ke"], to: ["rs"]) { totalCount } }',
      '{ pathsBetween(from: ["ke"], to: ["rs"], entities: [{ lab: { areas: { some: { name: { contains: "a" } } } } }]) { totalCount } }',
      {},
    ],
    [
      'conditions of a structure',
      '{ structure(projection: { kinds: [LAB] }, measure: DEGREE) { totalCount } }',
      '{ structure(projection: { kinds: [LAB], filter: [{ lab: { areas: { some: { name: { contains: "a" } } } } }] }, measure: DEGREE) { totalCount } }',
      {},
    ],
    [
      'a page of changes',
      '{ changes(first: 10) { nodes { sequence } } }',
      '{ changes(first: 100) { nodes { sequence } } }',
      {},
    ],
    ['citations', '{ labs { nodes { name } } }', 'query @cite(styles: [APA]) { labs { nodes { name } } }', {}],
  ])('grows with %s', async (_, less, more, variables) => {
    expect((await costOf(more, variables)).estimated).toBeGreaterThan((await costOf(less, variables)).estimated);
  });

  it('is the same through fragments, aliases and both ways into a connection', async () => {
    const plain = await costOf('{ labs(first: 50) { nodes { name areas(first: 9) { nodes { slug } } } } }');
    const reported = await costOf(
      'query ($n: Int!) { a: labs(first: $n) { ...L } } fragment L on LabConnection { nodes { ... on Lab { b: name c: areas(first: 9) { nodes { slug } } } } }',
      { n: 50 },
    );
    expect(reported.estimated).toBe(plain.estimated);
    const skipped = await costOf(
      '{ labs(first: 50) { nodes { name areas(first: 9) { nodes { slug } } } } countries @skip(if: true) { nodes { name } } }',
    );
    expect(skipped.estimated).toBe(plain.estimated);
  });

  it('is that of each list of groups of a match', async () => {
    const pattern =
      '{ entities: [{ as: "lab", kind: LAB }, { as: "country" }], relations: [{ from: "lab", to: "country", relation: PARTNERS_WITH }] }';
    const groups = (alias: string) => `${alias}: groups(by: [{ as: "country", property: "name" }]) { totalCount }`;
    const [one, both] = [`${groups('a')}`, `${groups('a')} ${groups('b')}`].map((selection) =>
      costOf(`{ match(pattern: ${pattern}) { ${selection} } }`),
    );
    expect((await both)?.estimated).toBeGreaterThan(1.8 * Number((await one)?.estimated));
  });

  it.each([
    ['a number of related entities', '{ areas: { count: { lt: 1000 } } }'],
    ['what is named by none', '{ not: { slug: { in: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"] } } }'],
    ['every related entity', '{ sources: { every: { slug: { gte: "" } } } }'],
    ['one thing many times', `{ and: [${'{ slug: { gte: "" } } '.repeat(20)}] }`],
    ['none of many things', `{ not: { or: [${'{ slug: { lt: "" } } '.repeat(20)}] } }`],
  ])('is not evaded by a condition on %s that all entities meet', async (_, filter) => {
    const nestedIn = (args: string) => `{ labs(first: 100${args}) ${nested('50')} }`;
    const [all, filtered] = [await costOf(nestedIn('')), await costOf(nestedIn(`, filter: ${filter}`))];
    expect(filtered.estimated).toBeGreaterThan(all.estimated / 20);
  });

  it('does not depend on which entity is named', async () => {
    const query = 'query ($slug: String!) { lab(slug: $slug) { name } }';
    expect((await costOf(query, { slug: 'a' })).estimated).toBe((await costOf(query, { slug: 'b' })).estimated);
  });
});

describe('an operation that costs too much', () => {
  const small = silkgraph({ costLimit: 2_000 });

  it('is refused before anything runs, with its cost and what to make smaller', async () => {
    const { response, body } = await small.request(
      `query ($n: Int = 100) { labs(first: $n) ${nested('$n')} countries(first: 1) { totalCount } }`,
    );
    expect(response.status).toBe(400);
    expect(body.data).toBeUndefined();
    expect(body.errors).toEqual([
      {
        message: expect.stringMatching(
          /^The estimated cost is \d+; the maximum is 2000\. The most expensive part, \d+, is `labs\.nodes\.partnerCountries\.nodes\.institutions\.nodes\.labs\S*`: request smaller pages/,
        ),
        extensions: { code: 'LIMIT_EXCEEDED' },
      },
    ]);
    expect(body.extensions.cost).toEqual({ estimated: expect.any(Number), budget: 2_000 });
    expect(small.ran).toEqual([]);
  });

  it('is answered once it asks for less', async () => {
    expect((await small.ask(`query ($n: Int = 2) { labs(first: $n) ${nested('$n')} }`)).errors).toBeUndefined();
  });

  it('is not let through by an argument at fault that was there before', async () => {
    const query = `query ($within: ID) { labs(filter: { areas: { some: { within: $within } } }, first: 100) ${nested('100')} }`;
    expect((await small.ask(query, { within: 'not an id nor a slug!' })).errors?.[0]?.extensions?.code).toBe(
      'BAD_USER_INPUT',
    );
    expect((await small.ask(query, { within: 'agriculture' })).errors?.[0]?.extensions?.code).toBe('LIMIT_EXCEEDED');
  });

  it('is not let through by a size below nothing beside it', async () => {
    const heavy = `labs(first: 100) ${nested('100')}`;
    const alone = await costOf(`{ ${heavy} }`);
    const beside = await costOf(`{ suggest(prefix: "a", limit: -2147483648) { name } ${heavy} }`);
    expect(beside.estimated).toBeGreaterThanOrEqual(alone.estimated);
    for (const field of [
      'neighborhood(of: ["ke"], limit: -2147483648) { nodes { name } }',
      'paths(from: "ke", to: "cn", maxHops: -2147483648) { paths { length because { weight } } }',
      'similar(to: "ke", limit: -2147483648) { score }',
      'search(query: "a", first: -2147483648) { nodes { name } }',
      'labsGroupBy(by: [STATUS], first: -2147483648) { nodes { count } }',
    ]) {
      expect((await costOf(`{ ${field} ${heavy} }`)).estimated, field).toBeGreaterThanOrEqual(alone.estimated);
    }
  });

  it('is not taken for the one with a null where a variable is left out', async () => {
    const query = 'query ($n: Int = 90) { labs(first: $n) { nodes { name areas(first: $n) { nodes { name } } } } }';
    const ofNull = await costOf(query, { n: null });
    expect((await costOf(query)).estimated).toBeGreaterThan(ofNull.estimated);
  });

  it('leaves an argument at fault to its field', async () => {
    const { data, errors } = await small.ask(`{ a: labs(first: -1) ${nested('100')} b: country(code: "KE") { name } }`);
    expect(data).toEqual({ a: null, b: { name: 'Kenya' } });
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it('is the schema, asked for many times over', async () => {
    const all = Array.from(
      { length: 40 },
      (_, at) =>
        `a${at}: __schema { types { name description fields { name description args { name description type { name } } type { name } } } }`,
    );
    const { errors } = await server.ask(`{ ${all.join(' ')} }`);
    expect(errors?.[0]?.extensions?.code).toBe('LIMIT_EXCEEDED');
  });

  it('is never the schema asked for once, which has a limit of its own', async () => {
    const introspection = getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true, specifiedByUrl: true });
    const { response, body } = await small.request(introspection);
    expect(body.errors).toBeUndefined();
    const [, estimated, budget] =
      /^estimated=(\d+), budget=(\d+)$/.exec(response.headers.get('silkgraph-cost') ?? '') ?? [];
    expect(Number(estimated)).toBeGreaterThan(2_000);
    expect(Number(estimated)).toBeLessThanOrEqual(Number(budget) / 2);
    // The schema may grow to twice its size before its text is too large for a response.
    expect(JSON.stringify(body).length).toBeLessThan(limits.answer / 2);
    const beside = await small.ask(introspection.replace('{', '{ labs { totalCount }'));
    expect(beside.errors?.[0]?.extensions?.code).toBe('LIMIT_EXCEEDED');
  });
});

describe('what is allowed', () => {
  const folder = new URL('../../../examples/', import.meta.url);
  const examples = readdirSync(folder).filter((name) => name.endsWith('.graphql'));

  it.each(examples)('has room for ten times %s', async (name) => {
    const { estimated } = await costOf(readFileSync(new URL(name, folder), 'utf8'));
    expect(estimated).toBeLessThan(limits.cost / 10);
  });
});
