import { beforeAll, describe, expect, it } from 'vitest';
import { byCodePoint, seeds } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();

const { relations, entities } = seeds;
const ofType = (type: string) => relations.filter((relation) => relation.type === type);

/** The targets of a relation by its starts. */
function targets(type: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { from, to } of ofType(type)) found.set(from, [...(found.get(from) ?? []), to]);
  return found;
}

const pairOf = (one: string, other: string) => [one, other].sort(byCodePoint).join(' ');

const counted = (keys: readonly string[]) => {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};

interface Row {
  readonly ways: number;
  readonly entities: readonly { readonly entity: { readonly slug: string } }[];
}

async function allRows(pattern: string, rest: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let after: string | null = null; ; ) {
    const cursor: string = after === null ? '' : `, after: "${after}"`;
    const { match } = await server.data(
      `{ match(pattern: ${pattern}, ${rest}, first: 40${cursor}) { totalCount nodes { ways entities { entity { slug } } } pageInfo { hasNextPage endCursor } } }`,
    );
    rows.push(...match.nodes);
    if (!match.pageInfo.hasNextPage) {
      expect(rows).toHaveLength(match.totalCount);
      return rows;
    }
    after = match.pageInfo.endCursor;
  }
}

// The database plans the first statements of a file for longer than a request may take on a busy machine.
beforeAll(async () => {
  const sharing = `{ match(pattern: { entities: [{ as: "lab", filter: { lab: { inScope: { eq: true } } } }, { as: "a", kind: AREA }, { as: "b", kind: AREA }]
    relations: [{ from: "lab", to: "a", relation: RESEARCHES }, { from: "lab", to: "b", relation: RESEARCHES }], unordered: [["a", "b"]] }
    show: ["a", "b"], orderBy: [{ by: WAYS, direction: DESC }], first: 40) { totalCount nodes { ways } } }`;
  for (let tries = 0; tries < 5; tries += 1) if (!(await server.ask(sharing)).errors) break;
});

const keyOf = ({ entities: found }: Row) => found.map(({ entity }) => entity.slug).join(' ');

