import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

// Checks whether `dist` was built from the current sources. `check [folder]` exits with 1 if not; `write [folder]` records the
// build.

const [task, root = fileURLToPath(new URL('../..', import.meta.url))] = process.argv.slice(2);
const stampFile = join(root, 'dist/.sources');

/** Inputs of the build. */
const sources = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'src'];

function filesOf(path: string): readonly string[] {
  const isFile = /\.\w+$/.test(path);
  if (isFile) return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)))
    .sort();
}

function digestOfSources(): string {
  const digest = createHash('sha256');
  for (const file of sources.flatMap(filesOf)) digest.update(file).update(readFileSync(join(root, file)));
  return digest.digest('hex');
}

const isBuilt = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === digestOfSources();

if (task === 'write') writeFileSync(stampFile, digestOfSources());
else if (task === 'check') process.exitCode = isBuilt() ? 0 : 1;
else throw new Error('Usage: build-stamp check|write [folder].');
