import { beforeAll, describe, expect, it } from 'vitest';
import { byCodePoint, type SeedRecord, seeds } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();

const { relations, entities } = seeds;
const ofType = (type: string) => relations.filter((relation) => relation.type === type);

const byId = (records: readonly SeedRecord[]) => new Map(records.map((record) => [record.id, record]));
const indicators = byId(entities.Indicator);
const labs = byId(entities.Lab);

const dayOf = (date: string) => Date.parse(`${date}${'-01'.repeat((10 - date.length) / 3)}T00:00:00Z`) / 86_400_000;

const median = (values: readonly number[]) => {
  const sorted = values.toSorted((left, right) => left - right);
  const [low = 0, high = 0] = [Math.floor, Math.ceil].map((to) => sorted[to((sorted.length - 1) / 2)]);
  return (low + high) / 2;
};

interface Row {
  readonly entity: { readonly slug: string };
  readonly [value: string]: unknown;
}

describe('values of a match', () => {
  const membersOn = `{
    match(
      pattern: {
        entities: [
          { as: "count", filter: { indicator: { series: { eq: "bri-signatory-countries" } } } }
          { as: "program", id: "belt-and-road-initiative" }
          { as: "member" }
        ]
        relations: [{ from: "count", to: "program", relation: MEASURES }]
        values: [
          { as: "date", is: { as: "count", property: "date" } }
          { as: "official", is: { as: "count", property: "value" } }
          { as: "members", function: COUNT, over: {
            relations: [{ as: "membership", from: "member", to: "program", relation: PARTICIPATES_IN, edge: { status: { in: [PARTICIPANT, WITHDRAWN] } } }]
            where: [
              { left: { as: "membership", property: "since" }, is: LTE, right: { as: "count", property: "date" } }
              { left: { as: "membership", property: "until" }, is: GT, right: { as: "count", property: "date" }, orMissing: true }
            ]
          } }
          { as: "gap", is: { difference: { of: { value: "official" }, from: { value: "members" } } } }
        ]
      }
      show: ["count", "program"], orderBy: [{ value: "date" }], first: 100
    ) { totalCount nodes { entity(as: "count") { slug } date: value(of: "date") official: value(of: "official") members: value(of: "members") gap: value(of: "gap") } }
  }`;

  // The database plans the first statements of a file for longer than a request may take on a busy machine.
  beforeAll(async () => {
    for (let tries = 0; tries < 5; tries += 1) if (!(await server.ask(membersOn)).errors) break;
  });

  it('count as of the date of another entity: the members on the day of each official count', async () => {
    const { match } = await server.data(membersOn);
    const memberships = ofType('PARTICIPATES_IN').filter(
      ({ to, properties }) =>
        to === 'belt-and-road-initiative' && ['PARTICIPANT', 'WITHDRAWN'].includes(String(properties?.status)),
    );
    const counts = ofType('MEASURES')
      .filter(({ to }) => to === 'belt-and-road-initiative')
      .map(({ from }) => indicators.get(from) as SeedRecord)
      .filter(({ series }) => series === 'bri-signatory-countries')
      .toSorted((left, right) => byCodePoint(String(left.date), String(right.date)));
    expect(counts.length).toBeGreaterThan(8);
    const expected = counts.map(({ id, date, value }) => {
      const members = memberships.filter(({ properties }) => {
        const { since, until } = properties ?? {};
        return typeof since === 'string' && since <= String(date) && !(until && String(until) <= String(date));
      }).length;
      return { entity: { slug: id }, date, official: value, members, gap: Number(value) - members };
    });
    expect(match).toEqual({ totalCount: expected.length, nodes: expected });
    const [first] = expected;
    expect(first).toMatchObject({ date: '2019-03-27', official: 125, members: 123 });
  });

  const lags = (rest: string) => `{
    match(
      pattern: {
        entities: [{ as: "country", kind: COUNTRY }, { as: "lab" }]
        values: [
          { as: "first", function: MIN, is: { as: "lab", property: "firstMilestoneDate" }, over: { relations: [{ from: "lab", to: "country", relation: PARTNERS_WITH }] } }
          { as: "lag", is: { difference: { of: { value: "first" }, from: { as: "country", property: "briMouDate" }, unit: YEARS } } }
          { as: "days", is: { difference: { of: { value: "first" }, from: { as: "country", property: "briMouDate" }, unit: DAYS } } }
        ]
        where: [{ left: { value: "lag" }, is: LT, right: { number: 1000 } }]
      }
      ${rest}
  }`;

  /** Days from membership to the first laboratory, by country. */
  const expectedLags = entities.Country.flatMap(({ id, briMouDate, region }) => {
    const dates = ofType('PARTNERS_WITH').flatMap(({ from, to }) =>
      to === id ? (labs.get(from)?.firstMilestoneDate ?? []) : [],
    );
    const [first] = dates.map(String).toSorted(byCodePoint);
    if (!first || !briMouDate) return [];
    return [{ slug: id, region: String(region), days: dayOf(first) - dayOf(String(briMouDate)) }];
  });

  it('are differences of dates of two entities, shown, sorted by and compared with', async () => {
    const { match } = await server.data(
      lags(
        'orderBy: [{ value: "lag", direction: DESC }], first: 100) { totalCount nodes { entity(as: "country") { slug } lag: value(of: "lag") days: value(of: "days") } }',
      ),
    );
    expect(match.totalCount).toBe(expectedLags.length);
    const expected = new Map(expectedLags.map(({ slug, days }) => [slug, days]));
    expect(new Map(match.nodes.map(({ entity, days }: Row) => [entity.slug, days]))).toEqual(expected);
    for (const { days, lag } of match.nodes) expect(lag).toBeCloseTo(Number(days) / 365.2425, 9);
    const sorted = match.nodes.map(({ lag }: Row) => lag);
    expect(sorted).toEqual(sorted.toSorted((left: number, right: number) => right - left));
    const earlier = match.nodes.filter(({ lag }: Row) => Number(lag) < 0).map(({ entity }: Row) => entity.slug);
    expect(earlier.toSorted()).toEqual(
      expectedLags
        .filter(({ days }) => days < 0)
        .map(({ slug }) => slug)
        .toSorted(),
    );
  });

  it('come in pages by a value, each match once', async () => {
    const found: string[] = [];
    for (let after = ''; ; ) {
      const { match } = await server.data(
        lags(
          `orderBy: [{ value: "lag" }], first: 7${after}) { pageInfo { hasNextPage hasPreviousPage endCursor } nodes { entity(as: "country") { slug } } }`,
        ),
      );
      expect(match.pageInfo.hasPreviousPage).toBe(found.length > 0);
      found.push(...match.nodes.map(({ entity }: Row) => entity.slug));
      if (!match.pageInfo.hasNextPage) break;
      after = `, after: "${match.pageInfo.endCursor}"`;
    }
    expect(found.toSorted()).toEqual(expectedLags.map(({ slug }) => slug).toSorted());
  });

  it('are taken together in groups: the median lag by region', async () => {
    const { match } = await server.data(
      lags(
        `first: 0) { groups(by: [{ as: "country", property: "region" }]) { totalCount nodes { keys count
          median(of: "days") min(of: "days") max(of: "first") sum(of: "days") avg(of: "days") } } }`,
      ),
    );
    const regions = new Map<string, (typeof expectedLags)[number][]>();
    for (const one of expectedLags) regions.set(one.region, [...(regions.get(one.region) ?? []), one]);
    expect(match.groups.totalCount).toBe(regions.size);
    const found = new Map<string, { count: number; [metric: string]: unknown }>(
      match.groups.nodes.map(({ keys, ...rest }: { keys: readonly string[]; count: number }) => [keys[0], rest]),
    );
    for (const [region, members] of regions) {
      const days = members.map((member) => member.days);
      const sum = days.reduce((total, one) => total + one, 0);
      const avg = expect.closeTo(sum / days.length, 6);
      expect(found.get(region)).toMatchObject({
        count: days.length,
        median: median(days),
        min: Math.min(...days),
        sum,
        avg,
      });
    }
    const counts = match.groups.nodes.map(({ count }: { count: number }) => count);
    expect(counts).toEqual(counts.toSorted((left: number, right: number) => right - left));
    const all = await server.data(
      lags('first: 0) { groups(by: [{ as: "country", property: "region" }], first: 1) { totalCount nodes { keys } } }'),
    );
    expect(all.match.groups).toMatchObject({ totalCount: regions.size, nodes: [{}] });
    expect(all.match.groups.nodes).toHaveLength(1);
  });

  it('are over entities that differ from those of the match that the shape names, not from what is left out', async () => {
    const { match } = await server.data(
      `query ($labs: MatchShape!) { match(
        pattern: {
          entities: [{ as: "lab" }, { as: "country" }, { as: "other", kind: LAB }]
          relations: [{ from: "lab", to: "country", relation: PARTNERS_WITH }]
          values: [{ as: "labs", function: COUNT, over: $labs }, { as: "first", function: MIN, is: { as: "other", property: "slug" }, over: $labs }]
        }
        show: ["country"], orderBy: [{ value: "labs", direction: DESC }], first: 5
      ) { nodes { entity(as: "country") { slug } labs: value(of: "labs") first: value(of: "first") } } }`,
      { labs: { relations: [{ from: 'other', to: 'country', relation: 'PARTNERS_WITH' }] } },
    );
    expect(match.nodes).toHaveLength(5);
    for (const { entity, labs: count, first } of match.nodes) {
      const all = ofType('PARTNERS_WITH').flatMap(({ from, to }) => (to === entity.slug ? [from] : []));
      expect({ count, first }).toEqual({ count: all.length, first: all.toSorted(byCodePoint)[0] });
    }
  });

  it('are of their own shape, also where they stand in another one with entities of the same names', async () => {
    const shape = { relations: [{ from: 'lab', to: 'country', relation: 'PARTNERS_WITH' }] };
    const several = { left: { value: 'countries' }, is: 'GT', right: { number: 1 } };
    const { match } = await server.data(
      `query ($pattern: MatchPattern!) { match(pattern: $pattern, first: 100) {
        totalCount nodes { entity(as: "lab") { slug } countries: value(of: "countries") alike: value(of: "alike") }
      } }`,
      {
        pattern: {
          entities: [{ as: 'lab', kind: 'LAB' }, { as: 'country' }],
          values: [
            { as: 'countries', function: 'COUNT', over: shape },
            { as: 'alike', function: 'COUNT', over: { ...shape, where: [several] } },
          ],
          anyOf: [{ ...shape, where: [several] }],
        },
      },
    );
    const partners = new Map<string, number>();
    for (const { from } of ofType('PARTNERS_WITH')) partners.set(from, (partners.get(from) ?? 0) + 1);
    const expected = [...partners].filter(([, number]) => number > 1);
    expect(expected.length).toBeGreaterThan(0);
    expect(match.totalCount).toBe(expected.length);
    expect(new Map(match.nodes.map(({ entity, countries, alike }: Row) => [entity.slug, [countries, alike]]))).toEqual(
      new Map(expected.map(([slug, number]) => [slug, [number, number]])),
    );
  });

  it('join entities by an equal property, and tell the first later value that is at least', async () => {
    const { match } = await server.data(`{
      match(
        pattern: {
          entities: [
            { as: "target", filter: { indicator: { type: { eq: TARGET } } } }
            { as: "figure", filter: { indicator: { type: { eq: ACTUAL } } } }
            { as: "earlier", filter: { indicator: { type: { eq: ACTUAL } } } }
          ]
          where: [
            { left: { as: "figure", property: "series" }, is: EQ, right: { as: "target", property: "series" } }
            { left: { as: "figure", property: "date" }, is: GT, right: { as: "target", property: "date" } }
            { left: { as: "figure", property: "value" }, is: GTE, right: { as: "target", property: "value" } }
          ]
          noneOf: [{ where: [
            { left: { as: "earlier", property: "series" }, is: EQ, right: { as: "target", property: "series" } }
            { left: { as: "earlier", property: "date" }, is: GT, right: { as: "target", property: "date" } }
            { left: { as: "earlier", property: "date" }, is: LT, right: { as: "figure", property: "date" } }
            { left: { as: "earlier", property: "value" }, is: GTE, right: { as: "target", property: "value" } }
          ] }]
        }
        first: 100
      ) { totalCount nodes { target: entity(as: "target") { slug } figure: entity(as: "figure") { slug } } }
    }`);
    const all = [...indicators.values()];
    const expected = all.flatMap((target) => {
      if (target.type !== 'TARGET' || !target.date) return [];
      const later = all.filter(
        ({ type, series, date, value }) =>
          type === 'ACTUAL' &&
          series === target.series &&
          String(date) > String(target.date) &&
          Number(value) >= Number(target.value),
      );
      const first = later.map(({ date }) => String(date)).toSorted(byCodePoint)[0];
      return later.filter(({ date }) => date === first).map(({ id }) => `${target.id} ${id}`);
    });
    expect(expected.length).toBeGreaterThan(5);
    expect(
      match.nodes
        .map(({ target, figure }: Record<string, { slug: string }>) => `${target?.slug} ${figure?.slug}`)
        .toSorted(),
    ).toEqual(expected.toSorted());
    expect(match.totalCount).toBe(expected.length);
  });

  it.each(['anyOf', 'noneOf'])('leave a shape of %s whole: its relations exist together', async (list) => {
    const { match } = await server.data(`{
      match(pattern: { entities: [{ as: "c", kind: COUNTRY }, { as: "p" }, { as: "e" }]
        ${list}: [{ relations: [{ from: "p", to: "c", relation: LOCATED_IN }, { from: "e", to: "c", relation: HELD_IN }] }] }) { totalCount }
    }`);
    const [parks, events] = ['LOCATED_IN', 'HELD_IN'].map((type) => new Set(ofType(type).map(({ to }) => to)));
    const both = entities.Country.filter(({ id }) => parks?.has(id) && events?.has(id)).length;
    expect(both).toBeGreaterThan(0);
    expect(match.totalCount).toBe(list === 'anyOf' ? both : entities.Country.length - both);
  });

  const lab = '{ as: "lab" }';
  const base = '{ as: "country", kind: COUNTRY }';
  const partner = 'relations: [{ from: "lab", to: "country", relation: PARTNERS_WITH }]';
  it.each([
    ['a value of nothing', `values: [{ as: "x", is: {} }]`, 'BAD_USER_INPUT', 'exactly one of'],
    [
      'two values in one',
      `values: [{ as: "x", is: { number: 1, date: "2019" } }]`,
      'BAD_USER_INPUT',
      '`number` and `date`',
    ],
    ['a property of nothing', `values: [{ as: "x", is: { property: "name" } }]`, 'BAD_USER_INPUT', 'needs `as`'],
    [
      'a constant of something',
      `values: [{ as: "x", is: { as: "lab", number: 1 } }]`,
      'BAD_USER_INPUT',
      'stands alone',
    ],
    [
      'a difference of unlike values',
      `values: [{ as: "x", is: { difference: { of: { number: 1 }, from: { as: "country", property: "briMouDate" } } } }]`,
      'BAD_USER_INPUT',
      'two numbers or two dates',
    ],
    [
      'a time without a unit',
      `values: [{ as: "x", is: { difference: { of: { date: "2019" }, from: { as: "country", property: "briMouDate" } } } }]`,
      'BAD_USER_INPUT',
      'DAYS or YEARS',
    ],
    [
      'numbers with a unit',
      `values: [{ as: "x", is: { difference: { of: { number: 1 }, from: { number: 2 }, unit: DAYS } } }]`,
      'BAD_USER_INPUT',
      'Leave it out',
    ],
    [
      'a function without a shape',
      `values: [{ as: "x", function: MIN, is: { number: 1 } }]`,
      'BAD_USER_INPUT',
      'no shape',
    ],
    [
      'a shape without a function',
      `values: [{ as: "x", over: { ${partner} } }]`,
      'BAD_USER_INPUT',
      'needs a `function`',
    ],
    [
      'a number of a value',
      `values: [{ as: "x", function: COUNT, is: { number: 1 }, over: { ${partner} } }]`,
      'BAD_USER_INPUT',
      'Leave out `is`',
    ],
    [
      'the median of dates',
      `values: [{ as: "x", function: MEDIAN, is: { as: "lab", property: "firstMilestoneDate" }, over: { ${partner} } }]`,
      'BAD_USER_INPUT',
      'no MEDIAN',
    ],
    [
      'a value over millions of pairs',
      `values: [{ as: "x", function: COUNT, over: { where: [
        { left: { as: "one", property: "name" }, is: NE, right: { as: "country", property: "name" } }
        { left: { as: "other", property: "name" }, is: NE, right: { as: "country", property: "name" } }
      ] } }]`,
      'LIMIT_EXCEEDED',
      'would visit',
    ],
    [
      'a value that comes later',
      `values: [{ as: "x", is: { value: "y" } }, { as: "y", is: { number: 1 } }]`,
      'BAD_USER_INPUT',
      'not defined before',
    ],
    ['a name twice', `values: [{ as: "lab", is: { number: 1 } }]`, 'BAD_USER_INPUT', 'Rename one'],
    ['a name that is none', `values: [{ as: "a b", is: { number: 1 } }]`, 'BAD_USER_INPUT', 'not a valid name'],
    [
      'a named relation of several hops',
      `noneOf: [{ relations: [{ as: "r", from: "lab", to: "country", relation: PARTNERS_WITH, maxHops: 2 }] }]`,
      'BAD_USER_INPUT',
      'one hop',
    ],
    [
      'a named relation of no hops',
      `noneOf: [{ relations: [{ as: "r", from: "lab", to: "country", relation: PARTNERS_WITH, minHops: 0 }] }]`,
      'BAD_USER_INPUT',
      'one hop',
    ],
    [
      'an unknown property of a relation',
      `noneOf: [{ relations: [{ as: "r", from: "lab", to: "country", relation: PARTNERS_WITH }], where: [{ left: { as: "r", property: "since" }, is: EQ, right: { date: "2019" } }] }]`,
      'BAD_USER_INPUT',
      'PARTNERS_WITH has none',
    ],
    [
      'a count of a relation',
      `noneOf: [{ relations: [{ as: "r", from: "lab", to: "country", relation: PARTNERS_WITH }], where: [{ left: { as: "r", count: "labs" }, is: EQ, right: { number: 1 } }] }]`,
      'BAD_USER_INPUT',
      'only relations of an entity can be counted',
    ],
    [
      'an entity out of reach',
      `noneOf: [{ relations: [{ as: "r", from: "lab", to: "country", relation: PARTNERS_WITH }], where: [{ left: { as: "x", property: "name" }, is: EQ, right: { number: 1 } }] }]`,
      'BAD_USER_INPUT',
      'It can name "country", "lab", "r"',
    ],
    [
      'an entity that nothing joins',
      `where: [{ left: { as: "lab", property: "firstMilestoneDate" }, is: LT, right: { as: "country", property: "briMouDate" } }]`,
      'BAD_USER_INPUT',
      'not connected',
    ],
    [
      'too many values',
      `values: [${Array.from({ length: 9 }, (_, at) => `{ as: "v${at}", is: { number: 1 } }`)}]`,
      'LIMIT_EXCEEDED',
      'at most 8',
    ],
    [
      'values that double with each step',
      `values: [{ as: "v0", is: { number: 1 } }, ${Array.from({ length: 7 }, (_, at) => `{ as: "v${at + 1}", is: { difference: { of: { value: "v${at}" }, from: { value: "v${at}" } } } }`)}]`,
      'LIMIT_EXCEEDED',
      'at most',
    ],
  ])('are refused: %s', async (_, more, code, told) => {
    const { errors } = await server.ask(
      `{ match(pattern: { entities: [${base}, ${lab}${told === 'would visit' ? ', { as: "one", kind: SOURCE }, { as: "other", kind: SOURCE }' : ''}], ${told === 'not connected' ? '' : partner}, ${more} }) { totalCount } }`,
    );
    expect(errors?.[0]?.message).toContain(told);
    expect(errors?.[0]?.extensions?.code).toBe(code);
  });

  it.each(['2019', '2025-11', '2019-06-20', '2024-01-01'])(
    'compares with the whole period of the date %s, on either side, as filters do',
    async (date) => {
      const opposite = { EQ: 'EQ', NE: 'NE', LT: 'GT', LTE: 'GTE', GT: 'LT', GTE: 'LTE' };
      const asked = Object.entries(opposite).map(([is, turned]) => {
        const [value, constant] = ['{ as: "lab", property: "firstMilestoneDate" }', `{ date: "${date}" }`];
        const matched = (where: string) =>
          `match(pattern: { entities: [{ as: "lab", kind: LAB }], where: [${where}] }) { totalCount }`;
        return `${is}: ${matched(`{ left: ${value}, is: ${is}, right: ${constant} }`)}
          ${is}_TURNED: ${matched(`{ left: ${constant}, is: ${turned}, right: ${value} }`)}
          ${is}_FILTERED: labs(filter: { firstMilestoneDate: { exists: true, ${is.toLowerCase()}: "${date}" } }) { totalCount }`;
      });
      const data = await server.data(`{ ${asked.join(' ')} }`);
      for (const is of Object.keys(opposite)) {
        expect([is, data[is], data[`${is}_TURNED`]]).toEqual([is, data[`${is}_FILTERED`], data[`${is}_FILTERED`]]);
      }
    },
  );

  it.each([
    ['a difference', 'nodes { value(of: "twice") }'],
    ['a sum', 'groups(by: [{ as: "country", property: "region" }]) { nodes { sum(of: "large") } }'],
    ['a key', 'groups(by: [{ value: "twice" }]) { nodes { keys } }'],
  ])('are not answered with null where a number is too large: %s', async (_, selection) => {
    const { errors } = await server.ask(`{ match(pattern: { entities: [${lab}, ${base}], ${partner},
      values: [{ as: "large", is: { number: 1e308 } }, { as: "small", is: { number: -1e308 } },
        { as: "twice", is: { difference: { of: { value: "large" }, from: { value: "small" } } } }] }, first: 1) { ${selection} } }`);
    expect(errors?.[0]?.message).toContain('too large');
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it.each([
    ['value(of: "x")', 'nodes { value(of: "x") }', 'has no value "x"'],
    ['a value of what is not shown', 'nodes { value(of: "hidden") }', 'Add that to `show`'],
    ['groups by what is not shown', 'groups(by: [{ as: "lab", property: "status" }]) { totalCount }', 'cannot reach'],
    ['groups by nothing', 'groups(by: []) { totalCount }', '1 to'],
    [
      'groups by a value of what is not shown',
      'groups(by: [{ value: "hidden" }]) { totalCount }',
      'Add that to `show`',
    ],
    ['a sum of texts', 'groups(by: [{ value: "name" }]) { nodes { sum(of: "name") } }', 'takes numbers'],
    ['too many groups', 'groups(by: [{ value: "name" }], first: 1000) { totalCount }', 'from 0 to'],
  ])('are not answered: %s', async (_, selection, told) => {
    const { errors } = await server.ask(`{ match(pattern: { entities: [${lab}, ${base}], ${partner},
      values: [{ as: "hidden", is: { as: "lab", property: "name" } }, { as: "name", is: { as: "country", property: "name" } }] }, show: ["country"], first: 1) { ${selection} } }`);
    expect(errors?.[0]?.message).toContain(told);
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });
});
