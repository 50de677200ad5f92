import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { searchedIn } from '../../../src/engine/indexes/searched.ts';
import { foldText } from '../../../src/engine/search/folding.ts';
import { runs } from '../../setup/runs.ts';
import { byCodePoint, seeds } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();

interface Edge {
  readonly score: number;
  readonly node: { readonly __typename: string; readonly slug: string; readonly name: string };
  readonly highlight: readonly { readonly field: string; readonly text: string }[];
}

interface Found {
  readonly edges: readonly Edge[];
  readonly totalCount: number;
  readonly kinds: readonly { readonly kind: string; readonly count: number }[];
}

const QUESTION = `query ($query: String!, $kinds: [EntityKind!], $first: Int = 100, $after: String) {
  search(query: $query, kinds: $kinds, first: $first, after: $after) {
    edges { cursor score node { __typename slug name } highlight { field text } }
    totalCount
    kinds { kind count }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

const find = async (query: string, variables: Record<string, unknown> = {}): Promise<Found> =>
  (await server.data(QUESTION, { query, ...variables })).search;

const slugsOf = ({ edges }: Found) => edges.map(({ node }) => node.slug);

const highlightOf = async (query: string, slug: string) =>
  (await find(query)).edges.find(({ node }) => node.slug === slug)?.highlight;

describe('search ranks', () => {
  it('the very name first, then names with the word, then names that begin so', async () => {
    const found = await find('kenya');
    expect(found.edges.slice(0, 2).map(({ node, score }) => [node.slug, Math.floor(score * 10) / 10])).toEqual([
      ['ke', 1],
      ['china-kenya-joint-laboratory-for-crop-molecular-biology', 0.7],
    ]);
    expect(found.edges.at(-1)?.node.name).toContain('Kenyatta');
  });

  it('names that begin with the query before those that contain it elsewhere, and both before other texts', async () => {
    const { edges } = await find('crop');
    const rank = ({ node, highlight }: Edge) => {
      if (foldText(node.name).startsWith('crop')) return 0;
      return highlight.some(({ field }) => field === 'name') ? 1 : 2;
    };
    const ranks = edges.map(rank);
    expect(ranks).toEqual(ranks.toSorted());
    expect(new Set(ranks)).toEqual(new Set([0, 1, 2]));
  });

  it.each(['BRI', 'OBOR', 'One Belt One Road'])('the Belt and Road Initiative for %s', async (query) => {
    expect(slugsOf(await find(query))[0]).toBe('belt-and-road-initiative');
  });

  it('an entity by its slug or its code next to the very name', async () => {
    expect((await find('ASEAN')).edges[0]).toMatchObject({ score: 0.95, node: { slug: 'asean' } });
    expect((await find('KEN')).edges[0]).toMatchObject({ score: 0.95, node: { slug: 'ke' } });
  });

  it('by score, then by slug, from 1 down to 0', async () => {
    const { edges } = await find('belt and road joint laboratory');
    const sorted = edges.toSorted((a, b) => b.score - a.score || byCodePoint(a.node.slug, b.node.slug));
    expect(edges).toEqual(sorted);
    for (const { score } of edges) expect(score > 0 && score <= 1).toBe(true);
    expect(edges.slice(0, 10).some(({ node }) => node.__typename === 'Lab')).toBe(true);
  });

  it('a name with a number that is written with a comma', async () => {
    const { edges } = await find('Over 2,000 Belt and Road scientists to conduct research in China', { first: 1 });
    expect(edges[0]?.node.slug).toBe('chinadaily-2019-04-17');
  });

  it('an entity that has a name first when that name is searched for', async () => {
    const records = Object.values(seeds.entities).flat();
    // Some names are those of several: of a source, and as a Chinese name of the lab that it tells of.
    const namesOf = (slug: string | undefined) => {
      const record = records.find(({ id }) => id === slug);
      const others = [record?.nameZh, ...(Array.isArray(record?.alsoKnownAs) ? record.alsoKnownAs : [])];
      return [record?.name, ...others].map((name) => foldText(String(name ?? '')));
    };
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...records), async ({ name }) => {
        const query = name.slice(0, 200);
        const [first] = (await find(query, { first: 1 })).edges;
        if (name.length <= 200) expect(namesOf(first?.node.slug)).toContain(foldText(name));
      }),
      runs(60),
    );
  });
});

describe('search forgives', () => {
  it.each(['Kenia', 'Kenja', 'kneya'])('%s for Kenya', async (query) => {
    const [first] = (await find(query)).edges;
    expect(first?.node.slug).toBe('ke');
    expect(first?.score).toBeLessThan(0.3);
  });

  it('typing errors in one word of several', async () => {
    expect((await find('artificial inteligence')).edges[0]?.node.name).toBe('Artificial intelligence');
  });

  it.each(["cote d'ivoire", 'Côte d’Ivoire', 'COTE DIVOIRE', 'ivoire', 'ivoir~', 'ivo'])(
    'accents, case, elision and missing ends: %s',
    async (query) => expect(slugsOf(await find(query))).toContain('ci'),
  );

  it('small words, and words that nothing has together with the others', async () => {
    const found = await find('the zebras of Kenya');
    expect(found.edges[0]?.node.slug).toBe('ke');
    expect(found.edges[0]?.score).toBeLessThan(0.2);
  });

  it('words that nothing has together, those with a complete one in their name first', async () => {
    const found = slugsOf(await find('AI vaccines'));
    expect(found[0]).toBe('artificial-intelligence');
    // Its capital is Buenos Aires.
    expect(found).toContain('ar');
  });

  it('a dot, at the start and alone', async () => {
    expect((await find('.kenya')).edges[0]?.node.slug).toBe('ke');
    expect(await find('.')).toEqual(expect.objectContaining({ edges: [], totalCount: 0, kinds: [] }));
  });
});

describe('search knows Chinese', () => {
  it('as runs of characters, regardless of separators', async () => {
    const found = await find('人工智能');
    expect(found.edges[0]?.node.name).toBe('Artificial intelligence');
    const records = Object.values(seeds.entities).flat();
    const withText = (text: RegExp) =>
      records.filter((record) => text.test(JSON.stringify(record))).map(({ id }) => id);
    expect(slugsOf(found)).toEqual(expect.arrayContaining(withText(/人工智能/)));
    const byAnyName = withText(/人工智能|artificial intelligence|\bAI\b/i);
    expect(slugsOf(found).filter((slug) => !byAnyName.includes(slug))).toEqual([]);
    const quoted = await highlightOf('一带一路联合实验室', 'china-kenya-joint-laboratory-for-crop-molecular-biology');
    expect(quoted).toContainEqual(
      expect.objectContaining({ field: 'nameZh', text: expect.stringContaining('<em>一带一路”联合实验室</em>') }),
    );
  });

  it('down to a single character', async () => {
    const found = await find('农');
    expect(found.totalCount).toBeGreaterThan(5);
    for (const { highlight } of found.edges) expect(highlight[0]?.text).toContain('<em>农</em>');
  });

  it('with characters left out in between', async () => {
    expect(slugsOf(await find('肯尼亚作物联合实验'))).toEqual([
      'china-kenya-joint-laboratory-for-crop-molecular-biology',
    ]);
  });
});

describe('kinds', () => {
  it('are counted over all that was found', async () => {
    const found = await find('agriculture', { first: 1 });
    const counts = found.kinds.map(({ count }) => count);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(found.totalCount);
    expect(found.kinds.length).toBeGreaterThan(2);
  });

  it('narrow the search to what was counted', async () => {
    const all = await find('agriculture');
    for (const { kind, count } of all.kinds) {
      const some = await find('agriculture', { kinds: [kind] });
      expect(some.totalCount).toBe(count);
      expect(some.kinds).toEqual([{ kind, count }]);
      expect(slugsOf(some)).toEqual(slugsOf(all).filter((slug) => slugsOf(some).includes(slug)));
    }
  });

  it('match nothing if the list is empty, and all without a list', async () => {
    expect(await find('agriculture', { kinds: [] })).toMatchObject({ edges: [], totalCount: 0, kinds: [] });
    expect(await find('agriculture', { kinds: null })).toEqual(await find('agriculture'));
  });
});

describe('a highlight', () => {
  it('marks the words found, as they stand in the text', async () => {
    expect(await highlightOf("cote d'ivoire", 'ci')).toContainEqual({
      field: 'name',
      text: '<em>Côte</em> <em>d’Ivoire</em>',
    });
  });

  it('marks what resembles a word that is misspelt', async () => {
    const [first] = (await find('artificial inteligence')).edges;
    expect(first?.highlight[0]).toEqual({ field: 'name', text: '<em>Artificial</em> <em>intelligence</em>' });
  });

  it('escapes the text', async () => {
    const { edges } = await find('china-mongolia belt & road');
    expect(edges[0]?.highlight[0]?.text).toContain('<em>Belt</em> &amp; <em>Road</em>');
  });

  it('names a field of the entity', async () => {
    const fields = new Set(['slug', ...Object.values(searchedIn(cooperation)).flat()]);
    for (const query of ['agriculture', 'asean', 'ke', 'beijing', '农']) {
      for (const { highlight } of (await find(query)).edges) {
        expect(highlight.length).toBeLessThanOrEqual(5);
        for (const { field } of highlight) expect(fields).toContain(field);
      }
    }
  });
});

describe('the pages of a search', () => {
  it('return each match once, regardless of their size', async () => {
    const all = await find('china');
    expect(all.totalCount).toBeGreaterThan(100);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 15, max: 100 }),
        fc.constantFrom(null, ['LAB', 'SOURCE']),
        async (size, kinds) => {
          const found: string[] = [];
          let total = 0;
          let after: string | null = null;
          for (let pages = 0; ; pages += 1) {
            const { search } = await server.data(QUESTION, { query: 'china', kinds, first: size, after });
            const { edges, pageInfo, totalCount } = search;
            found.push(...slugsOf(search));
            total = totalCount;
            expect(pageInfo).toMatchObject({
              hasPreviousPage: pages > 0,
              startCursor: edges[0].cursor,
              endCursor: edges.at(-1).cursor,
            });
            if (!pageInfo.hasNextPage) break;
            expect(edges).toHaveLength(size);
            after = pageInfo.endCursor;
          }
          expect(new Set(found).size).toBe(found.length);
          expect(found).toHaveLength(total);
        },
      ),
      runs(6),
    );
  });

  it('have 20 entries by default, and none with `first: 0`', async () => {
    expect((await find('china', { first: null })).edges).toHaveLength(20);
    const { search } = await server.data(QUESTION, { query: 'china', first: 0 });
    expect(search).toMatchObject({
      edges: [],
      pageInfo: { hasNextPage: true, hasPreviousPage: false, endCursor: null },
    });
    expect(search.totalCount).toBeGreaterThan(100);
  });

  it.each([
    ['another query', { query: 'kenya' }],
    ['other kinds', { query: 'china', kinds: ['LAB'] }],
  ])('refuse a cursor of %s', async (_, variables) => {
    const { search } = await server.data(QUESTION, { query: 'china', first: 1 });
    const { errors } = await server.ask(QUESTION, { ...variables, after: search.pageInfo.endCursor });
    expect(errors?.[0]?.extensions?.code).toBe('INVALID_CURSOR');
    expect(errors?.[0]?.message).toContain('`query`, `kinds` and `relatedTo`');
  });

  it('take a cursor of the same search, however it is written', async () => {
    const { search } = await server.data(QUESTION, { query: 'china', kinds: ['LAB', 'SOURCE'], first: 1 });
    const after = search.pageInfo.endCursor;
    const again = await find('  CHINA ', { kinds: ['SOURCE', 'LAB', 'LAB'], after });
    expect(slugsOf(again)).not.toContain(search.edges[0].node.slug);
    expect(again.totalCount).toBe(search.totalCount);
  });

  it('refuse a broken cursor', async () => {
    const { errors } = await server.ask(QUESTION, { query: 'china', after: 'nonsense' });
    expect(errors?.[0]?.extensions?.code).toBe('INVALID_CURSOR');
  });
});

describe('a search', () => {
  it.each([
    ['an empty query', { query: '' }, 'Pass at least one word'],
    ['a blank query', { query: ' \n\t　' }, 'Pass at least one word'],
    ['a query that is too long', { query: 'x'.repeat(201) }, 'the maximum is 200'],
    ['a negative size', { query: 'x', first: -1 }, 'must not be negative'],
    ['a size over the maximum', { query: 'x', first: 101 }, 'at most 100'],
  ])('rejects %s with a clear message', async (_, variables, sentence) => {
    const { errors, data } = await server.ask(QUESTION, variables);
    expect(data).toEqual({ search: null });
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toContain(sentence);
    expect(server.ran).toEqual([]);
  });
});

describe('nothing in a query is an operator', () => {
  it.each([
    ['kenya) OR *:*', 'kenya or'],
    ['kenya AND NOT kenya', 'kenya and not kenya'],
    ['"kenya', 'kenya'],
    ['kenya\\', 'kenya'],
    ['/ken.*/', 'ken'],
    ['_nameFolded:kenya', '_namefolded kenya'],
    ['kenya^4 +china -laos', 'kenya 4 china laos'],
  ])('%s is searched for as %s', async (query, words) => {
    const [found, expected] = [await find(query), await find(words)];
    expect(found.totalCount).toBe(expected.totalCount);
    expect(found.kinds).toEqual(expected.kinds);
    expect(found.totalCount).toBeGreaterThan(0);
  });

  it.each(['.*', '*', '?', '"', '\\', '~', '&&', '||', '!', '(', '{}', '[ TO ]', '%', '$query', '`', '://', '😀'])(
    '%s alone is no error',
    async (query) => {
      await find(query);
    },
  );

  it.each(['AND', 'OR', 'NOT', 'TO', '[a TO b]', 'null', 'a'.repeat(200), 'é'.repeat(200), '中'.repeat(200)])(
    '%s is no error',
    async (query) => {
      await find(query);
    },
  );

  const syntax = fc.constantFrom(
    ...'+-&|!(){}[]^"~*?:\\/.\'_@#%$`<>= 0a中éß　',
    'AND ',
    ' OR ',
    'NOT ',
    ' TO ',
    'china',
    '~2',
    '^4',
  );
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.array(syntax, { maxLength: 25 }).map((parts) => parts.join('')),
    fc
      .array(fc.string({ unit: fc.constantFrom(...'abcdeinorst'), minLength: 5, maxLength: 14 }), { maxLength: 13 })
      .map((words) => words.join(' ')),
  );

  it('any text yields a page', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const query = text.slice(0, 200);
        const { data, errors } = await server.ask(QUESTION, { query, first: 5 });
        if (query.trim() === '') expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
        else {
          expect(errors).toBeUndefined();
          expect(data.search.edges.length).toBeLessThanOrEqual(5);
        }
      }),
      runs(150),
    );
  }, 120_000);
});

