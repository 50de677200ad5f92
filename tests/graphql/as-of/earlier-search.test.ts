import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { GraphError } from '../../../src/engine/graph/errors.ts';
import { findSnapshotMatches } from '../../../src/history/earlier/snapshot-search.ts';
import { createEstimator } from '../../../src/server/limits/use-cost.ts';
import { askingState, heldSeeds } from '../../setup/seeds-in-memory.ts';
import { schema } from '../../setup/served.ts';
import { statisticsOf } from '../../setup/statistics-of.ts';

const state = heldSeeds();
const ask = askingState(state);

interface Found {
  readonly totalCount: number;
  readonly edges: readonly {
    readonly cursor: string;
    readonly score: number;
    readonly node: { readonly slug: string; readonly name: string };
    readonly highlight: readonly { readonly field: string; readonly text: string }[];
  }[];
  readonly kinds: readonly { readonly kind: string; readonly count: number }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean; readonly endCursor: string };
}

const QUESTION = `query ($query: String!, $kinds: [EntityKind!], $first: Int = 100, $after: String) {
  search(query: $query, kinds: $kinds, first: $first, after: $after) {
    totalCount
    edges { cursor score node { slug name } highlight { field text } }
    kinds { kind count }
    pageInfo { hasNextPage hasPreviousPage endCursor }
  }
}`;

async function find(query: string, variables: Record<string, unknown> = {}): Promise<Found> {
  const { data, errors } = await ask(QUESTION, { query, ...variables });
  expect(errors).toBeUndefined();
  return data.search;
}

const slugsOf = ({ edges }: Found) => edges.map(({ node }) => node.slug);
const bestOf = async (query: string) => {
  const [best] = (await find(query, { first: 1 })).edges;
  return [best?.node.slug, best?.score];
};

describe('a search of an earlier state finds', () => {
  it('the very name first, then names that have the word, then those with words that begin so', async () => {
    const { edges } = await find('kenya');
    expect(edges[0]).toMatchObject({ node: { slug: 'ke' }, score: 1 });
    const scores = edges.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((left, right) => right - left));
    expect(new Set(scores.map((score) => Math.floor(10 * score)))).toEqual(new Set([10, 7, 6]));
    expect(edges.at(-1)?.node.name).toContain('Kenyatta');
  });

  it('what has the words in other names, or in names of either sort', async () => {
    const { edges } = await find('kenya republic');
    expect(edges[0]).toMatchObject({ node: { slug: 'ke' }, score: 0.59 });
    const [both] = (await find('肯尼亚 republic')).edges;
    expect(both).toMatchObject({ node: { slug: 'ke' }, score: expect.closeTo(0.49, 9) });
  });

  it.each([
    ['KEN', 'ke', 0.95],
    ['china-kenya joint laboratory for crop molecular biology', expect.stringContaining('china-kenya'), 1],
    ['china kenya joint laboratory for crop molecular biology', expect.stringContaining('china-kenya'), 0.95],
  ])('%s by its name, code or slug', async (query, slug, score) => {
    expect(await bestOf(query)).toEqual([slug, score]);
  });

  it('Chinese names, simplified or traditional, and parts of them', async () => {
    const simplified = await find('肯尼亚');
    expect(simplified.edges[0]).toMatchObject({ node: { slug: 'ke' }, score: 1 });
    expect(simplified.totalCount).toBeGreaterThan(1);
    const traditional = await find('肯尼亞');
    expect(traditional.edges.map(({ score }) => score)).toEqual(simplified.edges.map(({ score }) => score));
    expect(slugsOf(traditional)).toEqual(slugsOf(simplified));
    expect((await find('亚尼肯')).totalCount).toBe(0);
  });

  it('names without regard to accents and case, and after an elided article', async () => {
    for (const query of ["côte d'ivoire", "COTE D'IVOIRE", 'cote d’ivoire']) {
      expect(await bestOf(query), query).toEqual(['ci', 1]);
    }
    expect(slugsOf(await find('ivoire'))).toContain('ci');
  });

  it('no typing errors, nothing by texts alone, and nothing that has only some of the words', async () => {
    expect((await find('artificial inteligence')).totalCount).toBe(0);
    expect((await find('kenya zzz')).totalCount).toBe(0);
    for (const { highlight } of (await find('crop')).edges) expect(JSON.stringify(highlight)).toMatch(/<em>crop/i);
  });

  it('abbreviations with dots and without', async () => {
    const dotted = await find('u.s.');
    expect(dotted.edges[0]).toMatchObject({ node: { slug: 'us' }, score: 1 });
    expect(slugsOf(await find('us'))).toEqual(expect.arrayContaining([...slugsOf(dotted)]));
  });

  it('only entities of the kinds asked for', async () => {
    const all = await find('kenya');
    expect(all.kinds.length).toBeGreaterThan(2);
    expect(all.kinds.reduce((sum, { count }) => sum + count, 0)).toBe(all.totalCount);
    const labs = await find('kenya', { kinds: ['LAB'] });
    expect(labs.kinds).toEqual(all.kinds.filter(({ kind }) => kind === 'LAB'));
    expect((await find('kenya', { kinds: [] })).totalCount).toBe(0);
  });

  it('whoever has an identifier, by it or its address', async () => {
    for (const query of ['http://www.wikidata.org/entity/Q228', 'Q228'])
      expect((await find(query)).edges, query).toMatchObject([{ node: { slug: 'ad' }, score: 1 }]);
  });
});

