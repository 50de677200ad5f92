import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareRuntime } from '../src/cli/managed-database/runtime.ts';
import { hasMaven } from './setup/has-maven.ts';
import { javaHomeFor } from './setup/java-homes.ts';
import { projectFolder } from './setup/project-folder.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The newest version, besides that of the long-term line on which all tests run. */
const newest = '2026.08.1';

/** Tests of what the graph, the schema and changes ask of Neo4j: each kind of statement, index and transaction. */
const sample = [
  ...[
    'engine/graph/graph',
    'engine/graph/bookmarks',
    'engine/stored-ontology',
    'engine/search/search-index',
    'engine/traversal',
  ],
  ...[
    'graphql/arguments/filters',
    'graphql/entities/identifiers',
    'graphql/groups/groups',
    'graphql/match/match-input',
  ],
  ...['graphql/changes/changes', 'engine/changes/apply', 'engine/changes/log'],
].map((name) => `tests/${name}`);

/** Those that run in the full run only. */
const fullSample = [
  ...['graphql/explore/search-questions', 'graphql/explore/similar', 'graphql/planning/read-by-parts'],
  ...['doors/data/import/import-', 'doors/data/import/attached-items', 'doors/data/export/export-query'],
].map((name) => `tests/${name}`);

interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

const faultsIn = ({ testResults }: Report) =>
  testResults
    .filter(({ status }) => status !== 'passed')
    .flatMap(({ name, message, assertionResults }) => [
      `${relative(root, name)} ${message}`,
      ...assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages.join('\n')}`),
    ]);

/** What a run of tests of its own reports, in one process, as another one may be running beside this test. */
async function runTests(files: readonly string[], environment: Readonly<Record<string, string>>): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'silkgraph-versions-'));
  const report = join(folder, 'report.json');
  const own = Object.entries(process.env).filter(([name]) => !/^(VITEST|NEO4J_|SILKGRAPH_|NODE_ENV$)/.test(name));
  const args = [
    'run',
    ...files,
    '--maxWorkers=1',
    '--retry=1',
    '--testTimeout=120000',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  try {
    const { stderr }: { stderr: string } = await promisify(execFile)(
      process.execPath,
      [join(root, 'node_modules/vitest/vitest.mjs'), ...args],
      { cwd: root, env: { ...Object.fromEntries(own), ...environment }, maxBuffer: 1e8 },
    )
      // It ends with 1 if a test failed, which the report names.
      .catch((error: { stderr: string }) => error);
    if (!existsSync(report)) throw new Error(`The tests could not be run: ${stderr}`);
    return JSON.parse(readFileSync(report, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe(`Neo4j ${newest}`, { timeout: 900_000 }, () => {
  let environment: Readonly<Record<string, string>> = {};

  beforeAll(async () => {
    const javaHome = await javaHomeFor(newest);
    if (javaHome === undefined || !hasMaven) return;
    environment = { JAVA_HOME: javaHome, SILKGRAPH_NEO4J_VERSION: newest };
    await prepareRuntime({ folder: projectFolder, javaHome, neo4jVersion: newest }, console.log);
  }, 300_000);

  const noNeo4j = `Neo4j ${newest} takes Java 21 or newer (set JAVA_HOME_21 to its folder) and Maven`;

  it('does what the graph, the schema and changes ask of it', async ({ skip }) => {
    if (!environment.JAVA_HOME) return skip(noNeo4j);
    const report = await runTests(sample, environment);
    expect(faultsIn(report)).toEqual([]);
    expect(report.numPassedTests).toBeGreaterThan(300);
  });

  it('does what searches, imports and exports ask of it', async ({ skip }) => {
    if (!environment.JAVA_HOME) return skip(noNeo4j);
    const report = await runTests(fullSample, { ...environment, SILKGRAPH_TEST_FULL: '1' });
    expect(faultsIn(report)).toEqual([]);
    expect(report.numPassedTests).toBeGreaterThan(100);
  });

  it('answers the examples to servers of each version of Node.js', async ({ skip }) => {
    if (!environment.JAVA_HOME) return skip(noNeo4j);
    const report = await runTests(['tests/node-versions.full.test.ts', '--testNamePattern', 'answers the examples'], {
      ...environment,
      SILKGRAPH_TEST_FULL: '1',
    });
    expect(faultsIn(report)).toEqual([]);
  });
});
