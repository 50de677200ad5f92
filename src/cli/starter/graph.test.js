import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkGraph } from 'silkgraph';
import graph from './graph.js';

test('the seeds and the examples fit the ontology', async () => {
  assert.deepEqual(await checkGraph(graph), []);
});
