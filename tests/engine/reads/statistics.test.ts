import { expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import { withTimeLimit } from '../../../src/engine/graph/time-limit.ts';
import { keepStatistics } from '../../../src/engine/reads/statistics.ts';
import { readingRows } from '../../setup/graph-double.ts';

it('statistics have the time that a database needs that has just started, also where other reads have less', async () => {
  const limits: (number | undefined)[] = [];
  const graph: Graph = {
    ontology: cooperation,
    read: readingRows(async (_statement, _parameters, options) => {
      limits.push(options?.timeout);
      return [];
    }),
    write: () => Promise.reject(new Error('There is no database.')),
  };
  await keepStatistics(withTimeLimit(graph, 5_000))();
  expect(new Set(limits)).toEqual(new Set([60_000]));
});
