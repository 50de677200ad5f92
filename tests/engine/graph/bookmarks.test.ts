import type { Driver } from 'neo4j-driver';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import { GraphError } from '../../../src/engine/graph/errors.ts';
import { createBookmarks, createGraph, type Graph } from '../../../src/engine/graph/graph.ts';
import { readStatistics } from '../../../src/engine/reads/statistics.ts';
import { createContext } from '../../../src/graphql/index.ts';
import { testAddress } from '../../setup/database.ts';

const one = { name: 'test', text: 'RETURN 1' };

let driver: Driver;
let graph: Graph;
beforeAll(async () => {
  const address = await testAddress();
  driver = openDriver(address);
  graph = createGraph(driver, cooperation, address);
});
afterAll(() => driver.close());

it('a write leaves a bookmark, which reads wait for', async () => {
  const bookmarks = createBookmarks();
  await graph.write((run) => run(one, {}), { bookmarks });
  const [left, ...more] = await bookmarks.getBookmarks();
  expect(left).toBeTypeOf('string');
  expect(more).toEqual([]);
  expect(await graph.read(one, {}, { bookmarks: createBookmarks([String(left)]) })).toEqual([[1]]);
});

it('a bookmark that the database does not know stops a read and a write', async () => {
  const bookmarks = createBookmarks(['of another database']);
  await expect(graph.read(one, {}, { bookmarks })).rejects.toThrow(GraphError);
  await expect(graph.write((run) => run(one, {}), { bookmarks })).rejects.toThrow(GraphError);
});

it('the reads and writes of one request share its bookmarks', async () => {
  const bookmarks = createBookmarks();
  const context = createContext(graph, () => readStatistics(graph), { bookmarks });
  await context.graph.write((run) => run(one, {}));
  expect(await bookmarks.getBookmarks()).toHaveLength(1);

  const stopped = createContext(graph, () => readStatistics(graph), { bookmarks: createBookmarks(['unknown']) });
  await expect(stopped.graph.read(one, {})).rejects.toThrow('no bookmark of this graph');
  await expect(stopped.graph.write((run) => run(one, {}))).rejects.toThrow('no bookmark of this graph');
});
