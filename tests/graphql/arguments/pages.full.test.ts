import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Kind, kinds } from '../../../src/cooperation/kinds.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import type { RelationRecord } from '../../../src/ontology/records.ts';
import { runs } from '../../setup/runs.ts';
import { byCodePoint, type SeedRecord, seeds } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const { propertiesOf } = cooperation;

const server = silkgraph();

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly slug: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

type Order = readonly Readonly<Record<string, 'ASC' | 'DESC'>>[];
type OrderInput = readonly Readonly<Record<string, unknown>>[];

/** A plain model of an order: nulls last in both directions, text by code point, the slug at the end. */
function compareBy(order: Order) {
  return (left: SeedRecord, right: SeedRecord): number => {
    for (const key of order) {
      const [[name, direction] = ['', 'ASC']] = Object.entries(key);
      const [a, b] = [left, right].map((record) => (name === 'slug' ? record.id : record[name]) ?? null);
      if (a === b) continue;
      if (a === null || b === null) return a === null ? 1 : -1;
      const ascending = typeof a === 'string' ? byCodePoint(a, String(b)) : Number(a) - Number(b);
      return direction === 'ASC' ? ascending : -ascending;
    }
    return byCodePoint(left.id, right.id);
  };
}

/** All slugs of a list, page by page, in the order of the list; checks on the way what each page says of itself. */
async function walk(list: string, size: number, backward: boolean, orderBy: OrderInput, orderType: string) {
  const [count, bound] = backward ? ['last', 'before'] : ['first', 'after'];
  const question = `query ($size: Int, $at: String, $orderBy: [${orderType}!]) {
    ${list.replace('ARGS', `${count}: $size, ${bound}: $at, orderBy: $orderBy`)}
  }`;
  const slugs: string[] = [];
  let at: string | null = null;
  for (let pages = 0; ; pages += 1) {
    const answer = await server.data(question, { size, at, orderBy });
    const page: Page = answer.page ?? answer.of.page;
    const found = page.edges.map(({ node }) => node.slug);
    if (backward) slugs.unshift(...found);
    else slugs.push(...found);
    expect(page.pageInfo.startCursor).toBe(page.edges[0]?.cursor ?? null);
    expect(page.pageInfo.endCursor).toBe(page.edges.at(-1)?.cursor ?? null);
    expect(backward ? page.pageInfo.hasNextPage : page.pageInfo.hasPreviousPage).toBe(pages > 0);
    if (!(backward ? page.pageInfo.hasPreviousPage : page.pageInfo.hasNextPage)) return slugs;
    expect(found).toHaveLength(size);
    at = backward ? page.pageInfo.startCursor : page.pageInfo.endCursor;
  }
}

const PAGE = '{ edges { cursor node { slug } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }';

const keyOf = (kind: Kind) =>
  fc.record({
    name: fc.constantFrom(
      'slug',
      ...Object.entries(propertiesOf(kind))
        .filter(([, { list, type, items }]) => !list && !items && type !== 'milestones')
        .map(([name]) => name),
    ),
    direction: fc.constantFrom('ASC' as const, 'DESC' as const),
  });

const orderOf = (kind: Kind) =>
  fc
    .uniqueArray(keyOf(kind), { maxLength: 3, selector: ({ name }) => name })
    .map((keys) => keys.map(({ name, direction }) => ({ [name]: direction })));

describe('walking the pages of a list', () => {
  it.each(['Lab', 'Program', 'Event', 'Indicator', 'Country'] as const)(
    'gives every %s once, in order, whatever the order, the size and the direction',
    async (kind) => {
      await fc.assert(
        fc.asyncProperty(
          orderOf(kind),
          fc.integer({ min: 7, max: 100 }),
          fc.boolean(),
          async (order, size, backward) => {
            const slugs = await walk(
              `page: ${kinds[kind].plural}(ARGS) ${PAGE}`,
              size,
              backward,
              order,
              `${kind}Order`,
            );
            const effective: Order = order.length > 0 ? order : [{ name: 'ASC' }];
            expect(slugs).toEqual([...seeds.entities[kind]].sort(compareBy(effective)).map(({ id }) => id));
          },
        ),
        runs(12),
      );
    },
    120_000,
  );

  it('does so for the list of a relation', async () => {
    const members = seeds.relations.filter(({ type, to }) => type === 'MEMBER_OF' && to === 'african-union');
    const countries = seeds.entities.Country.filter(({ id }) => members.some(({ from }) => from === id));
    await fc.assert(
      fc.asyncProperty(
        orderOf('Country'),
        fc.integer({ min: 5, max: 60 }),
        fc.boolean(),
        async (order, size, backward) => {
          const list = `of: countryGroup(slug: "african-union") { page: members(ARGS) ${PAGE} }`;
          const slugs = await walk(list, size, backward, order, 'CountryOrder');
          const effective: Order = order.length > 0 ? order : [{ name: 'ASC' }];
          expect(slugs).toEqual([...countries].sort(compareBy(effective)).map(({ id }) => id));
        },
      ),
      runs(15),
    );
  }, 120_000);
});

