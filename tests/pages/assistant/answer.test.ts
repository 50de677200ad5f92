import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOf, grownBy } from '../../../src/pages/assistant/answer.ts';
import { leave, naming, speak } from './cooperation-language.ts';

const read = (content: Parameters<typeof answerOf>[0]) => answerOf(content, naming);
const relationsOf = (content: Parameters<typeof answerOf>[0]) =>
  read(content).piece.edges.map(({ relation, from, to }) => `${from.slug} ${relation} ${to.slug}`);

const kenya = { kind: 'COUNTRY', slug: 'ke', name: 'Kenya', sources: [1] };
const serbia = { kind: 'COUNTRY', slug: 'rs', name: 'Serbia' };
const lab = { kind: 'LAB', slug: 'lab', name: 'A laboratory' };
const initiative = { kind: 'PROGRAM', slug: 'bri', name: 'Belt and Road Initiative', sources: [2] };

beforeAll(() => speak('en'));
afterAll(leave);

describe('an answer of a tool', () => {
  it('has the relations that it names, with their sources', () => {
    const relations = [{ from: 'ke', relation: 'PARTICIPATES_IN', to: 'bri', sources: [2, 3] }];
    const content = { paths: [{ length: 1, entities: [kenya, initiative], relations }] };
    expect(relationsOf(content)).toEqual(['ke PARTICIPATES_IN bri']);
    expect([...read(content).sourcesOf.values()]).toEqual([[2, 3]]);
    expect(read(content).piece.nodes.map(({ __typename }) => __typename)).toEqual(['Country', 'Program']);
  });

  it('has relations as they are stored where it has the fields that lead along them', () => {
    const relations = { labs: { total: 1, items: [lab] }, programs: { total: 1, items: [initiative] } };
    expect(relationsOf({ entities: [{ ...kenya, relations }] })).toEqual([
      'lab PARTNERS_WITH ke',
      'ke PARTICIPATES_IN bri',
    ]);
  });

  it('relates each of the compared entities to what they share, and one to what only it has', () => {
    const shared = [{ relation: 'PARTICIPATES_IN', direction: 'FORWARD', ...initiative }];
    const neighbors = [{ relation: 'PARTNERS_WITH', direction: 'BACKWARD', ...lab }];
    const content = { entities: [kenya, serbia], shared, differing: [{ of: 'ke', neighbors }] };
    expect(relationsOf(content)).toEqual(['ke PARTICIPATES_IN bri', 'lab PARTNERS_WITH ke', 'rs PARTICIPATES_IN bri']);
  });

  it('of GraphQL has the types of entities from the fields that list them', () => {
    const nodes = [{ slug: 'lab', name: 'A laboratory', partnerCountries: { nodes: [{ slug: 'ke', name: 'Kenya' }] } }];
    const { piece, total } = read({ data: { labs: { totalCount: 2, nodes } } });
    expect(piece.nodes.map(({ __typename }) => __typename)).toEqual(['Lab', 'Country']);
    expect(piece.edges).toMatchObject([{ relation: 'PARTNERS_WITH', from: { slug: 'lab' }, to: { slug: 'ke' } }]);
    expect(total).toBe(2);
  });

  it('has groups by what they have in common, and those of which nothing is recorded', () => {
    const groups = [
      { keys: [kenya], count: 2 },
      { keys: [null], count: 1 },
    ];
    expect(read({ totalGroups: 2, groups }).groups).toMatchObject([
      { keys: ['Kenya'], count: 2, card: { slug: 'ke' } },
      { keys: [null], count: 1 },
    ]);
    const nodes = [{ keys: [{ value: 'ASIA', entity: null }], count: 60 }];
    const asked = { reading: [], document: '', variables: {}, answer: { labsGroupBy: { totalCount: 1, nodes } } };
    expect(read(asked).groups).toEqual([{ keys: ['ASIA'], count: 60 }]);
  });

  it('to a question says how it was read, and has the relations of its paths', () => {
    const nodes = [kenya, initiative].map(({ kind: _, sources: __, ...entity }) => ({ __typename: 'X', ...entity }));
    const hops = [{ relation: 'PARTICIPATES_IN', from: { slug: 'ke' }, to: { slug: 'bri' } }];
    const reading = [{ words: 'Kenia', role: 'ENTITY', means: 'Kenya', alternatives: [] }];
    const answer = read({
      reading,
      remark: 'Left out: soon.',
      answer: { paths: { paths: [{ length: 1, nodes, hops }] } },
    });
    expect(answer.reading).toEqual([{ words: 'Kenia', entity: 'Kenya' }]);
    expect(answer.remark).toBe('Left out: soon.');
    expect(answer.piece.edges).toMatchObject(hops);
  });

  it('says what a budget cut from it', () => {
    expect(read({ results: [], leftOut: [{ at: 'results', count: 3 }] }).cut).toEqual([{ at: 'results', count: 3 }]);
  });

  it.each([
    {},
    { results: 'none' },
    { data: null },
    { groups: [{ keys: 1 }] },
    { sources: [1, null], results: [[[]]] },
  ])('of another shape has nothing to draw: %j', (content) => {
    const { piece, groups } = read(content);
    expect([piece.nodes, piece.edges, groups]).toEqual([[], [], []]);
  });
});

describe('an answer that grows', () => {
  it('keeps the numbers of its sources, and numbers others after them', () => {
    const source = (n: number, slug: string) => ({ n, slug, name: slug });
    const relation = (sources: number[]) => ({ from: 'ke', relation: 'PARTICIPATES_IN', to: 'bri', sources });
    const first = read({ entities: [kenya], sources: [source(1, 'a')] });
    const more = read({
      entities: [kenya, initiative],
      relations: [relation([1, 2])],
      sources: [source(1, 'b'), source(2, 'a')],
    });
    const grown = grownBy(first, more);
    expect(grown.sources.map(({ n, slug }) => `${n} ${slug}`)).toEqual(['1 a', '2 b']);
    expect([...grown.sourcesOf.values()]).toEqual([[1, 2]]);
    expect(grown.piece.nodes).toHaveLength(2);
  });
});
