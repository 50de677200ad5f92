import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Address, Report } from '../../src/engine/database/address.ts';
import { withLock } from '../../src/engine/database/system/with-lock.ts';
import { filesBehind } from './imports.ts';
import { localDatabase, type RunningDatabase } from './local-database.ts';
import { testedNeo4j } from './local-runtime.ts';
import { projectFolder } from './project-folder.ts';

/** What a database of the tests starts with. */
export interface Content {
  readonly name: string;
  /** Writes it into an empty database. */
  write(address: Address): Promise<void>;
}

/** Runs a Neo4j on a folder, which stays when it is closed. */
export type RunNeo4j = (folder: string) => Promise<RunningDatabase>;

const root = fileURLToPath(new URL('../..', import.meta.url));
const storesFolder = join(projectFolder, 'test-stores');
const DAY = 24 * 60 * 60 * 1_000;

const filesIn = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** A digest of all that decides what a store holds: Neo4j, the data, the statements, and the code that writes them. */
function digestOfSources(): string {
  const code = ['contents.ts', 'local-database.ts'].map((name) => join(root, 'tests/setup', name)).flatMap(filesBehind);
  const files = new Set([...code.flatMap((behind) => [...behind]), ...filesIn('seeds'), ...filesIn('cypher')]);
  const digest = createHash('sha256').update(testedNeo4j);
  for (const file of [...files].sort()) digest.update(`${relative(root, file)}\0`).update(readFileSync(file));
  return digest.digest('hex').slice(0, 16);
}

function removeOldStores(): void {
  for (const name of readdirSync(storesFolder)) {
    const path = join(storesFolder, name);
    if (Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) < DAY) continue;
    rmSync(path, { recursive: true, force: true });
  }
}

async function build(store: string, content: Content, report: Report, run: RunNeo4j): Promise<void> {
  report(`Building the database of the tests: ${content.name} (once)`);
  const home = `${store}.${randomUUID()}.part`;
  mkdirSync(home, { recursive: true });
  removeOldStores();
  try {
    const database = await run(home);
    await content.write(database.address).finally(database.close);
    renameSync(join(home, 'data'), store);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/**
 * The data folder of a Neo4j that holds some content, to be copied: built once for all runs until its sources change,
 * complete or not at all, even when several runs need it at the same time.
 * @throws DatabaseError `unavailable` when Java or Maven is missing
 */
export async function storeOf(
  content: Content,
  report: Report,
  run: RunNeo4j = (folder) => localDatabase(folder, report, 'quickly'),
): Promise<string> {
  const store = join(storesFolder, `${content.name}-${digestOfSources()}`);
  if (existsSync(store)) return store;
  await withLock(`${store}.lock`, async () => {
    if (!existsSync(store)) await build(store, content, report, run);
  });
  return store;
}
