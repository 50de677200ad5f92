import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { createAssets, hashedName } from '../bundling/assets.ts';
import { chineseFont } from '../bundling/chinese-font.ts';
import { noticesOf } from '../bundling/notices.ts';
import { smallCytoscape } from '../bundling/small-cytoscape.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const require = createRequire(import.meta.url);
const assets = createAssets(fileURLToPath(new URL('../../../dist/pages/playground', import.meta.url)));

/** All packages must share one copy of graphql: schemas of different copies are incompatible. */
const oneGraphql: Plugin = {
  name: 'one-graphql',
  setup({ onResolve }) {
    onResolve({ filter: /^graphql$/ }, () => ({ path: require.resolve('graphql/index.mjs'), sideEffects: false }));
  },
};

const shared = {
  outdir: assets.folder,
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  bundle: true,
  target: ['es2022', 'chrome123', 'firefox120', 'safari17.5'],
  minify: true,
  write: false,
  legalComments: 'none',
  metafile: true,
  loader: { '.ttf': 'file', '.woff2': 'file' },
  // GraphiQL makes the titles of its icons of the names of functions.
  keepNames: true,
  plugins: [oneGraphql, smallCytoscape],
  logLevel: 'warning',
} satisfies BuildOptions;

const names: Record<string, string> = {
  'mark.svg': assets.add('mark.svg', readFileSync(join(here, '../explorer/mark.svg'))),
};

const bundles: Metafile[] = [];

/** Bundles entry points and records the output names. @returns the style sheet, if there is one */
async function bundle(entryPoints: Record<string, string>, options: BuildOptions): Promise<string> {
  let sheet = '';
  const { outputFiles = [], metafile } = await build({ ...shared, ...options, entryPoints });
  if (metafile) bundles.push(metafile);
  for (const { path, contents, text } of outputFiles) {
    const name = basename(path);
    const [, entry = '', ending = ''] = /^(.+)-[A-Z0-9]{8}\.(js|css)$/.exec(name) ?? [];
    const isEntry = entry in entryPoints;
    if (isEntry && ending === 'css') sheet = text;
    if (isEntry && ending === 'js') names[`${entry}.js`] = name;
    // Lazy chunks repeat their share of the style sheet.
    if (ending !== 'css') assets.write(name, contents);
  }
  return sheet;
}

await bundle(
  {
    editor: require.resolve('monaco-editor/esm/vs/editor/editor.worker.js'),
    graphql: require.resolve('monaco-graphql/esm/graphql.worker.js'),
    json: require.resolve('monaco-editor/esm/vs/language/json/json.worker.js'),
  },
  { format: 'iife' },
);

const address = (name: string) => `graphql/assets/${names[name]}`;

const sheet = await bundle(
  { main: join(here, 'main.tsx') },
  {
    format: 'esm',
    splitting: true,
    jsx: 'automatic',
    define: {
      MARK: JSON.stringify(address('mark.svg')),
      WORKERS: JSON.stringify({
        editor: address('editor.js'),
        graphql: address('graphql.js'),
        json: address('json.js'),
      }),
    },
  },
);
names['main.css'] = assets.add('main.css', sheet);

/** Scripts that the page imports at once, so that it loads them before one imports another. */
const outputs = bundles.at(-1)?.outputs ?? {};
const imported = new Set<string>();
function addImports(path: string): void {
  for (const { path: other, kind } of outputs[path]?.imports ?? []) {
    if (kind !== 'import-statement' || imported.has(other)) continue;
    imported.add(other);
    addImports(other);
  }
}
for (const path of Object.keys(outputs)) if (basename(path) === names['main.js']) addImports(path);
const preloads = [...imported]
  .map((path) => `<link rel="modulepreload" href="graphql/assets/${basename(path)}">`)
  .join('\n    ');

assets.write('licences.txt', noticesOf(bundles));

// The font is part of the build of the explorer, so that browsers cache it for both pages.
names['fonts.css'] = hashedName(
  'fonts.css',
  chineseFont((name, content) => `./${hashedName(name, content)}`),
);

assets.writePage(readFileSync(join(here, 'index.html'), 'utf8').replace('<!-- preloads -->', preloads), names);
assets.finish();
