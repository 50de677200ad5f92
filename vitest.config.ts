import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { type ProjectName, projectNames, projectOf, testFiles } from './tests/setup/projects.ts';

const isFull = process.env.SILKGRAPH_TEST_FULL === '1';
const files = testFiles(isFull);

/** One project after the other, so that a worker loads the sources once for all files of a project. */
class ByProject extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ project }: TestSpecification) => projectNames.indexOf(project.name as ProjectName);
    return (await super.sort(files)).sort((left, right) => place(left) - place(right));
  }
}

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
    // Files of a project share a worker's modules, as building the schema anew for each would take most of the time.
    isolate: false,
    unstubEnvs: true,
    // Each may use a Neo4j of its own, of half a gigabyte.
    maxWorkers: 2,
    // A database of the full run answers its first questions slowly, and then sooner than others.
    testTimeout: isFull ? 60_000 : 30_000,
    // What is waited for comes at once on a quiet machine; a busy one is given time.
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 180_000,
    teardownTimeout: 90_000,
    sequence: { sequencer: ByProject },
    projects: projectNames.map((name) => ({
      extends: true,
      test: {
        name,
        include: files.filter((file) => projectOf(file) === name).map((file) => relative('.', file)),
        provide: { project: name },
      },
    })),
  },
});
