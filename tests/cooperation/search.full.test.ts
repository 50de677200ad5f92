import { expect, it } from 'vitest';
import { seeds } from '../setup/seeds.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const server = silkgraph();

const found = async (query: string, kinds?: readonly string[]): Promise<readonly string[]> => {
  const question =
    'query ($query: String!, $kinds: [EntityKind!]) { search(query: $query, kinds: $kinds, first: 100) { edges { node { slug } } } }';
  const { search } = await server.data(question, { query, kinds });
  return search.edges.map(({ node }: { node: { slug: string } }) => node.slug);
};

const related = (type: string, from: string) =>
  seeds.relations.filter((relation) => relation.type === type && relation.from === from).map(({ to }) => to);

it.each([
  ['敦煌研究院', 'dunhuang-academy'],
  ['敦煌', 'dunhuang-academy'],
  ['科技部', 'most-china'],
  ['中科院', 'chinese-academy-of-sciences'],
  ['中国科大', 'university-of-science-and-technology-of-china'],
  ['北航', 'beihang-university'],
  ['畜牧学', 'animal-husbandry'],
  ['蒙古国', 'mn'],
  ['东南亚', 'southeast-asia'],
  ['西亚', 'west-asia'],
  ['北非', 'north-africa'],
  ['巴尔干', 'balkans'],
  ['Middle East', 'middle-east'],
  ['Balkans', 'balkans'],
])('search finds %s first by a name in either language', async (query, slug) => {
  expect((await found(query))[0]).toBe(slug);
});

it.each([
  ['中东 实验室', 'middle-east', 'china-saudi-arabia-belt-and-road-joint-laboratory-on-petroleum-energy'],
  ['laboratory Middle East', 'middle-east', 'china-egypt-renewable-energy-joint-laboratory'],
  ['东南亚 实验室', 'southeast-asia', 'china-cambodia-food-industry-joint-laboratory'],
  ['laboratory Balkans', 'balkans', 'china-serbia-joint-laboratory-for-natural-products-and-drug-discovery'],
])('search for %s finds the laboratories with the countries of the region', async (query, region, slug) => {
  const labs = await found(query, ['LAB']);
  expect(labs).toContain(slug);
  const [first = ''] = labs;
  const countries = related('PARTNERS_WITH', first);
  expect(countries.flatMap((country) => related('MEMBER_OF', country))).toContain(region);
});