describe('match counts', () => {
  it('the pairs of areas that meet in one laboratory, most frequent first', async () => {
    const rows = await allRows(
      `{ entities: [{ as: "lab", filter: { lab: { inScope: { eq: true } } } }, { as: "a", kind: AREA }, { as: "b", kind: AREA }]
         relations: [{ from: "lab", to: "a", relation: RESEARCHES }, { from: "lab", to: "b", relation: RESEARCHES }]
         unordered: [["a", "b"]] }`,
      'show: ["a", "b"], orderBy: [{ by: WAYS, direction: DESC }]',
    );
    const inScope = new Set(entities.Lab.filter(({ inScope }) => inScope).map(({ id }) => id));
    const pairs = [...targets('RESEARCHES')].flatMap(([lab, areas]) =>
      inScope.has(lab) ? areas.flatMap((area, at) => areas.slice(at + 1).map((other) => pairOf(area, other))) : [],
    );
    expect(new Map(rows.map((row) => [keyOf(row), row.ways]))).toEqual(counted(pairs));
    const ways = rows.map((row) => row.ways);
    expect(ways).toEqual(ways.toSorted((left, right) => right - left));
  });

  it('the pairs of countries that share Chinese hosts, those within one laboratory included', async () => {
    const pattern = `{ entities: [{ as: "a" }, { as: "lab" }, { as: "host" }, { as: "other" }, { as: "b" }]
      relations: [
        { from: "lab", to: "a", relation: PARTNERS_WITH }
        { from: "lab", to: "host", relation: HOSTED_BY, edge: { side: { eq: CHINESE } } }
        { from: "other", to: "host", relation: HOSTED_BY, edge: { side: { eq: CHINESE } } }
        { from: "other", to: "b", relation: PARTNERS_WITH }
      ]
      unordered: [["a", "b"]], distinctFor: ["a", "b"] }`;
    const partners = targets('PARTNERS_WITH');
    const countriesOf = new Map<string, Set<string>>();
    for (const { from, to, properties } of ofType('HOSTED_BY')) {
      if (properties?.side !== 'CHINESE') continue;
      const known = countriesOf.get(to) ?? new Set<string>();
      for (const country of partners.get(from) ?? []) known.add(country);
      countriesOf.set(to, known);
    }
    const shared = [...countriesOf].flatMap(([host, countries]) => {
      const all = [...countries];
      return all.flatMap((one, at) => all.slice(at + 1).map((other) => ({ host, pair: pairOf(one, other) })));
    });
    const rows = await allRows(pattern, 'show: ["a", "b", "host"]');
    const found = rows.map(({ entities: [a, host, b] }) => `${a?.entity.slug} ${b?.entity.slug} ${host?.entity.slug}`);
    expect(found.toSorted()).toEqual(shared.map(({ host, pair }) => `${pair} ${host}`).toSorted());
  });

  it('only what was found in several ways', async () => {
    const { match } = await server.data(
      `{ match(pattern: { entities: [{ as: "country" }, { as: "lab" }], relations: [{ from: "lab", to: "country", relation: PARTNERS_WITH }] },
        show: ["country"], having: { ways: { gte: 5 } }, first: 100) { totalCount nodes { ways entity(as: "country") { slug } } } }`,
    );
    const counts = [...counted(ofType('PARTNERS_WITH').map(({ to }) => to))].filter(([, count]) => count >= 5);
    expect(match.totalCount).toBe(counts.length);
    expect(
      new Map(match.nodes.map((node: { ways: number; entity: { slug: string } }) => [node.entity.slug, node.ways])),
    ).toEqual(new Map(counts));
  });

  it('any of several shapes, and none of others', async () => {
    const countries = async (shapes: string) =>
      (
        await server.data(
          `{ match(pattern: { entities: [{ as: "c", kind: COUNTRY }, { as: "p" }, { as: "e" }], ${shapes} }) { totalCount } }`,
        )
      ).match.totalCount;
    const park = '{ relations: [{ from: "p", to: "c", relation: LOCATED_IN }] }';
    const event = '{ relations: [{ from: "e", to: "c", relation: HELD_IN }] }';
    const [parks, events] = ['LOCATED_IN', 'HELD_IN'].map((type) => new Set(ofType(type).map(({ to }) => to)));
    const all = entities.Country.map(({ id }) => id);
    expect(await countries(`anyOf: [${park}, ${event}]`)).toBe(
      all.filter((id) => parks?.has(id) || events?.has(id)).length,
    );
    expect(await countries(`noneOf: [${park}, ${event}]`)).toBe(
      all.filter((id) => !parks?.has(id) && !events?.has(id)).length,
    );
  });

  it('laboratories that were there before their country joined', async () => {
    const rows = await allRows(
      `{ entities: [{ as: "lab" }, { as: "country" }], relations: [{ from: "lab", to: "country", relation: PARTNERS_WITH }]
         where: [{ left: { as: "lab", property: "firstMilestoneDate" }, is: LT, right: { as: "country", property: "briMouDate" } }] }`,
      'show: ["lab", "country"]',
    );
    const dateOf = (records: typeof entities.Lab, id: string, property: string) =>
      records.find((record) => record.id === id)?.[property];
    const expected = ofType('PARTNERS_WITH').filter(({ from, to }) => {
      const [first, joined] = [
        dateOf(entities.Lab, from, 'firstMilestoneDate'),
        dateOf(entities.Country, to, 'briMouDate'),
      ];
      return typeof first === 'string' && typeof joined === 'string' && byCodePoint(first, joined) < 0;
    });
    expect(rows.map(keyOf).toSorted()).toEqual(expected.map(({ from, to }) => `${from} ${to}`).toSorted());
  });

  it('an entity itself after no hops', async () => {
    const { match } = await server.data(
      `{ match(pattern: { entities: [{ as: "narrow" }, { as: "wide", id: "energy" }], relations: [{ from: "narrow", to: "wide", relation: BROADER, minHops: 0, maxHops: 4 }] }, first: 100) { nodes { entity(as: "narrow") { slug } } } }`,
    );
    const within = new Set(['energy']);
    for (const area of within) for (const { from, to } of ofType('BROADER')) if (to === area) within.add(from);
    expect(match.nodes.map(({ entity }: { entity: { slug: string } }) => entity.slug).toSorted()).toEqual(
      [...within].toSorted(),
    );
  });

  it.each([
    [
      'where: [{ left: { as: "a", property: "firstMilestoneDate" }, is: LT, right: { as: "b", count: "labs" } }]',
      'type date',
    ],
    ['where: [{ left: { as: "a", property: "status" }, is: LT, right: { as: "a", property: "status" } }]', 'no order'],
    ['where: [{ left: { as: "a", property: "nothing" }, is: EQ, right: { as: "a", property: "name" } }]', '"nothing"'],
    ['where: [{ left: { as: "a" }, is: EQ, right: { as: "a", property: "name" } }]', 'exactly one'],
    ['unordered: [["a", "b"]]', 'one kind'],
    ['distinctFor: ["x"]', '"x"'],
    ['anyOf: [{ relations: [] }]', 'no relations'],
  ])('nothing of %s', async (more, told) => {
    const { errors } = await server.ask(
      `{ match(pattern: { entities: [{ as: "a", kind: LAB }, { as: "b", kind: COUNTRY }], relations: [{ from: "a", to: "b", relation: PARTNERS_WITH }], ${more} }) { totalCount } }`,
    );
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toContain(told);
  });
});

