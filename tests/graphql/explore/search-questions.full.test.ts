import { beforeAll, describe, expect, it } from 'vitest';
import { namedSearches } from '../../setup/named-searches.ts';
import { seeds } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();

const QUESTION = `query ($query: String!, $kinds: [EntityKind!], $relatedTo: [ID!], $first: Int = 20, $after: String) {
  search(query: $query, kinds: $kinds, relatedTo: $relatedTo, first: $first, after: $after) {
    totalCount
    kinds { kind count }
    facets { kind buckets { slug name count } others }
    pageInfo { hasNextPage endCursor }
    edges {
      score
      node { __typename slug }
      matched { words field text kind slug through }
    }
  }
}`;

interface Matched {
  readonly words: readonly string[];
  readonly field: string | null;
  readonly text: string | null;
  readonly kind: string | null;
  readonly slug: string | null;
  readonly through: readonly string[];
}

interface Edge {
  readonly score: number;
  readonly node: { readonly __typename: string; readonly slug: string };
  readonly matched: readonly Matched[];
}

interface Found {
  readonly totalCount: number;
  readonly kinds: readonly { readonly kind: string; readonly count: number }[];
  readonly facets: readonly {
    readonly kind: string;
    readonly buckets: readonly { readonly slug: string; readonly name: string; readonly count: number }[];
    readonly others: number;
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly Edge[];
}

const find = async (query: string, variables: Record<string, unknown> = {}): Promise<Found> =>
  (await server.data(QUESTION, { query, ...variables })).search;

const slugs = ({ edges }: Found) => edges.map(({ node }) => node.slug);

/** The ends of relations of a type that lead to some entities. */
const relatedTo = (type: string, targets: ReadonlySet<string>) =>
  seeds.relations.flatMap((relation) => (relation.type === type && targets.has(relation.to) ? [relation.from] : []));

/** An area with all below it. */
function areaWithin(area: string): ReadonlySet<string> {
  const within = new Set([area]);
  for (const known of within) for (const narrower of relatedTo('BROADER', new Set([known]))) within.add(narrower);
  return within;
}

const labs = new Set(seeds.entities.Lab.map(({ id }) => id));
const partnersOf = (fits: (country: (typeof seeds.entities.Country)[number]) => boolean) => {
  const countries = new Set(seeds.entities.Country.filter(fits).map(({ id }) => id));
  return new Set(relatedTo('PARTNERS_WITH', countries).filter((id) => labs.has(id)));
};
const inBoth = (left: ReadonlySet<string>, right: ReadonlySet<string>) =>
  new Set([...left].filter((slug) => right.has(slug)));
const agriculture = new Set(relatedTo('RESEARCHES', areaWithin('agriculture-and-food')).filter((id) => labs.has(id)));
const agricultureInAfrica = inBoth(
  agriculture,
  partnersOf(({ region }) => region === 'AFRICA'),
);

describe('a search of several things', () => {
  // The database plans the statements of a search once, which may take longer than a request may on a busy machine.
  beforeAll(async () => {
    for (let tries = 0; tries < 5; tries += 1) {
      const { errors } = await server.ask(QUESTION, { query: 'ai labs', relatedTo: ['kz'] });
      if (!errors) break;
    }
  });

  it.each(namedSearches)('finds first what a reader names for "%s"', async (query, first) => {
    expect(slugs(await find(query))[0]).toBe(first);
  });

  it.each([
    ['Which labs work on agriculture in Africa?', 'agriculture labs Africa', agricultureInAfrica],
    ['Which labs are on agriculture?', 'agriculture labs', agriculture],
    ['labs for zebra crossing in Kenya', 'labs in Kenya', partnersOf(({ id }) => id === 'ke')],
    ['非洲有哪些农业实验室', '非洲农业实验室', agricultureInAfrica],
  ])('finds for the question "%s" what it finds for "%s"', async (question, words, expected) => {
    const [found, same] = [await find(question, { first: 100 }), await find(words, { first: 100 })];
    expect(expected.size).toBeGreaterThan(1);
    expect(slugs(found).toSorted()).toEqual([...expected].toSorted());
    expect(slugs(same).toSorted()).toEqual(slugs(found).toSorted());
  });

  it('finds what meets most of a question, of the kind that it names, if nothing meets all of it', async () => {
    const found = await find('quantum technology labs in Serbia');
    expect(found.kinds).toEqual([{ kind: 'LAB', count: found.totalCount }]);
    expect(found.totalCount).toBeGreaterThan(1);
    for (const { score } of found.edges) expect(score).toBeLessThan(0.2);
    const met = found.edges.map(({ matched }) => matched.map(({ slug }) => slug).filter((slug) => slug !== null));
    for (const related of met) expect([['quantum-technology'], ['rs']]).toContainEqual(related);
  });

  it.each(['how is Serbia connected to Kenya?', '塞尔维亚和肯尼亚有什么联系'])(
    'finds both ends of "%s" first',
    async (question) => {
      expect(
        slugs(await find(question))
          .slice(0, 2)
          .toSorted(),
      ).toEqual(['ke', 'rs']);
    },
  );

  it('finds Chinese without spaces by a part of it if nothing has all', async () => {
    const { edges } = await find('量子通信网络');
    const parts = edges.map(({ matched }) => [...new Set(matched.flatMap(({ words }) => words))]);
    for (const words of parts) expect([['量子'], ['通信'], ['网络']]).toContainEqual(words);
    expect(edges[0]?.node.slug).toBe('quantum-technology');
    expect(edges.map(({ node }) => node.slug)).toEqual(
      expect.arrayContaining([
        'ustc-chula-joint-laboratory-for-quantum-science-and-technology',
        'china-myanmar-joint-laboratory-for-radar-and-satellite-communications',
      ]),
    );
  });

  it('understands kinds and classes in Chinese', async () => {
    const [edge] = (await find('非洲 人工智能 联合实验室')).edges;
    expect(edge?.node.slug).toBe('china-mozambique-belt-and-road-joint-laboratory-on-smart-agriculture');
  });

  it.each([
    ['實驗室', '实验室'],
    ['非洲 人工智慧 聯合實驗室', '非洲 人工智慧 联合实验室'],
  ])('finds the same for %s as for %s, whichever of the two a text is written in', async (traditional, simplified) => {
    const found = await find(traditional);
    expect(found).toEqual(await find(simplified));
    expect(found.totalCount).toBeGreaterThan(0);
  });

  it.each([
    ['哥伦比亚', '哥倫比亞'],
    ['摩洛哥', '摩洛哥'],
  ])('finds by the lone name %s, or %s, also what has its English form alone', async (simplified, traditional) => {
    const country = seeds.entities.Country.find(({ nameZh }) => nameZh === simplified);
    const name = String(country?.name);
    const inEnglish = seeds.entities.Lab.find(
      (lab) => String(lab.name).includes(name) && !JSON.stringify(lab).includes(simplified),
    );
    for (const query of [simplified, traditional]) {
      const found = await find(query);
      expect(found.edges[0], query).toMatchObject({ node: { slug: country?.id }, score: 1 });
      const lab = found.edges.find(({ node }) => node.slug === inEnglish?.id);
      expect(lab?.matched, query).toMatchObject([{ words: [simplified], field: 'name', slug: null }]);
      // As for its English name, what is merely related to it is not meant; sources are shown only for their own words.
      const english = (await find(name)).edges.filter(({ node }) => node.__typename !== 'Source');
      expect(slugs(found).toSorted(), query).toEqual(english.map(({ node }) => node.slug).toSorted());
    }
  });

  it('says what each word met', async () => {
    const [edge] = (await find('AI laboratories in Africa')).edges;
    expect(edge?.score).toBeGreaterThan(0.8);
    expect(edge?.matched).toEqual([
      { words: ['ai'], field: null, kind: null, slug: 'artificial-intelligence', text: 'AI', through: ['RESEARCHES'] },
      { words: ['africa'], field: null, kind: null, slug: 'mz', text: 'AFRICA', through: ['PARTNERS_WITH'] },
      { words: ['laboratories'], field: null, kind: 'LAB', slug: null, text: null, through: [] },
    ]);
    const [own] = (await find('Kenya')).edges;
    expect(own?.matched).toEqual([expect.objectContaining({ words: ['kenya'], field: 'name' })]);
  });

  it.each([
    ['universities in Pakistan', 'INSTITUTION'],
    ['巴基斯坦的大学', 'INSTITUTION'],
    ['countries without a laboratory', 'COUNTRY'],
    ['没有联合实验室的国家', 'COUNTRY'],
    ['who runs the China-Africa Innovation Cooperation Center', 'INSTITUTION'],
    ['countries that withdrew', 'COUNTRY'],
    ['Which countries have agriculture labs?', 'COUNTRY'],
    ['countries with more than five labs', 'COUNTRY'],
  ])('forgets no kind that is named: "%s"', async (query, kind) => {
    const found = await find(query);
    expect(found.kinds[0]?.count).toBeGreaterThan(1);
    for (const { node } of found.edges.slice(0, 2)) expect(node.__typename.toUpperCase()).toBe(kind);
  });

  it('shows where a relation is denied none that has it', async () => {
    const met = new Set(slugs(await find('countries without a laboratory', { first: 100 })));
    expect(met.size).toBe(100);
    for (const { from, to, type } of seeds.relations)
      if (type === 'PARTNERS_WITH' && labs.has(from)) expect(met).not.toContain(to);
  });

  it.each([
    ['研究院', 'INSTITUTION'],
    ['centre', 'PLATFORM'],
    ['universities', 'INSTITUTION'],
    ['labs', 'LAB'],
  ])('finds by "%s", which names many things, nothing but its kind', async (query, kind) => {
    const { kinds } = await find(query);
    expect(kinds.map((one) => one.kind)).toEqual([kind]);
    expect(kinds[0]?.count).toBeGreaterThan(20);
  });

  it('finds nothing by such a word beside a name that nothing has', async () => {
    expect((await find('qqqqqq研究院')).totalCount).toBe(0);
    expect((await find('qqqqqq university')).totalCount).toBe(0);
  });

  it('finds everything that is related to all that it names, and nothing else of the kind that it names', async () => {
    const health = new Set(relatedTo('RESEARCHES', areaWithin('health-and-life-sciences')));
    const expected = inBoth(
      health,
      partnersOf(({ region }) => region === 'ASIA'),
    );
    expect(expected.size).toBeGreaterThan(5);
    const found = await find('laboratories of health and life sciences in Asia', { first: 100 });
    expect(found.kinds).toEqual([{ kind: 'LAB', count: found.totalCount }]);
    expect(slugs(found)).toEqual(expect.arrayContaining([...expected]));
  });

  it.each([
    ['ASEAN labs', 'asean'],
    ['labs in the EU', 'eu'],
    ['least developed countries labs', 'ldc'],
    ['上合组织的实验室', 'sco'],
    ['非盟 联合实验室', 'african-union'],
  ])('finds for "%s" all laboratories with partners in a group of countries', async (query, group) => {
    const members = new Set(relatedTo('MEMBER_OF', new Set([group])));
    const expected = partnersOf(({ id }) => members.has(id));
    const found = await find(query, { first: 100 });
    expect(expected.size).toBeGreaterThan(5);
    expect(slugs(found)).toEqual(expect.arrayContaining([...expected]));
  });

  it.each([['South Africa Egypt'], ['how is South Africa connected to Egypt?'], ['南非和埃及']])(
    'finds by "%s" what it names, beside what has both names in a text',
    async (query) => {
      expect(slugs(await find(query)).slice(0, 3)).toEqual(expect.arrayContaining(['za', 'eg']));
    },
  );

  const { Lab, Event, Program, Country } = seeds.entities;
  it.each([
    ['labs recognised in 2019', Lab.filter(({ yearRecognised }) => yearRecognised === 2019)],
    ['2019年认定的实验室', Lab.filter(({ yearRecognised }) => yearRecognised === 2019)],
    ['labs recognised after 2020', Lab.filter(({ yearRecognised }) => Number(yearRecognised ?? 0) > 2020)],
    ['Which events took place in 2023?', Event.filter(({ year }) => year === 2023)],
    ['programmes launched before 2013', Program.filter(({ launchedYear }) => Number(launchedYear ?? 9999) < 2013)],
    ['countries that withdrew in 2023', Country.filter(({ briExitDate }) => String(briExitDate).startsWith('2023'))],
    [
      'countries that joined between 2022 and 2024',
      Country.filter(({ briMouYear }) => [2022, 2023, 2024].includes(Number(briMouYear))),
    ],
  ])('finds for "%s" what has such a date, and nothing else', async (query, expected) => {
    expect(expected).not.toEqual([]);
    expect(slugs(await find(query, { first: 100 })).toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
  });

  it('combines years with what is related, and says which date is meant', async () => {
    const [edge] = (await find('laboratories recognised in 2019 in Kenya')).edges;
    expect(edge?.node.slug).toBe('china-kenya-joint-laboratory-for-crop-molecular-biology');
    expect(edge?.matched).toContainEqual(
      expect.objectContaining({ words: ['recognised', '2019'], field: 'yearRecognised' }),
    );
  });

  it('says of no other name than is there that words met it', async () => {
    const [kenya] = (await find('Kenya and Ethiopia')).edges.filter(({ node }) => node.slug === 'ke');
    expect(kenya?.matched.map(({ words }) => words)).toEqual([['kenya']]);
  });

  it('takes no word of a question for the code of a country', async () => {
    expect(slugs(await find('which countries have no lab'))).not.toContain('no');
    expect(slugs(await find('NO'))[0]).toBe('no');
  });

  it.each([
    ['A.I.', 'AI', 'artificial-intelligence'],
    ['U.K.', 'UK', 'gb'],
    ['EO Paton', 'E.O. Paton', 'eo-paton-electric-welding-institute'],
  ])('finds by %s what it finds by %s', async (one, other, first) => {
    const [found, same] = [await find(one), await find(other)];
    expect(slugs(found)[0]).toBe(first);
    expect(slugs(found).toSorted()).toEqual(slugs(same).toSorted());
  });

  it('forgives typing errors in the names of what is related', async () => {
    expect(slugs(await find('artificial inteligence labs Austria'))).toContain(
      'china-austria-belt-and-road-joint-laboratory-on-artificial-intelligence-and-advanced-manufacturing',
    );
  });

  it('counts its results by country and area, and is narrowed by them', async () => {
    const found = await find('smart agriculture laboratories', { first: 100 });
    const countries = found.facets.find(({ kind }) => kind === 'COUNTRY')?.buckets ?? [];
    expect(countries.length).toBeGreaterThan(2);
    for (const { slug, count } of countries.slice(0, 3)) {
      const narrowed = await find('smart agriculture laboratories', { first: 100, relatedTo: [slug] });
      expect(narrowed.totalCount).toBe(count);
      expect(slugs(found)).toEqual(expect.arrayContaining(slugs(narrowed)));
    }
  });

  it('comes in pages, each result once, best first', async () => {
    const whole = await find('agriculture laboratories in Asia', { first: 100 });
    const pages: string[] = [];
    for (let after: string | null = null; ; ) {
      const page: Found = await find('agriculture laboratories in Asia', { first: 3, after });
      pages.push(...slugs(page));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(pages).toEqual(slugs(whole));
    expect(pages.length).toBeGreaterThan(3);
  });

  it('refuses more related entities than it looks for', async () => {
    const relatedTo = Array.from({ length: 11 }, (_, index) => `a${index}`);
    const { errors } = await server.ask(QUESTION, { query: 'labs', relatedTo });
    expect(errors?.[0]?.extensions?.code).toBe('LIMIT_EXCEEDED');
  });
});
