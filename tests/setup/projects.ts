import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesBehind } from './imports.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * In the order in which they run: the first need nothing that takes time to start, and the last has files enough for all
 * workers until the end.
 */
export const projectNames = ['unit', 'browser', 'graph', 'writes'] as const;

export type ProjectName = (typeof projectNames)[number];

const isBehind = (files: ReadonlySet<string>, name: string) => files.has(join(root, name));

/**
 * The project of a test file follows from what the file imports: a browser, a Neo4j of its own, the seeded database that
 * all files share, or none of them. A file of the project `unit` therefore cannot use a database.
 */
export function projectOf(file: string): ProjectName {
  const files = filesBehind(file);
  if (isBehind(files, 'tests/setup/browser.ts')) return 'browser';
  const starts = ['tests/setup/own-database.ts', 'src/cli/managed-database/launch-neo4j.ts'];
  if (starts.some((name) => isBehind(files, name))) return 'writes';
  return isBehind(files, 'tests/setup/database.ts') ? 'graph' : 'unit';
}

/**
 * The test files of `npm test`, or those of `npm run test:full`: the slow ones, which start and kill whole programs, and
 * all that try random cases, since `npm test` tries only some of them.
 */
export function testFiles(full: boolean): readonly string[] {
  const names = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => name.endsWith('.test.ts')).map((name) => join(root, 'tests', name));
  const isSlow = (file: string) => file.endsWith('.full.test.ts');
  const isRandom = (file: string) => isBehind(filesBehind(file), 'tests/setup/runs.ts');
  return files.filter((file) => (full ? isSlow(file) || isRandom(file) : !isSlow(file)));
}
