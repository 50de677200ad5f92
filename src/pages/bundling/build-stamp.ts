import { fileURLToPath } from 'node:url';
import { isBuilt, recordBuild } from './sources.ts';

// Checks whether `dist` was built from the current sources. `check [folder]` exits with 1 if not; `write [folder]` records the
// build.

const [task, root = fileURLToPath(new URL('../../..', import.meta.url))] = process.argv.slice(2);

if (task === 'write') recordBuild(root);
else if (task === 'check') process.exitCode = isBuilt(root) ? 0 : 1;
else throw new Error('Usage: build-stamp check|write [folder].');
