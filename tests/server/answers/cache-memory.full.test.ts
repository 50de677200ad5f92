import { buildSchema } from 'graphql';
import { expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import type { GraphRevisions } from '../../../src/engine/changes/log/graph-revisions.ts';
import { createMetrics } from '../../../src/server/observability/metrics.ts';
import { createServer } from '../../../src/service/server.ts';
import { heap } from '../../setup/heap.ts';

const BOUND = 2 ** 23;
const QUESTIONS = 50_000;

const schema = buildSchema('type Query { text(number: Int!, length: Int!): String }');
const field = schema.getQueryType()?.getFields().text;
if (field) {
  field.extensions = { readsGraphAlone: true };
  field.resolve = (_, { number, length }: { number: number; length: number }) => `${number}`.padEnd(length, 'x');
}

const unchanging: GraphRevisions = {
  revision: -1,
  mark: 0,
  isCurrent: () => true,
  refresh: () => true,
  expire: () => {},
  touchEverything: () => {},
  losses: 0,
  bookmarks: async () => [],
};

it('50,000 different questions leave no more in memory than the bound', { timeout: 600_000 }, async () => {
  const metrics = createMetrics();
  const answers = { ontology: cooperation, revisions: () => unchanging, bytes: BOUND };
  const server = createServer({ schema, metrics, context: (read) => read, answers });
  const ask = async (number: number) => {
    const response = await server.fetch('http://silkgraph/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: 'query ($number: Int!, $length: Int!) { text(number: $number, length: $length) }',
        variables: { number, length: 10 ** (number % 4) },
      }),
    });
    await response.arrayBuffer();
  };
  const used = () => heap() + process.memoryUsage().arrayBuffers;
  for (let number = 0; number < 1_000; number += 1) await ask(-1 - number);
  const before = used();
  for (let number = 0; number < QUESTIONS; number += 1) await ask(number);
  const text = await metrics.text();
  expect(text).toContain(`silkgraph_answer_cache_lookups_total{result="miss"} ${1_000 + QUESTIONS}`);
  const bytes = Number(/silkgraph_answer_cache_bytes (\d+)/.exec(text)?.[1]);
  expect(bytes).toBeGreaterThan(BOUND * 0.9);
  expect(bytes).toBeLessThanOrEqual(BOUND);
  // Beside answers, plans and documents, each with a bound of its own. Requests that have ended may hold memory a moment longer.
  await expect.poll(() => used() - before, { interval: 500 }).toBeLessThan(BOUND * 1.25);
});