const skipped = new Set(['CITES', 'STATED_AT']);

/** Number of simple paths, by trying all of them. */
function countPaths(
  from: string,
  to: string,
  maxHops: number,
  holds: (relation: (typeof relations)[number]) => boolean,
): number {
  const steps = new Map<string, { far: string }[]>();
  for (const relation of relations) {
    if (skipped.has(relation.type) || !holds(relation)) continue;
    for (const [near, far] of [[relation.from, relation.to] as const, [relation.to, relation.from] as const])
      steps.set(near, [...(steps.get(near) ?? []), { far }]);
  }
  const go = (at: string, visited: readonly string[]): number =>
    (steps.get(at) ?? []).reduce((sum, { far }) => {
      if (far === to) return sum + 1;
      return visited.length >= maxHops || visited.includes(far) ? sum : sum + go(far, [...visited, far]);
    }, 0);
  return go(from, [from]);
}

const PATHS = `query ($from: [ID!]!, $to: [ID!]!, $maxHops: Int, $sources: SourceFilter, $first: Int, $after: String) {
  pathsBetween(from: $from, to: $to, maxHops: $maxHops, sources: $sources, first: $first, after: $after) {
    totalCount truncated { reason } pairs { from to count } pageInfo { hasNextPage endCursor }
    nodes { length cost entities { slug } hops { relation direction } }
  }
}`;

interface PathsPage {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly { readonly length: number; readonly entities: unknown; readonly hops: unknown }[];
}

