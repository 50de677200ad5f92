import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesBehind } from './imports.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** In the order in which they run: the first need nothing that takes time to start. */
export const projectNames = ['unit', 'graph', 'writes', 'browser'] as const;

export type ProjectName = (typeof projectNames)[number];

const isBehind = (files: ReadonlySet<string>, name: string) => files.has(join(root, name));

/**
 * The project of a test file follows from what the file imports: a browser, a Neo4j of its own, the seeded database that
 * all files share, or none of them. A file of the project `unit` therefore cannot use a database.
 */
export function projectOf(file: string): ProjectName {
  const files = filesBehind(file);
  if (isBehind(files, 'tests/setup/browser.ts')) return 'browser';
  if (isBehind(files, 'src/database/launch-neo4j.ts')) return 'writes';
  return isBehind(files, 'tests/setup/database.ts') ? 'graph' : 'unit';
}

/** All test files: those that start and kill whole programs end in `.full.test.ts`. */
export function testFiles(): readonly string[] {
  const names = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.test.ts')).map((name) => join(root, 'tests', name));
}
