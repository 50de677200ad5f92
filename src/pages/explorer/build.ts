import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { createAssets } from '../bundling/assets.ts';
import { chineseFont, deviceChinese, wholeFont } from '../bundling/chinese-font.ts';
import { noticesOf } from '../bundling/notices.ts';
import { smallCytoscape } from '../bundling/small-cytoscape.ts';
import { worldPicture } from './map/world-picture.ts';
import { worldText } from './map/world-text.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const assets = createAssets(fileURLToPath(new URL('../../../dist/pages/explorer', import.meta.url)));

const names: Record<string, string> = {
  'mark.svg': assets.add('mark.svg', readFileSync(join(here, 'mark.svg'))),
  'world.json': assets.add('world.json', worldText()),
};

const place = (name: string, content: Uint8Array) => `./${assets.add(name, content)}`;

// The faces of the font, a rule for each slice, are larger than all other styles: pages load them once they have Chinese.
const fonts = assets.add('fonts.css', chineseFont(place));

const { outputFiles, metafile } = await build({
  entryPoints: [join(here, 'main.tsx')],
  outdir: assets.folder,
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  write: false,
  legalComments: 'none',
  metafile: true,
  jsx: 'automatic',
  jsxImportSource: 'preact',
  plugins: [smallCytoscape],
  define: {
    WORLD: JSON.stringify(`explore/assets/${names['world.json']}`),
    FONTS: JSON.stringify(`explore/assets/${fonts}`),
  },
  logLevel: 'warning',
});
for (const { path, contents } of outputFiles) {
  const name = basename(path);
  if (/^main-\w+\.js$/.test(name)) names['main.js'] = name;
  assets.write(name, contents);
}

assets.write('licences.txt', noticesOf([metafile], ['@fontsource/noto-sans-sc', 'world-atlas']));

// Other pages of the server use the fonts and the picture.
assets.add('world.svg', worldPicture());
assets.add('whole-font.css', wholeFont(place));
const styles = ['base', 'parts', 'pages', 'graph', 'lists', 'analysis', 'forced-colors', 'print'].map((name) =>
  readFileSync(join(here, `style/${name}.css`), 'utf8'),
);
const sheet = await build({
  stdin: { contents: [deviceChinese(place), ...styles].join('\n'), loader: 'css', resolveDir: assets.folder },
  external: ['*.woff', '*.woff2'],
  bundle: true,
  minify: true,
  write: false,
  target: ['chrome123', 'firefox120', 'safari17.5'],
  logLevel: 'warning',
});
names['main.css'] = assets.add('main.css', sheet.outputFiles[0]?.contents ?? new Uint8Array());

assets.writePage(readFileSync(join(here, 'index.html'), 'utf8'), names);
assets.finish();
