import { defineConfig } from 'vitest/config';

const full = process.env.SILKGRAPH_TEST_FULL === '1';

export default defineConfig({
  // One graphql for all: Node takes its CommonJS entry, Vite would take the other one for our own files.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    // The slow ones start and kill whole programs.
    include: full ? ['tests/**/*.full.test.ts'] : ['tests/**/*.test.ts'],
    exclude: full ? [] : ['tests/**/*.full.test.ts'],
    globalSetup: 'tests/setup/global-setup.ts',
    pool: 'forks',
    // Each may start a Neo4j of its own, of half a gigabyte.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 180_000,
    teardownTimeout: 90_000,
  },
});
