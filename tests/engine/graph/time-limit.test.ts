import { expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import type { Graph, ReadOptions, WriteOptions } from '../../../src/engine/graph/graph.ts';
import { withTimeLimit } from '../../../src/engine/graph/time-limit.ts';

it('limits reads and writes that set no time of their own', async () => {
  const reads: (ReadOptions | undefined)[] = [];
  const writes: (WriteOptions | undefined)[] = [];
  const graph: Graph = {
    ontology: cooperation,
    read: async (_statement, _parameters, options) => {
      reads.push(options);
      return [];
    },
    write: async (_work, options) => {
      writes.push(options);
      return undefined as never;
    },
  };
  const limited = withTimeLimit(graph, 5_000);
  const statement = { name: 'any', text: 'RETURN 1' };
  await limited.read(statement, {});
  await limited.read(statement, {}, { timeout: 100 });
  await limited.write(async () => {});
  await limited.write(async () => {}, { timeLeft: () => 100 });
  expect(reads.map((options) => options?.timeout)).toEqual([5_000, 100]);
  const [first, second] = writes.map((options) => options?.timeLeft?.());
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThanOrEqual(5_000);
  expect(second).toBe(100);
});
