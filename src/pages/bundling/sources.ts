import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Inputs of the build. */
const sources = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'src'];

const stampIn = (root: string) => join(root, 'dist/.sources');

function filesOf(root: string, path: string): readonly string[] {
  const isFile = /\.\w+$/.test(path);
  if (isFile) return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)))
    .sort();
}

function digestOfSources(root: string): string {
  const digest = createHash('sha256');
  for (const file of sources.flatMap((path) => filesOf(root, path))) {
    digest.update(file).update(readFileSync(join(root, file)));
  }
  return digest.digest('hex');
}

/** Records in `dist` the sources that it was built from. */
export const recordBuild = (root: string): void => writeFileSync(stampIn(root), digestOfSources(root));

/** Whether `dist` was built from the current sources. */
export const isBuilt = (root: string): boolean =>
  existsSync(stampIn(root)) && readFileSync(stampIn(root), 'utf8') === digestOfSources(root);
