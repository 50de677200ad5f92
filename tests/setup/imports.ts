import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Of a statement that imports or re-exports more than types: the relative path that it names. */
const statement = /\b(?:import|export)\s+(?!type\b)[^'";]*?from\s*'(\.[^']+)'|\bimport\s*\(?\s*'(\.[^']+)'/g;

const importsByFile = new Map<string, readonly string[]>();

function importsOf(file: string): readonly string[] {
  const known = importsByFile.get(file);
  if (known) return known;
  const paths = [...readFileSync(file, 'utf8').matchAll(statement)].map(([, from, called]) => from ?? called ?? '');
  const found = paths.map((path) => resolve(dirname(file), path)).filter((path) => existsSync(path));
  importsByFile.set(file, found);
  return found;
}

/** A file and all files of the project that it imports at run time, directly or through others. Paths are absolute. */
export function filesBehind(file: string): ReadonlySet<string> {
  const files = new Set([file]);
  for (const next of files) for (const path of importsOf(next)) files.add(path);
  return files;
}
