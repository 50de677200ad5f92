import { describe, expect, it } from 'vitest';
import { createContext } from '../../../src/schema/index.ts';
import { createServer } from '../../../src/server.ts';
import { readingRows } from '../../setup/graph-double.ts';
import { knownStatistics } from '../../setup/known-statistics.ts';
import { chosenOf } from '../../setup/runs.ts';
import { served } from '../../setup/served.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();

const pages = `query ($filter: LabFilter, $orderBy: [LabOrder!], $first: Int, $after: String, $last: Int, $before: String) {
  labs(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount nodes { slug } pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
  }
}`;

const SMALLEST_LARGE_KIND = 2_001;

/** How many pages were found in the order of the index. */
let inOrder = 0;

/** A server that reads as if there were many labs, and as if many of them had any text. */
const { fetch } = createServer({
  ...served,
  context(read) {
    const { graph } = server;
    const many = {
      ...graph,
      read: readingRows((statement, parameters, options) => {
        const text = statement.text.replace(/( LIMIT toInteger\(\$\S+ \+ 1\) \}) > \S+ THEN/, '$1 >= 0 THEN');
        inOrder += Number(text !== statement.text);
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

async function askOfMany(variables: object) {
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
    ['by name, backward', word, [{ name: 'DESC' }]],
    ['and another condition', { ...word, partnerCountries: { some: { slug: { ne: 'serbia' } } } }, undefined],
    ['that ends with it', { name: { endsWith: 'laboratory' } }, [{ name: 'ASC' }]],
  ];

  it.each(chosenOf(cases, ([name]) => name === 'by name'))(
    'has the pages that it has if the text is rare: %s',
    async (_, filter, orderBy) => {
      let bounds: object = { first: 7 };
      for (const page of [0, 1, 2]) {
        const variables = { filter, orderBy, ...bounds };
        inOrder = 0;
        const answer = await askOfMany(variables);
        expect(inOrder).toBe(1);
        expect(answer).toEqual(await server.ask(pages, variables));
        const { labs } = answer.data;
        expect(labs.nodes.length).toBeGreaterThan(0);
        const { startCursor, endCursor, hasNextPage } = labs.pageInfo;
        if (page === 0 && !hasNextPage) break;
        bounds = page === 0 ? { first: 5, after: endCursor } : { last: 3, before: startCursor };
      }
    },
  );
});
