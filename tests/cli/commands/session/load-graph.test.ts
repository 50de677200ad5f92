import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { GraphNotLoaded, loadGraph } from '../../../../src/cli/commands/session/load-graph.ts';
import cooperation from '../../../../src/cooperation/graph.ts';

const folder = mkdtempSync(join(tmpdir(), 'silkgraph-module-'));
afterAll(() => rmSync(folder, { recursive: true }));

function module(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('the graph of a command', () => {
  it('is that of the product where no other is named', async () => {
    expect(await loadGraph(undefined)).toBe(cooperation);
  });

  it.each([
    ['exports nothing by default', 'nothing.js', 'export const graph = 1;', /nothing\.js exports no graph by default/],
    [
      'imports another copy of this package',
      'other.js',
      "export default { [Symbol.for('silkgraph')]: 'file:///elsewhere/silkgraph.js' };",
      /other\.js imports another copy of silkgraph, \/elsewhere\/silkgraph\.js\. Run the command of that copy/,
    ],
    [
      'throws',
      'throwing.js',
      "throw new Error('No.');",
      /throwing\.js could not be loaded: No\.\nTo see where, run: node .*throwing\.js$/,
    ],
    [
      'has a mistake in its syntax',
      'syn tax.js',
      'export default {',
      /could not be loaded: .*\nTo see where, run: node ".*syn tax\.js"$/,
    ],
    [
      'imports a package that is not installed',
      'lacking.js',
      "import 'no-such-package';",
      /lacking\.js imports the package no-such-package, which is not installed beside it\. Run npm install no-such-package/,
    ],
  ])('is refused where its module %s', async (_, name, text, words) => {
    const loaded = loadGraph(module(name, text));
    await expect(loaded).rejects.toThrow(GraphNotLoaded);
    await expect(loaded).rejects.toThrow(words);
  });
});
