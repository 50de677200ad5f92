import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { createAssets } from '../bundling/assets.ts';
import { noticesOf } from '../bundling/notices.ts';
import { smallCytoscape } from '../bundling/small-cytoscape.ts';
import { worldOutline } from '../explorer/map/world-picture.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const assets = createAssets(fileURLToPath(new URL('../../../dist/pages/assistant', import.meta.url)));

const shared = {
  bundle: true,
  minify: true,
  write: false,
  legalComments: 'none',
  target: ['es2022', 'chrome123', 'firefox120', 'safari17.5'],
  logLevel: 'warning',
} satisfies BuildOptions;

const script = await build({
  ...shared,
  entryPoints: [join(here, 'main.tsx')],
  format: 'esm',
  metafile: true,
  jsx: 'automatic',
  jsxImportSource: 'preact',
  plugins: [smallCytoscape],
  define: { OUTLINE: JSON.stringify(worldOutline()) },
});
const style = await build({ ...shared, entryPoints: [join(here, 'style.css')] });

const textOf = ({ outputFiles: [file] }: { readonly outputFiles: readonly { readonly text: string }[] }) =>
  file?.text ?? '';

/** Puts a text in the place of an element. @throws Error if it is not there */
function put(page: string, element: string, text: string): string {
  if (!page.includes(element)) throw new Error(`index.html has no ${element}.`);
  return page.replace(element, () => text);
}

// A host gets the page as one text, and frames it without an address to load files from.
const page = readFileSync(join(here, 'index.html'), 'utf8');
const styled = put(page, '<link rel="stylesheet" href="style.css">', `<style>${textOf(style)}</style>`);
const whole = put(
  styled,
  '<script type="module" src="main.tsx"></script>',
  `<script type="module">${textOf(script)}</script>`,
);
// It goes out within JSON, so a compressed copy would have no reader.
writeFileSync(join(assets.folder, 'index.html'), whole);
assets.write('licences.txt', noticesOf([script.metafile], ['world-atlas']));
assets.finish();
