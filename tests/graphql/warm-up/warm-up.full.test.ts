import { execute, type GraphQLObjectType, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import type { Row } from '../../../src/engine/graph/statement.ts';
import type { StatementTiers } from '../../../src/engine/planning/statement-tiers.ts';
import { createContext } from '../../../src/graphql/index.ts';
import { warmUp } from '../../../src/graphql/warm-up/warm-up.ts';
import { readingRows } from '../../setup/graph-double.ts';
import { neverPlanned } from '../../setup/never-planned.ts';
import { schema } from '../../setup/served.ts';
import { statisticsOf } from '../../setup/statistics-of.ts';

const statistics = async () => statisticsOf();

/** Tiers that plan at once, and a graph that only tells what it was asked. */
function recorded(answerTo: (text: string) => readonly Row[] = () => []) {
  const [planned, ran, names]: [string[], string[], string[]] = [[], [], []];
  const tiers: StatementTiers = {
    ...neverPlanned,
    plan: async ({ text }) => void planned.push(text),
  };
  const read = readingRows(async ({ name, text }) => {
    ran.push(text);
    names.push(name);
    return answerTo(text);
  });
  const graph: Graph = { ontology: cooperation, read, write: () => Promise.reject(new Error('There is no database.')) };
  return { planned, ran, names, tiers, graph };
}

async function warmedUp(documents: readonly string[], signal = new AbortController().signal) {
  const { planned, ran, tiers, graph } = recorded();
  await warmUp({ schema, graph, statistics, tiers, documents, signal });
  // What a search reads runs last, with nothing to find.
  const isSearch = (text: string) => /\$(?:named|category|related|faceted|explained)\./.test(text);
  return { planned, ran: ran.filter((text) => !isSearch(text)), searched: ran.filter(isSearch) };
}

let common: ReturnType<typeof warmedUp> | undefined;

/** The same without documents, which takes a second and is always the same. */
function commonlyWarmedUp() {
  common ??= warmedUp([]);
  return common;
}

/** What runs in a warm-up because of some documents. */
async function ranFor(documents: readonly string[]) {
  const common = new Set((await commonlyWarmedUp()).ran);
  const { planned, ran } = await warmedUp(documents);
  return { planned, ran: ran.filter((text) => !common.has(text)) };
}

describe('after a warm-up', () => {
  it('a question over relations that are neither filtered nor ordered consists of statements that are planned', async () => {
    const { planned } = await commonlyWarmedUp();
    const asked = recorded((text) => (text.includes('(n0:Lab)') ? [[['a', 'A'], 'A', 'a']] : []));
    const document = parse(
      '{ labs(first: 3) { nodes { name institutions(first: 9) { totalCount edges { cursor role node { name } } } areas { nodes { slug } } } } }',
    );
    const contextValue = createContext(asked.graph, statistics, { tiers: asked.tiers });
    await execute({ schema, document, contextValue });
    expect(asked.ran).toHaveLength(4);
    for (const text of asked.ran) expect(planned).toContain(text);
  });

  it.each([
    '(filter: { description: { contains: "laser" } }) { nodes { name } }',
    '(filter: { status: { eq: ESTABLISHED } }) { totalCount }',
    '(filter: { partnerGroups: { some: { slug: { eq: "brics" } } } }) { nodes { batch } totalCount }',
    '(filter: { sources: { none: {} } }) { edges { cursor node { slug } } }',
    '(filter: { events: { some: { year: { exists: false } } } }) { nodes { slug } }',
    '(orderBy: [{ yearRecognised: DESC }]) { nodes { cities } }',
    '(orderBy: [{ events: { count: DESC } }]) { nodes { name } }',
    '{ facets(by: [STATUS, YEAR_RECOGNISED, INSTITUTIONS]) { by buckets { value count } } }',
  ])('so does one with a common condition, order or facet: labs%s', async (list) => {
    const { planned } = await commonlyWarmedUp();
    for (const query of [`{ labs${list} }`, `{ area(slug: "a") { slug labs${list} } }`]) {
      const asked = recorded((text) => (text.includes('slugs') && !text.includes('CALL') ? [[['a']]] : []));
      const contextValue = createContext(asked.graph, statistics, { tiers: asked.tiers });
      await execute({ schema, document: parse(query), contextValue });
      expect(asked.ran.length).toBeGreaterThan(0);
      for (const text of asked.ran) expect(planned).toContain(text);
    }
  });

  it('traversals from entities that there are were asked, and each gap', async () => {
    const { names, tiers, graph } = recorded((text) =>
      text.includes('(n0:Area)') && text.includes('DESC') ? [[[['hub'], ['other']]]] : [],
    );
    const signal = new AbortController().signal;
    await warmUp({ schema, graph, statistics, tiers, documents: [], signal });
    const first = (prefix: string) => names.filter((name) => name.startsWith(prefix)).length;
    expect([first('neighborhood'), first('similar'), first('entities-present')]).toEqual([1, 1, 1]);
    // Each number of steps begins with its own statements.
    expect(first('paths')).toBeGreaterThanOrEqual(4);
    expect(first('gaps')).toBe(Object.keys((schema.getType('Gaps') as GraphQLObjectType).getFields()).length);
  });

  it('other reads that are likely have run, before the documents, with a time limit', async () => {
    const { ran, tiers, graph } = recorded();
    const signal = new AbortController().signal;
    const reads = [(limited: Graph) => limited.read({ name: 'page', text: 'RETURN 1' }, {})];
    await warmUp({ schema, graph, statistics, tiers, documents: ['{ labs { totalCount } }'], reads, signal });
    expect(ran[0]).toBe('RETURN 1');
    expect(ran.length).toBeGreaterThan(1);
  });

  it('the statement of a document is planned as a whole, and the document was asked once', async () => {
    const { planned, ran } = await ranFor([
      'query ($slug: String!, $first: Int) { lab(slug: $slug) { areas(first: $first) { nodes { definition } } } }',
    ]);
    expect(ran).toHaveLength(1);
    expect(planned).toContain(ran[0]);
    expect(ran[0]).toContain('.definition');
  });

  it('the statements of a search by words that mean something were asked, for nothing', async () => {
    const { searched } = await commonlyWarmedUp();
    expect(searched.map((text) => text.split('\n')[0])).toEqual([
      'UNWIND $named.queries AS asked',
      expect.stringMatching(/^MATCH \(node:\w+ \{\w+: \$category\.value\}\)/),
      'UNWIND range(0, size($related.units) - 1) AS position',
      'UNWIND $faceted.slugs AS slug',
      'UNWIND $explained.slugs AS slug',
    ]);
  });

  it('nothing of another kind of operation was asked', async () => {
    const { ran } = await ranFor([
      'mutation { delete(input: { entity: { kind: LAB, id: "a" } }) { outcome } }',
      'subscription { changes { at } }',
    ]);
    expect(ran).toEqual([]);
  });
});

describe('a warm-up', () => {
  it('gives way to callers, and goes on once the database is idle', async () => {
    const { planned, ran, tiers, graph } = recorded();
    const { signal } = new AbortController();
    let asked = 0;
    const startedAt: number[] = [];
    const isBusy = () => {
      asked += 1;
      if (planned.length + ran.length > 0) startedAt.push(asked);
      return asked < 4;
    };
    await warmUp({ schema, graph, statistics, tiers, documents: ['{ labs { totalCount } }'], isBusy, signal });
    expect(ran.length).toBeGreaterThan(0);
    // Three looks found callers, and more found none for a while before anything ran.
    expect(startedAt[0]).toBeGreaterThan(6);
  });

  it('gives up soon on a question that is planned, and is patient with a statement that is planned as it runs', async () => {
    const { tiers, graph } = recorded();
    const limits = new Map<string, number | undefined>();
    const timed: Graph = {
      ...graph,
      read: (statement, parameters, options) => {
        limits.set(statement.name, options?.timeout);
        return graph.read(statement, parameters, options);
      },
    };
    const documents = ['{ labs { nodes { slug } } suggest(prefix: "a") { name } }'];
    const { signal } = new AbortController();
    await warmUp({ schema, graph: timed, statistics, tiers, documents, signal });
    expect(limits.get('connection-Lab')).toBe(1_000);
    expect(limits.get('suggest')).toBe(20_000);
  });

  it('plans what it is given before the parts of other questions', async () => {
    const { planned } = await warmedUp(['{ labs { nodes { motto: name } } }']);
    expect(planned.findIndex((text) => text.includes('Lab'))).toBe(0);
    expect(planned.length).toBeGreaterThan(10);
  });

  it('ends once it is told to', async () => {
    const { planned, ran } = await warmedUp(['{ labs { totalCount } }'], AbortSignal.abort());
    expect([...planned, ...ran]).toEqual([]);
  });
});
