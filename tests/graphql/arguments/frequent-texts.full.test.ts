import { describe, expect, it } from 'vitest';
import type { Parameters } from '../../../src/engine/graph/graph.ts';
import { createContext } from '../../../src/graphql/index.ts';
import { createServer } from '../../../src/service/server.ts';
import { explain } from '../../setup/explain.ts';
import { readingRows } from '../../setup/graph-double.ts';
import { knownStatistics } from '../../setup/known-statistics.ts';
import { served } from '../../setup/served.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();

const pages = `query ($filter: LabFilter, $orderBy: [LabOrder!], $first: Int, $after: String, $last: Int, $before: String) {
  labs(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount nodes { slug } pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
  }
}`;

const SMALLEST_LARGE_KIND = 2_001;

/** The statements that found a page in the order of the index. */
const inOrder: { readonly text: string; readonly parameters: Parameters }[] = [];

/** A server that reads as if there were many labs, and as if many of them had any text. */
const { fetch } = createServer({
  ...served,
  context(read) {
    const { graph } = server;
    const many = {
      ...graph,
      read: readingRows((statement, parameters, options) => {
        const text = statement.text.replace(/( LIMIT toInteger\(\$\S+ \+ 1\) \}) > \S+ THEN/, '$1 >= 0 THEN');
        if (text !== statement.text) inOrder.push({ text, parameters: { ...parameters } });
        return graph.read({ ...statement, text }, parameters, options);
      }),
    };
    const ofSeeds = knownStatistics('seeds', graph);
    const statistics = async () => {
      const known = await ofSeeds();
      return { ...known, entities: { ...known.entities, Lab: SMALLEST_LARGE_KIND } };
    };
    return createContext(many, statistics, read);
  },
});

async function askOfMany(variables: Record<string, unknown>) {
  const response = await fetch('http://silkgraph/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query: pages, variables }),
  });
  return response.json();
}

describe('a list of entities that have a frequent text', () => {
  const word = { name: { contains: 'laboratory' } };

  const cases: readonly (readonly [string, filter: object, orderBy: readonly object[] | undefined])[] = [
    ['by name', word, undefined],
    ['by name, descending', word, [{ name: 'DESC' }]],
    ['that ends with it', { name: { endsWith: 'laboratory' } }, [{ name: 'ASC' }]],
  ];

  it.each(cases)('has the pages that it has if the text is rare: %s', async (_, filter, orderBy) => {
    let bounds: object = { first: 7 };
    for (const page of [0, 1, 2]) {
      const variables = { filter, orderBy, ...bounds };
      inOrder.length = 0;
      const answer = await askOfMany(variables);
      expect(inOrder).toHaveLength(1);
      expect(answer).toEqual(await server.ask(pages, variables));
      const { labs } = answer.data;
      expect(labs.nodes.length).toBeGreaterThan(0);
      const { startCursor, endCursor, hasNextPage } = labs.pageInfo;
      if (page === 0 && !hasNextPage) break;
      bounds = page === 0 ? { first: 5, after: endCursor } : { last: 3, before: startCursor };
    }
  });

  it('is read in the order of the index, and only equal names are sorted', async () => {
    inOrder.length = 0;
    await askOfMany({ filter: word, first: 7 });
    const [{ text, parameters } = { text: '', parameters: {} }] = inOrder;
    // Neo4j does not show the plans of what a CASE may choose.
    const [, walked = ''] = /THEN (COLLECT \{.*\}) ELSE/.exec(text) ?? [];
    const operators = await explain(server.driver, { text: `RETURN ${walked}`, parameters });
    expect(operators.filter((operator) => /Top|Sort|Index/.test(operator))).toEqual(['PartialTop', 'NodeIndexScan']);
  });
});
