import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { createAssets, hashedName } from '../bundling/assets.ts';
import { chineseFont } from '../bundling/chinese-font.ts';
import { noticesOf } from '../bundling/notices.ts';
import { partsOf } from '../bundling/parts-of.ts';
import { smallCytoscape } from '../bundling/small-cytoscape.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const require = createRequire(import.meta.url);
const assets = createAssets(fileURLToPath(new URL('../../dist/playground', import.meta.url)));

/** All packages must share one copy of graphql: schemas of different copies are incompatible. */
const oneGraphql: Plugin = {
  name: 'one-graphql',
  setup({ onResolve }) {
    // The first editor comes with single modules of it alone.
    onResolve({ filter: /^graphql(\/.+\.js)?$/ }, ({ path }) => ({
      path: require.resolve(path === 'graphql' ? 'graphql/index.mjs' : path.replace(/\.js$/, '.mjs')),
      sideEffects: false,
    }));
  },
};

const own = (file: string) => join(here, 'language', file);

/**
 * GraphiQL and the editors have their texts in English alone. What makes elements of them, and what finds the texts of the
 * editors, is replaced, so that they speak the language of the page.
 */
const spoken: Plugin = {
  name: 'spoken',
  setup({ onResolve, onLoad }) {
    const isOurs = (importer: string) => importer.startsWith(own(''));
    onResolve({ filter: /^react\/jsx-runtime$/ }, ({ importer }) =>
      isOurs(importer) ? undefined : { path: own('jsx-runtime.ts') },
    );
    onResolve({ filter: /^react$/ }, ({ importer }) =>
      /[\\/]graphiql-explorer[\\/]/.test(importer) ? { path: own('react.ts') } : undefined,
    );
    onResolve({ filter: /[\\/]nls\.js$/ }, ({ importer }) =>
      /[\\/]monaco-editor[\\/]/.test(importer) ? { path: own('monaco-texts.ts') } : undefined,
    );
    // The titles of icons are made of names of functions, which are shortened here; their buttons have names of their own.
    onLoad({ filter: /graphiql[\\/]react[\\/]dist[\\/]icons[\\/]index\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const title = /const title = RawComponent\.name[^;]+;/;
      if (!title.test(text)) throw new Error(`${path} no longer makes titles of names.`);
      return { contents: text.replace(title, 'const title = undefined;') };
    });
    // Without this, nothing says how somebody at a keyboard leaves an editor.
    onLoad({ filter: /graphiql[\\/]dist[\\/]ui[\\/]short-keys\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const last = '"Merge fragments definitions into operation definition":';
      if (!text.includes(last)) throw new Error(`${path} no longer lists ${last}.`);
      return {
        contents: text.replace(last, `"Let the Tab key leave the editor, or indent again": "Ctrl-M",\n  ${last}`),
      };
    });
    // The shortcut for a search of the documentation finds its button by an English text.
    onLoad({ filter: /plugin-doc-explorer[\\/]dist[\\/]context\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const button = 'button[aria-label="Show Documentation Explorer"]';
      if (!text.includes(button)) throw new Error(`${path} no longer looks for ${button}.`);
      return { contents: text.replace(button, 'button[data-index="0"]:not(.active)') };
    });
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
  plugins: [oneGraphql, spoken, smallCytoscape],
  logLevel: 'warning',
} satisfies BuildOptions;

const names: Record<string, string> = {
  'mark.svg': assets.add('mark.svg', readFileSync(join(here, '../web/mark.svg'))),
};

const bundles: Metafile[] = [];

/** What the page imports in any case, one after another. */
const sureModules = [
  'playground/open-playground.tsx',
  'monaco-graphql/esm/monaco-editor.js',
  'monaco-graphql/esm/lite.js',
  'basic-languages/graphql/graphql.js',
  'esm/graphqlMode.js',
  'language/json/jsonMode.js',
];

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

names['first.css'] = assets.add('first.css', await bundle({ first: join(here, 'first/first.css') }, {}));

const sheet = await bundle(
  { main: join(here, 'main.ts') },
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
const { first, later } = partsOf(bundles.at(-1), 'playground/main.ts', sureModules);
names.parts = later.join(' ');
const preloads = first.map((name) => `<link rel="modulepreload" href="graphql/assets/${name}">`).join('\n    ');

assets.write('licences.txt', noticesOf(bundles));

// The font is part of the build of the explorer, so that browsers cache it for both pages.
names['fonts.css'] = hashedName(
  'fonts.css',
  chineseFont((name, content) => `./${hashedName(name, content)}`),
);

assets.writePage(readFileSync(join(here, 'index.html'), 'utf8').replace('<!-- preloads -->', preloads), names);
assets.finish();
