import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isBuilt } from '../../src/pages/bundling/sources.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What `node` is given to run the command line: the build if it is current, which starts sooner, or else the sources. */
export const program: readonly string[] = isBuilt(root)
  ? [join(root, 'dist/main.js')]
  : ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href, join(root, 'src/main.ts')];
