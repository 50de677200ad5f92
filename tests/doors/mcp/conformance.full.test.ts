import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import cooperationGraph from '../../../src/cooperation/graph.ts';
import { mcpFor } from '../../../src/service/mcp-for.ts';
import { liveServers } from '../../setup/live-server.ts';
import { conformanceFeatures } from '../../setup/mcp-conformance.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const modules = fileURLToPath(new URL('../../../node_modules/', import.meta.url));
const server = silkgraph();
const start = liveServers();

let folder = '';
let suite = '';
beforeAll(async () => {
  folder = await mkdtemp(join(modules, '.mcp-conformance-'));
  suite = join(folder, 'suite.mjs');
  const files = join(folder, 'fs.mjs');
  // The suite imports `globSync`, which Node.js has from 22 on. It reads folders of skills with it, and there are none.
  await writeFile(files, "export * from 'node:fs';\nexport const globSync = () => [];\n");
  await build({
    entryPoints: [join(modules, '@modelcontextprotocol/conformance/dist/index.js')],
    outfile: suite,
    bundle: true,
    platform: 'node',
    format: 'esm',
    alias: { fs: files },
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The report of one scenario; its last line is the summary. */
async function reportOf(scenario: string, version: string, origin: string): Promise<string> {
  const args = [suite, 'server', '--url', `${origin}/mcp`, '--scenario', scenario, '--spec-version', version];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args).catch((error) => error);
  return `${stdout}${stderr}`;
}

/** Scenarios that hold for any server. */
const ofProduct = [
  ...['tools-list', 'resources-list', 'prompts-list', 'completion-complete', 'dns-rebinding-protection'],
  ...['server-sse-multiple-streams', 'caching', 'http-header-validation', 'sep-2164-resource-not-found'],
  'input-required-result-unsupported-methods',
];

/** Scenarios that call tools, resources and prompts of the suite's own. */
const ofFixture = [
  'server-stateless',
  ...['tools-call-simple-text', 'tools-call-image', 'tools-call-audio', 'tools-call-embedded-resource'],
  ...['tools-call-mixed-content', 'tools-call-error', 'tools-call-with-progress', 'json-schema-2020-12'],
  ...['resources-read-text', 'resources-read-binary', 'resources-templates-read'],
  ...['prompts-get-simple', 'prompts-get-with-args', 'prompts-get-embedded-resource', 'prompts-get-with-image'],
  ...['basic-elicitation', 'basic-sampling', 'basic-list-roots', 'request-state', 'multiple-input-requests'].map(
    (each) => `input-required-result-${each}`,
  ),
  ...['multi-round', 'missing-input-response', 'non-tool-request', 'result-type', 'tampered-state'].map(
    (each) => `input-required-result-${each}`,
  ),
  ...['capability-check', 'ignore-extra-params', 'validate-input'].map((each) => `input-required-result-${each}`),
];

/** Scenarios of what no tool has: arguments that are repeated in headers. */
const ofNothing = ['http-custom-header-server-validation'];

/** What a client of 2025 is answered, which has no session. */
const of2025 = [
  ...['server-initialize', 'ping', 'tools-list', 'resources-list', 'prompts-list', 'completion-complete'],
  ...['dns-rebinding-protection', 'tools-call-simple-text', 'tools-call-error', 'tools-call-with-progress'],
  ...['json-schema-2020-12', 'resources-read-text', 'resources-templates-read', 'prompts-get-with-args'],
];

const passed = /Passed: ([1-9]\d*)\/\1, 0 failed, 0 warnings/;

describe('the official conformance suite', () => {
  it.each(ofProduct)('passes with the tools of a graph: %s', async (scenario) => {
    const { origin } = await start(server.graph, { mcp: mcpFor(cooperationGraph, 'read') });
    expect(await reportOf(scenario, '2026-07-28', origin)).toMatch(passed);
  });

  it.each(ofFixture)('passes with the tools that it expects, through the same server: %s', async (scenario) => {
    const { origin } = await start(server.graph, { mcp: conformanceFeatures });
    expect(await reportOf(scenario, '2026-07-28', origin)).toMatch(passed);
  });

  it.each(of2025)('passes for a client of 2025: %s', async (scenario) => {
    const { origin } = await start(server.graph, { mcp: conformanceFeatures });
    expect(await reportOf(scenario, '2025-11-25', origin)).toMatch(passed);
  });

  it('has no further scenarios of 2026-07-28', async () => {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [suite, 'list', '--server']);
    const listed = [...`${stdout}${stderr}`.matchAll(/^ {2}- (\S+) \[.*2026-07-28\]$/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual([...ofProduct, ...ofFixture, ...ofNothing].sort());
  });
});
