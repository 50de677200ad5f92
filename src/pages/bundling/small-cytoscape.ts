import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';

const main = createRequire(import.meta.url).resolve('cytoscape');
const folder = join(dirname(main), '../src');

/** The modules of a folder, but for those that Cytoscape itself or the pages need. */
function modulesBut(path: string, needed: readonly string[]): readonly string[] {
  const names = readdirSync(join(folder, path));
  const missing = needed.filter((name) => !names.includes(name));
  if (missing.length > 0) throw new Error(`${path} of Cytoscape no longer has ${missing.join(', ')}.`);
  return names.filter((name) => !needed.includes(name)).map((name) => join(folder, path, name));
}

/** Modules that the pages do not use: the server finds paths, and `pages/drawing/layout` places entities. */
const unused = new Set([
  ...modulesBut('collection/algorithms', ['index.mjs', 'bfs-dfs.mjs']),
  ...modulesBut('extensions/layout', ['index.mjs', 'null.mjs', 'preset.mjs']),
  ...modulesBut('extensions/renderer/canvas/webgl', []),
]);

/** Bundles Cytoscape from its sources, without the quarter of it that the pages do not use. */
export const smallCytoscape: Plugin = {
  name: 'small-cytoscape',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^cytoscape$/ }, () => ({ path: join(folder, 'index.mjs') }));
    onLoad({ filter: /[\\/]cytoscape[\\/]src[\\/].+\.mjs$/ }, ({ path }) => {
      // Cytoscape's own build sets the version, and the pages do not read it.
      if (path === join(folder, 'version.mjs')) return { contents: "export default ''" };
      // Each exports an object of methods or a class, of which an empty function has what their users read.
      return unused.has(path) ? { contents: 'export default function () {}' } : undefined;
    });
  },
};