describe('paths between two sets', () => {
  it('count the ways from each member of ASEAN to its centre of technology transfer', async () => {
    const to = 'china-asean-technology-transfer-center';
    const from = ofType('MEMBER_OF')
      .flatMap((one) => (one.to === 'asean' ? [one.from] : []))
      .slice(0, 20);
    const { pathsBetween } = await server.data(PATHS, { from, to: [to], maxHops: 3, first: 0 });
    expect(pathsBetween.truncated).toBeNull();
    expect(pathsBetween.pairs).toEqual(
      from.map((one) => ({ from: one, to, count: countPaths(one, to, 3, () => true) })),
    );
  });

  it('rest on well-sourced relations only, if sources are asked for', async () => {
    const ends = { from: ['egerton-university'], to: ['chinese-academy-of-sciences'], maxHops: 4 };
    const reliability = new Map(entities.Source.map(({ id, reliability: how }) => [id, how]));
    const cited = targets('CITES');
    const isHigh = ({ from, sources }: (typeof relations)[number]) =>
      (sources && sources.length > 0 ? sources : (cited.get(from) ?? [])).some((id) => reliability.get(id) === 'HIGH');
    const { pathsBetween } = await server.data(PATHS, { ...ends, sources: { reliability: { eq: 'HIGH' } }, first: 0 });
    const all = countPaths('egerton-university', 'chinese-academy-of-sciences', 4, () => true);
    expect(pathsBetween.totalCount).toBe(countPaths('egerton-university', 'chinese-academy-of-sciences', 4, isHigh));
    expect(pathsBetween.totalCount).toBeLessThan(all);
  });

  it('come in pages, cheapest first, each once', async () => {
    const variables = { from: ['pk'], to: ['at'], maxHops: 4, first: 25 };
    const keys: string[] = [];
    const lengths: number[] = [];
    for (let after: string | null = null; ; ) {
      const { pathsBetween }: { readonly pathsBetween: PathsPage } = await server.data(PATHS, { ...variables, after });
      for (const { entities: on, hops, length } of pathsBetween.nodes) {
        keys.push(JSON.stringify([on, hops]));
        lengths.push(length);
      }
      if (!pathsBetween.pageInfo.hasNextPage) {
        expect(keys).toHaveLength(pathsBetween.totalCount);
        break;
      }
      after = pathsBetween.pageInfo.endCursor;
    }
    expect(keys.length).toBeGreaterThan(25);
    expect(new Set(keys).size).toBe(keys.length);
    expect(lengths).toEqual(lengths.toSorted((left, right) => left - right));
    expect(keys.length).toBe(countPaths('pk', 'at', 4, () => true));
  });

  it.each([
    ['from: ["ke"], to: ["cn"], weights: [{ relation: HOSTED_BY, weight: -1 }]', 'BAD_USER_INPUT', 'from 0'],
    [
      'from: ["ke"], to: ["cn"], relations: [HOSTED_BY], weights: [{ relation: BASED_IN, weight: 1 }]',
      'BAD_USER_INPUT',
      'do not follow',
    ],
    [
      'from: ["ke"], to: ["cn"], relations: [HOSTED_BY], edges: [{ relation: MEMBER_OF, edge: { since: { lt: "2020" } } }]',
      'BAD_USER_INPUT',
      'do not follow',
    ],
    ['from: [], to: ["cn"]', 'BAD_USER_INPUT', 'from 1 to'],
    ['from: ["nobody"], to: ["cn"]', 'BAD_USER_INPUT', 'no entity'],
    ['from: ["ke"], to: ["cn"], maxHops: 9', 'BAD_USER_INPUT', 'maxHops'],
    ['from: ["ke"], to: ["cn"], after: "x"', 'INVALID_CURSOR', ''],
  ])('are not looked for with %s', async (given, code, told) => {
    const { errors } = await server.ask(`{ pathsBetween(${given}) { totalCount } }`);
    expect(errors?.[0]?.extensions?.code).toBe(code);
    expect(errors?.[0]?.message).toContain(told);
  });
});

/** Betweenness of an undirected graph by counting the shortest paths of all pairs (Brandes 2001). */
function betweenness(links: readonly (readonly [string, string])[]): ReadonlyMap<string, number> {
  const near = new Map<string, Set<string>>();
  for (const [one, other] of links) {
    for (const [from, to] of [[one, other] as const, [other, one] as const])
      near.set(from, (near.get(from) ?? new Set()).add(to));
  }
  const values = new Map([...near.keys()].map((key) => [key, 0]));
  for (const source of near.keys()) {
    const distance = new Map([[source, 0]]);
    const paths = new Map([[source, 1]]);
    const order: string[] = [];
    for (const at of distance.keys()) {
      order.push(at);
      for (const next of near.get(at) ?? []) {
        if (!distance.has(next)) distance.set(next, Number(distance.get(at)) + 1);
        if (distance.get(next) === Number(distance.get(at)) + 1)
          paths.set(next, (paths.get(next) ?? 0) + Number(paths.get(at)));
      }
    }
    const shares = new Map<string, number>();
    for (const at of order.toReversed()) {
      for (const before of near.get(at) ?? []) {
        if (distance.get(before) !== Number(distance.get(at)) - 1) continue;
        const share = (Number(paths.get(before)) / Number(paths.get(at))) * (1 + (shares.get(at) ?? 0));
        shares.set(before, (shares.get(before) ?? 0) + share);
      }
      if (at !== source) values.set(at, Number(values.get(at)) + (shares.get(at) ?? 0) / 2);
    }
  }
  return values;
}