describe('an order', () => {
  const count = (slug: string, type: string, fits: (record: RelationRecord) => boolean) =>
    seeds.relations.filter((record) => record.type === type && fits(record) && [record.from, record.to].includes(slug))
      .length;

  it.each(['ASC', 'DESC'] as const)('can go by how many related entities fit a filter, %s', async (direction) => {
    const university = new Set(
      seeds.entities.Institution.filter(({ type }) => type === 'UNIVERSITY').map(({ id }) => id),
    );
    const universities = (slug: string) =>
      count(slug, 'HOSTED_BY', ({ from, to }) => from === slug && university.has(to));
    const order = [{ institutions: { count: direction, filter: { type: { eq: 'UNIVERSITY' } } } }];
    const sign = direction === 'ASC' ? 1 : -1;
    const expected = [...seeds.entities.Lab].sort(
      (a, b) => sign * (universities(a.id) - universities(b.id)) || byCodePoint(a.id, b.id),
    );
    for (const backward of [false, true]) {
      expect(await walk(`page: labs(ARGS) ${PAGE}`, 40, backward, order, 'LabOrder')).toEqual(
        expected.map(({ id }) => id),
      );
    }
  });

  it.each(['ASC', 'DESC'] as const)(
    'can go by a property of the one related entity, absent ones last, %s',
    async (direction) => {
      const countries = new Map(seeds.entities.Country.map((record) => [record.id, record.name]));
      const countryOf = new Map(
        seeds.relations
          .filter(({ type }) => type === 'BASED_IN')
          .map(({ from, to }) => [from, countries.get(to) ?? '']),
      );
      const order = [{ country: { name: direction } }, { type: 'DESC' as const }];
      const expected = [...seeds.entities.Institution]
        .map((record): SeedRecord => ({ ...record, country: countryOf.get(record.id) }))
        .sort(compareBy([{ country: direction }, { type: 'DESC' }]));
      for (const backward of [false, true]) {
        const slugs = await walk(`page: institutions(ARGS) ${PAGE}`, 60, backward, order, 'InstitutionOrder');
        expect(slugs).toEqual(expected.map(({ id }) => id));
      }
    },
  );

  it('by counts lists areas with most designated laboratories first', async () => {
    const { areas } = await server.data(
      `{ areas(first: 5, orderBy: [{ labs: { count: DESC, filter: { designation: { eq: BELT_AND_ROAD_JOINT_LABORATORY } } } }]) {
        nodes { labs(filter: { designation: { eq: BELT_AND_ROAD_JOINT_LABORATORY } }) { totalCount } } } }`,
    );
    const counts = areas.nodes.map((node: { labs: { totalCount: number } }) => node.labs.totalCount);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(counts[0]).toBeGreaterThan(1);
    expect(server.ran).toHaveLength(1);
  });
});

