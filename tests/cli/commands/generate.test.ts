import { expect, it } from 'vitest';
import { importAdvice } from '../../../src/cli/commands/generate.ts';

it('generated files are to be imported into a database of their own', () => {
  expect(importAdvice({}, 'data/').slice(-2)).toEqual([
    '  SILKGRAPH_FOLDER=data-graph npx silkgraph import data/',
    '  SILKGRAPH_FOLDER=data-graph npx silkgraph start',
  ]);
});

it('generated files of another graph are to be imported into an empty Neo4j at an address where one is set', () => {
  const neo4j = { uri: 'bolt://db', username: 'neo4j', password: 'x' };
  expect(importAdvice({ neo4j, graph: 'books.js' }, 'data').slice(-3)).toEqual([
    'Set NEO4J_URI to an empty Neo4j, then run:',
    '  npx silkgraph import --graph books.js data',
    '  npx silkgraph start --graph books.js',
  ]);
});
