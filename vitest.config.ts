import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { isFull } from './tests/setup/is-full.ts';
import { type ProjectName, projectNames, projectOf, testFiles } from './tests/setup/projects.ts';

const files = testFiles(isFull);

const namesIn = (files: readonly string[]) => files.map((file) => relative('.', file));

/** Databases that files of a project need. */
const needed: Readonly<Partial<Record<ProjectName, string>>> = { graph: 'shared', writes: 'worker-1-1' };

/** One project after the other: databases start while the tests run that need none. */
class ByProject extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const project = ({ moduleId }: TestSpecification) => projectOf(moduleId);
    const place = (file: TestSpecification) => projectNames.indexOf(project(file));
    for (const name of new Set(files.map((file) => needed[project(file)])))
      if (name !== undefined) globalThis.startTestDatabase?.(name);
    return (await super.sort(files)).sort((left, right) => place(left) - place(right));
  }
}

/** A worker loads the sources anew for each project, so all files are in one, unless projects are chosen. */
const isChosen = process.argv.some((argument) => argument.startsWith('--project'));
const projects = isChosen
  ? projectNames.map((name) => ({ name, include: namesIn(files.filter((file) => projectOf(file) === name)) }))
  : [{ name: 'all', include: namesIn(files) }];

export default defineConfig({
  // One graphql for all: Node takes its CommonJS entry, Vite would take the other one for our own files.
  resolve: {
    alias: [
      { find: /^graphql$/, replacement: 'graphql/index.js' },
      // What a graph of one's own imports, as it is here.
      { find: /^silkgraph$/, replacement: fileURLToPath(new URL('src/index.ts', import.meta.url)) },
    ],
  },
  test: {
    globalSetup: 'tests/setup/global-setup.ts',
    pool: 'forks',
    // Files share a worker's modules, as building the schema anew for each would take most of the time.
    isolate: false,
    unstubEnvs: true,
    // Each may use a Neo4j of its own, of up to a gigabyte.
    maxWorkers: 2,
    // A database of the full run answers its first questions slowly, and then sooner than others.
    testTimeout: isFull ? 60_000 : 30_000,
    // What is waited for comes at once on a quiet machine; a busy one is given time.
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 180_000,
    teardownTimeout: 90_000,
    sequence: { sequencer: ByProject },
    projects: projects.map((test) => ({ extends: true, test })),
  },
});