it('pages of a search of an earlier state follow each other', async () => {
  const whole = await find('china');
  const slugs: string[] = [];
  let after: string | null = null;
  for (let page = 0; ; page += 1) {
    const found: Found = await find('china', { first: 7, after });
    expect(found.totalCount).toBe(whole.totalCount);
    expect(found.pageInfo.hasPreviousPage).toBe(page > 0);
    slugs.push(...slugsOf(found));
    if (!found.pageInfo.hasNextPage || page === 10) break;
    after = found.pageInfo.endCursor;
  }
  expect(slugs.slice(0, 77)).toEqual(slugsOf(whole).slice(0, 77));
  expect(new Set(slugs).size).toBe(77);
});

it('a search of an earlier state ends with the time of its request', async () => {
  const wants = { highlights: false, matched: false, kinds: false, facets: false };
  const request = { query: 'zzz', kinds: null, size: 1, after: null, bound: 10, relatedTo: [], wants };
  let turns = 0;
  const pace = async () => {
    turns += 1;
    if (turns === 3) throw new GraphError('TIMEOUT', 'The time is over.');
  };
  await expect(findSnapshotMatches(state, request, pace)).rejects.toThrow('The time is over.');
  expect(turns).toBe(3);
});

it('words are marked in the names of an earlier state', async () => {
  const [best] = (await find('keny', { kinds: ['COUNTRY'] })).edges;
  expect(best?.highlight).toContainEqual({ field: 'name', text: '<em>Kenya</em>' });
});

describe('what search does not know of an earlier state is refused', () => {
  const refusal = (name: string) =>
    expect.objectContaining({
      message: expect.stringContaining(`\`${name}\` is about today alone`),
      extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }),
    });

  const costOf = (selection: string, statistics = statisticsOf()) =>
    createEstimator()({ schema, document: parse(`query @asOf(revision: 1) { ${selection} }`) }, statistics)
      ?.estimated ?? 0;

  it.each([
    ['SearchConnection.facets', 'search(query: "x") { facets { others } }'],
    ['SearchEdge.matched', 'search(query: "x") { edges { matched { words } } }'],
  ])('%s, before anything runs', (name, selection) => {
    expect(() => costOf(selection)).toThrow(refusal(name));
  });

  it('relatedTo, unless it is empty', async () => {
    const asked = (ids: string) => ask(`{ search(query: "kenya", relatedTo: ${ids}) { totalCount } }`);
    expect((await asked('["ke"]')).errors).toEqual([refusal('relatedTo')]);
    expect((await asked('[]')).data.search.totalCount).toBeGreaterThan(0);
  });

  it('and its cost is that of all entities of the kinds', () => {
    const many = statisticsOf({ Lab: 1_000_000 });
    const more = (kinds: string) =>
      costOf(`search(query: "x"${kinds}) { totalCount }`, many) - costOf(`search(query: "x"${kinds}) { totalCount }`);
    expect(more('')).toBe(more(', kinds: [LAB, LAB]'));
    expect(more('')).toBeGreaterThan(900_000);
    expect(more(', kinds: [COUNTRY]')).toBe(0);
  });
});