describe('the number of statements', () => {
  const question = `query ($first: Int!) {
    search(query: "joint", first: $first) {
      edges { score node { name ...Hosts sources(first: 1) { nodes { name } } } }
      again: edges { entity: node { __typename ... on Country { code } ... on Lab { partners: partnerCountries { nodes { code } } } } }
      nodes { slug ...Hosts }
    }
  }
  fragment Hosts on Lab { institutions { edges { role node { name } } } }`;

  it.each([1, 10, 100])('is two for %i entities, with all selected fields', async (first) => {
    const { search } = await server.data(question, { first });
    expect(server.ran.map(({ name }) => name)).toEqual(['search', 'lookup-Entity']);
    expect(search.nodes).toHaveLength(first);
    expect(search.edges.map((edge: { node: { institutions: unknown } }) => edge.node.institutions)).toEqual(
      search.nodes.map((node: { institutions: unknown }) => node.institutions),
    );
  });

  it('is one if no entity is selected', async () => {
    const { search } = await server.data('{ search(query: "joint") { totalCount kinds { kind count } } }');
    expect(search.totalCount).toBeGreaterThan(50);
    expect(server.ran.map(({ name }) => name)).toEqual(['search']);
  });

  it('is one if nothing is found, and none if there is no word', async () => {
    await server.data('{ search(query: "qqqqqqqqqq") { nodes { name } } }');
    expect(server.ran).toHaveLength(1);
    await server.data('{ search(query: "...") { nodes { name } } }');
    expect(server.ran).toEqual([]);
  });

  it('is two more if words may name a kind: for what they name, and for what meets it', async () => {
    await server.data('{ search(query: "laboratory") { totalCount } }');
    expect(server.ran.map(({ name }) => name)).toEqual(['question-named', 'connection-Lab', 'search']);
  });

  it('reads highlights and counts only if they are selected', async () => {
    const parameters = () => server.ran[0]?.parameters.search;
    await server.data('{ search(query: "joint") { nodes { name } } }');
    expect(parameters()).toMatchObject({ properties: [], count: false });
    await server.data(
      '{ search(query: "joint") { ...Rest } } fragment Rest on SearchConnection { edges { highlight { text } } of: kinds { kind } }',
    );
    expect(parameters()).toMatchObject({ count: true });
    expect((parameters() as { properties: string[] }).properties).toContain('description');
  });
});
