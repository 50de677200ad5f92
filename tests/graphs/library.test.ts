import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cooperation } from '../../src/cooperation/ontology.ts';
import { generate } from '../../src/data/generate/generate.ts';
import { schema } from '../setup/served.ts';
import { describeGraph } from './any-graph.ts';
import graph, { library } from './library.ts';

describeGraph('a graph of books with references', graph, async () => {
  const out = mkdtempSync(join(tmpdir(), 'silkgraph-library-'));
  await generate(library, { labs: 60, out });
  return out;
});

it('lives in one process with the graph of the product, and neither knows the kinds of the other', () => {
  expect(graph.schema.getType('Book')).toBeDefined();
  expect(graph.schema.getType('Lab')).toBeUndefined();
  expect(schema.getType('Lab')).toBeDefined();
  expect(schema.getType('Book')).toBeUndefined();
  expect(cooperation.isKind('Book')).toBe(false);
});