describe('a page', () => {
  it('has 20 entities by default', async () => {
    expect((await server.data('{ labs { nodes { slug } } }')).labs.nodes).toHaveLength(20);
    expect((await server.data('{ labs(first: null, after: null) { nodes { slug } } }')).labs.nodes).toHaveLength(20);
  });

  it('is empty with `first: 0`, but still has counts and page info', async () => {
    const { labs } = await server.data(
      '{ labs(first: 0) { nodes { slug } totalCount pageInfo { hasNextPage hasPreviousPage endCursor } } }',
    );
    expect(labs).toEqual({
      nodes: [],
      totalCount: seeds.entities.Lab.length,
      pageInfo: { hasNextPage: true, hasPreviousPage: false, endCursor: null },
    });
  });

  it('lies between two cursors, from either end', async () => {
    const all = (await server.data('{ areas(first: 100) { edges { cursor node { slug } } } }')).areas.edges;
    const variables = { after: all[9].cursor, before: all[20].cursor };
    const question = (size: string) =>
      `query ($after: String, $before: String) { areas(${size}, after: $after, before: $before) { nodes { slug } pageInfo { hasNextPage hasPreviousPage } } }`;
    const slugs = (from: number, to: number) => all.slice(from, to).map(({ node }: { node: object }) => node);
    const around = { hasNextPage: true, hasPreviousPage: true };
    expect((await server.data(question('first: 4'), variables)).areas).toEqual({
      nodes: slugs(10, 14),
      pageInfo: around,
    });
    expect((await server.data(question('last: 4'), variables)).areas).toEqual({
      nodes: slugs(16, 20),
      pageInfo: around,
    });
    expect((await server.data(question('first: 50'), variables)).areas).toEqual({
      nodes: slugs(10, 20),
      pageInfo: around,
    });
  });

  it('lies between two cursors even if some entities lack the sort key', async () => {
    const order = 'orderBy: [{ yearRecognised: DESC }]';
    const all = (await server.data(`{ labs(first: 100, ${order}) { edges { cursor node { slug yearRecognised } } } }`))
      .labs.edges;
    const lacking = all.findIndex(
      ({ node }: { node: { yearRecognised: number | null } }) => node.yearRecognised === null,
    );
    expect(lacking).toBeGreaterThan(15);
    const edges = all.slice(lacking - 15, lacking + 15);
    expect(edges).toHaveLength(30);
    const place = fc.nat({ max: edges.length - 1 });
    await fc.assert(
      fc.asyncProperty(
        place,
        place,
        fc.constantFrom('first', 'last'),
        fc.integer({ min: 1, max: 40 }),
        async (from, to, end, size) => {
          const { labs } = await server.data(
            `query ($after: String, $before: String) { labs(${end}: ${size}, after: $after, before: $before, ${order}) { nodes { slug yearRecognised } pageInfo { hasNextPage hasPreviousPage } } }`,
            { after: edges[from].cursor, before: edges[to].cursor },
          );
          const between = edges.slice(from + 1, Math.max(from + 1, to)).map(({ node }: { node: object }) => node);
          expect(labs.nodes).toEqual(end === 'first' ? between.slice(0, size) : between.slice(-size));
          expect(end === 'first' ? labs.pageInfo.hasPreviousPage : labs.pageInfo.hasNextPage).toBe(true);
        },
      ),
      runs(60),
    );
  });

  it.each([
    ['first: 101', '`first` must be at most 100; got 101. Request several pages instead.'],
    ['last: 101', '`last` must be at most 100; got 101. Request several pages instead.'],
    ['first: -1', '`first` must not be negative; got -1.'],
    ['last: -1', '`last` must not be negative; got -1.'],
    ['first: 1, last: 1', 'Pass either `first` or `last`, not both.'],
    ['orderBy: [{ name: ASC }, { name: DESC }]', '`orderBy` contains a duplicate key. List each key once.'],
    [
      'orderBy: [{batch: ASC}, {status: ASC}, {name: ASC}, {inScope: ASC}, {confidence: ASC}, {slug: ASC}]',
      '`orderBy` takes at most 5 keys; got 6.',
    ],
  ])('with `%s` is rejected with a clear message, on root fields and on relations', async (args, message) => {
    for (const question of [
      `{ labs(${args}) { nodes { slug } } }`,
      `{ country(slug: "ke") { name labs(${args}) { nodes { slug } } } }`,
    ]) {
      const { data, errors } = await server.ask(question);
      expect(errors?.map((error) => error.message)).toEqual([message]);
      expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
      // What stands beside the fault is answered.
      if (data?.country) expect(data.country).toEqual({ name: 'Kenya', labs: null });
    }
  });

  it.each([
    ['after a cursor of another list', 'areas', '{ labs(first: 1, after: $cursor) { nodes { slug } } }'],
    [
      'after a cursor of another order',
      'labs',
      '{ labs(first: 1, after: $cursor, orderBy: [{ slug: ASC }]) { nodes { slug } } }',
    ],
    [
      'after a cursor of the same order of a relation',
      'labs',
      '{ country(slug: "ke") { labs(after: $cursor) { nodes { slug } } } }',
    ],
  ])('%s is refused', async (_, list, question) => {
    const answer = await server.data(`{ ${list}(first: 1) { pageInfo { endCursor } } }`);
    const { errors } = await server.ask(`query ($cursor: String) ${question}`, {
      cursor: answer[list].pageInfo.endCursor,
    });
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['INVALID_CURSOR']);
    expect(errors?.[0]?.message).toContain('another list or sort order');
  });

  it.each(['', 'x', 'bnVsbA', '[]', 'WyJsYWJzIG5hbWUgaWQiLG51bGwsImEiXQ', `${'A'.repeat(5000)}`])(
    'after the broken cursor %j is refused',
    async (cursor) => {
      const { errors } = await server.ask('query ($cursor: String) { labs(after: $cursor) { nodes { slug } } }', {
        cursor,
      });
      expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['INVALID_CURSOR']);
    },
  );

  it('counts only when the count is selected, also through fragments and aliases', async () => {
    await server.data('{ labs(first: 1) { nodes { slug } } }');
    expect(server.ran.map(({ text }) => text).join()).not.toContain('COUNT');
    const { labs } = await server.data(
      'query { labs(first: 1) { ...counted } } fragment counted on LabConnection { ... { how: totalCount } nodes { slug areas { many: totalCount } } }',
    );
    expect(labs.how).toBe(seeds.entities.Lab.length);
    expect(server.ran).toHaveLength(1);
    expect(server.ran[0]?.text.match(/COUNT/g)).toHaveLength(2);
    expect((await server.data('{ country(slug: "ad") { labs { totalCount nodes { slug } } } }')).country.labs).toEqual({
      totalCount: 0,
      nodes: [],
    });
  });
});
