import { copyFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

// Writes the client as one file into its own package.

const at = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

await build({
  entryPoints: [at('src/client/index.ts')],
  outfile: at('packages/client/dist/index.js'),
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  minify: true,
  keepNames: false,
  legalComments: 'none',
  logLevel: 'warning',
});
copyFileSync(at('LICENSE'), at('packages/client/LICENSE'));
