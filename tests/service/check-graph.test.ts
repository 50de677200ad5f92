import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { explain } from '../../src/cli/commands/explain.ts';
import cooperationGraph from '../../src/cooperation/graph.ts';
import { checkGraph } from '../../src/service/check-graph.ts';
import { ownDocuments } from '../../src/service/own-documents.ts';
import library from '../graphs/library.ts';

const folder = mkdtempSync(join(tmpdir(), 'silkgraph-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What `silkgraph start` says of examples. */
function saidOf(examples: string): string {
  try {
    ownDocuments(examples);
  } catch (error) {
    return explain(error);
  }
  return 'nothing';
}

it('a check finds no fault in the seeds, examples and queries of the product', async () => {
  expect(await checkGraph(cooperationGraph)).toEqual([]);
});

it('a check and the start say in one sentence where examples cannot be read, or what one lacks', async () => {
  writeFileSync(join(folder, '01-books.graphql'), '{ books { totalCount } }');
  const absent = join(folder, 'absent');
  for (const [examples, words] of [
    [absent, `The folder of examples, ${absent}, cannot be read (ENOENT). Name it as seen from the module:`],
    [folder, '01-books.graphql does not begin with a comment that describes its result'],
  ] as const) {
    expect(await checkGraph({ ...library, seeds: undefined, examples })).toEqual([expect.stringContaining(words)]);
    expect(saidOf(examples)).toContain(words);
    expect(saidOf(examples)).not.toContain('Unexpected error');
  }
});
