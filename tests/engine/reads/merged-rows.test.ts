import { execute, parse } from 'graphql';
import type { Driver, Plan } from 'neo4j-driver';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import { mergedRows } from '../../../src/engine/reads/merged-rows.ts';
import { createContext } from '../../../src/graphql/index.ts';
import { anyQuestions } from '../../setup/any-question.ts';
import { testAddress } from '../../setup/database.ts';
import { readingRows } from '../../setup/graph-double.ts';
import { mergedBesideLists } from '../../setup/merged-beside-lists.ts';
import { runs } from '../../setup/runs.ts';
import { allSlugs } from '../../setup/seed-graph.ts';
import { schema, served } from '../../setup/served.ts';
import { statisticsOf } from '../../setup/statistics-of.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

const ask = (graph: Graph, query: string) =>
  execute({
    schema,
    document: parse(query),
    contextValue: createContext(graph, async () =>
      statisticsOf({ Lab: 20_000, Institution: 4_000, HOSTED_BY: 60_000, RESEARCHES: 100_000, COVERS: 5_000 }),
    ),
  });

const ofHub = 'filter: { yearRecognised: { gte: 2010 }, institutions: { some: { country: { slug: { eq: "cn" } } } } }';
const list = `{ labs(first: 2, ${ofHub}) { totalCount nodes { slug } facets(by: [STATUS, INSTITUTIONS]) { buckets { value count } } } }`;
const page = `{ labs(first: 2, ${ofHub}) { nodes { slug } } }`;
const groups = `{ labsGroupBy(by: [AREAS, INSTITUTIONS], first: 2, ${ofHub}) { totalCount nodes { count } } }`;
const shared = '{ labs { nodes { areas { nodes { name programs { nodes { name } } } } } } }';
const pattern =
  '{ match(pattern: { entities: [{ as: "lab", kind: LAB }, { as: "area", kind: AREA }], relations: [{ type: RESEARCHES, from: "lab", to: "area" }] }, return: ["area"]) { totalCount nodes { entities { slug } } } }';

/** The texts that a question makes the server run. */
async function textsOf(query: string): Promise<readonly string[]> {
  const texts: string[] = [];
  const read = readingRows(async ({ text }) => {
    texts.push(text);
    return [];
  });
  await ask({ ontology: cooperation, read, write: () => Promise.reject(new Error('There is no database.')) }, query);
  return texts;
}

describe('rows that are merged beside a list', () => {
  it.each<[string, string]>([
    ['distinct', 'WITH h1, COUNT { UNWIND h1 AS n2 MATCH (n0)--(n2) WITH DISTINCT n0 MATCH (n0:Lab) RETURN n0 } AS c'],
    [
      'grouped',
      'RETURN COLLECT { MATCH (n0) WHERE n0 IN h1 WITH n0.status AS v2, count(*) AS c ORDER BY c RETURN [v2, c] }',
    ],
    ['below', 'RETURN [COLLECT { UNWIND b1 AS x WITH DISTINCT x[0] AS s MATCH (n {id: s}) RETURN n.id }]'],
  ])('are recognised where they are %s', (_, text) => {
    expect(mergedBesideLists(text)).toHaveLength(1);
  });

  it.each<[string, string]>([
    [
      'in a call',
      'RETURN COUNT { CALL (h1) { UNWIND h1 AS n2 MATCH (n0)--(n2) RETURN DISTINCT n0 } MATCH (n0:Lab) RETURN n0 }',
    ],
    ['by RETURN', 'RETURN COUNT { UNWIND h1 AS n2 MATCH (n0)--(n2) RETURN DISTINCT n0 }'],
    ['without it', 'WITH h1, COLLECT { MATCH (n0:Lab) WITH n0.status AS v2, count(*) AS c RETURN [v2, c] } AS a'],
    ['into one', 'RETURN COLLECT { UNWIND h1 AS n2 WITH collect(n2) AS l3 UNWIND l3 AS n4 RETURN n4 }'],
  ])('are not found %s', (_, text) => {
    expect(mergedBesideLists(text)).toEqual([]);
  });

  it('are in no statement, whatever is asked', async () => {
    const { numRuns, seed } = runs(2_000, 150);
    const random = anyQuestions(served.schema, numRuns, { slugs: allSlugs, seed });
    const calls: string[] = [];
    for (const query of [list, page, groups, shared, pattern, ...random]) {
      for (const text of await textsOf(query)) {
        expect(mergedBesideLists(text), `${query} ${text}`).toEqual([]);
        calls.push(...(text.match(/CALL \([hb](?=\d)/g) ?? []));
      }
    }
    expect(new Set(calls)).toEqual(new Set(['CALL (h', 'CALL (b']));
  });
});

describe('Neo4j', () => {
  let driver: Driver;
  beforeAll(async () => {
    driver = openDriver(await testAddress());
  });
  afterAll(() => driver.close());

  const keysIn = ({ operatorType, arguments: details, children }: Plan): readonly string[] => [
    ...(/Distinct|Aggregation/.test(operatorType) ? [String(details.Details)] : []),
    ...children.flatMap(keysIn),
  ];

  async function keysOf(columns: string, result: string, lists: readonly string[]): Promise<readonly string[]> {
    const ahead = 'WITH COLLECT { MATCH (n1:Institution) RETURN n1 } AS h0';
    const merged = mergedRows('UNWIND h0 AS n2 MATCH (n3)-[:HOSTED_BY]->(n2)', columns, lists);
    const session = driver.session();
    const { summary } = await session.run(`EXPLAIN ${ahead} RETURN COLLECT { ${merged} RETURN ${result} } AS a`);
    await session.close();
    return summary.plan ? keysIn(summary.plan) : [];
  }

  it('compares an outer list with every row that is merged by WITH, and none that is merged in a call', async () => {
    expect(await keysOf('DISTINCT n3', 'n3.id', [])).toEqual(['n3, h0']);
    expect(await keysOf('DISTINCT n3', 'n3.id', ['h0'])).toEqual(['n3']);
    const counts = 'n3.status AS v4, count(*) AS c5';
    expect(await keysOf(counts, '[v4, c5]', [])).toEqual(['n3.status AS v4, h0, count(*) AS c5']);
    expect(await keysOf(counts, '[v4, c5]', ['h0'])).toEqual(['n3.status AS v4, count(*) AS c5']);
  });
});
