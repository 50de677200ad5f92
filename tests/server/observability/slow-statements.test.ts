import { pino } from 'pino';
import { expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import { createSlowStatements } from '../../../src/server/observability/slow-statements.ts';
import { readingRows } from '../../setup/graph-double.ts';

it('a slow statement is explained with the types of its parameters, so that Neo4j does not plan it again, and without values', async () => {
  const asked: unknown[] = [];
  const graph: Graph = {
    ontology: cooperation,
    read: readingRows(async ({ text }, parameters) => {
      asked.push([text, parameters]);
      return [];
    }),
    write: () => Promise.reject(new Error('Nothing is written.')),
  };
  const { explain } = createSlowStatements(() => graph, pino({ level: 'silent' }));
  const text = 'UNWIND $p0.slugs AS slug RETURN slug, $p1.v0, $p1.v1';
  explain({ name: 'page', text, milliseconds: 2_000, rows: 1 }, 'a');
  expect(asked).toEqual([[`EXPLAIN ${text}`, { p0: {}, p1: {} }]]);
});
