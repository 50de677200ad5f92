import { expect, it } from 'vitest';
import { checkGraph } from '../src/check-graph.ts';
import cooperationGraph from '../src/cooperation/graph.ts';

it('finds no fault with the graph of the product', async () => {
  expect(await checkGraph(cooperationGraph)).toEqual([]);
});
