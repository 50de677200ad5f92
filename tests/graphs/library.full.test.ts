import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from '../../src/doors/data/generate/generate.ts';
import { describeGraph } from './any-graph.ts';
import graph, { library } from './library.ts';

describeGraph('a graph of books with references', graph, async () => {
  const out = mkdtempSync(join(tmpdir(), 'silkgraph-library-'));
  await generate(library, { labs: 60, out });
  return out;
});