// While sources run as they are, a thread takes seconds to start on a busy machine, longer than a request may take.
describe('the structure of the graph', { retry: 3 }, () => {
  const brokers = (rest: string) =>
    server.data(
      `{ structure(projection: { kinds: [LAB, COUNTRY, INSTITUTION], relations: [PARTNERS_WITH, HOSTED_BY] }, measure: BETWEENNESS, ${rest}) {
        entityCount linkCount totalCount pageInfo { endCursor hasNextPage } nodes { slug value rank because { entity { slug } weight } } } }`,
    );

  it('names the institutions that broker between laboratories', async () => {
    const { structure } = await brokers('kinds: [INSTITUTION], first: 5');
    const links = [...ofType('PARTNERS_WITH'), ...ofType('HOSTED_BY')].map(({ from, to }) => [from, to] as const);
    const size = entities.Lab.length + entities.Country.length + entities.Institution.length;
    const scale = 2 / ((size - 1) * (size - 2));
    const values = betweenness(links);
    const institutions = new Set(entities.Institution.map(({ id }) => id));
    const best = [...values]
      .filter(([slug]) => institutions.has(slug))
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, 5);
    expect(structure.entityCount).toBe(size);
    expect(structure.linkCount).toBe(new Set(links.map(([one, other]) => pairOf(one, other))).size);
    expect(structure.nodes.map(({ value }: { value: number }) => value)).toEqual(
      best.map(([, value]) => expect.closeTo(value * scale, 9)),
    );
    expect(structure.nodes[0].slug).toBe(best[0]?.[0]);
    expect(structure.nodes[0].because.length).toBeGreaterThan(0);
  });

  it('comes in pages, and of those asked for', async () => {
    const first = (await brokers('first: 3')).structure;
    const second = (await brokers(`first: 3, after: "${first.pageInfo.endCursor}"`)).structure;
    const both = (await brokers('first: 6')).structure;
    expect([...first.nodes, ...second.nodes]).toEqual(both.nodes);
    const asked = (await brokers('of: ["chinese-academy-of-sciences"]')).structure;
    expect(asked).toMatchObject({ totalCount: 1, nodes: [{ slug: 'chinese-academy-of-sciences' }] });
  });

  it('finds communities of countries by what they share', async () => {
    const { structure } = await server.data(
      `{ structure(projection: { kinds: [COUNTRY], shared: [{ through: [PARTNERS_WITH] }, { through: [PARTNERS_WITH, HOSTED_BY] }] }, measure: COMMUNITY, first: 0) {
        entityCount linkCount modularity communities { number size members { slug } } } }`,
    );
    const partners = targets('PARTNERS_WITH');
    const members = new Map<string, Set<string>>();
    const add = (shared: string, countries: readonly string[]) => {
      for (const country of countries) members.set(shared, (members.get(shared) ?? new Set()).add(country));
    };
    for (const [lab, countries] of partners) add(lab, countries);
    for (const { from, to } of ofType('HOSTED_BY')) add(to, partners.get(from) ?? []);
    const pairs = new Set(
      [...members.values()].flatMap((set) =>
        [...set].flatMap((one, at) => [...set].slice(at + 1).map((other) => pairOf(one, other))),
      ),
    );
    expect(structure.entityCount).toBe(entities.Country.length);
    expect(structure.linkCount).toBe(pairs.size);
    expect(structure.modularity).toBeGreaterThan(0.3);
    const [largest] = structure.communities;
    expect(largest.size).toBeGreaterThan(2);
    for (const { slug } of largest.members)
      expect([...pairs].some((pair) => pair.split(' ').includes(slug))).toBe(true);
  });

  it.each([
    ['{ kinds: [] }', 'BAD_USER_INPUT', 'must not be empty'],
    ['{ kinds: [LAB], relations: [HOSTED_BY], shared: [{ through: [HOSTED_BY] }] }', 'BAD_USER_INPUT', 'Leave one out'],
    ['{ kinds: [LAB], filter: [{ country: { code: { eq: "KE" } } }] }', 'BAD_USER_INPUT', 'among its `kinds`'],
    ['{ kinds: [COUNTRY], shared: [{ through: [HOSTED_BY] }] }', 'BAD_USER_INPUT', 'touches none'],
    ['{ kinds: [COUNTRY], shared: [{ through: [] }] }', 'LIMIT_EXCEEDED', 'from 1 to'],
  ])('is not computed of %s', async (projection, code, told) => {
    const { errors } = await server.ask(`{ structure(projection: ${projection}, measure: DEGREE) { linkCount } }`);
    expect(errors?.[0]?.extensions?.code).toBe(code);
    expect(errors?.[0]?.message).toContain(told);
  });
});
