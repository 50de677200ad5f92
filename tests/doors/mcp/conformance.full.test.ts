import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import cooperationGraph from '../../../src/cooperation/graph.ts';
import { mcpFor } from '../../../src/service/mcp-for.ts';
import { liveServers } from '../../setup/live-server.ts';
import { conformanceFeatures } from '../../setup/mcp-conformance.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const suite = fileURLToPath(
  new URL('../../../node_modules/@modelcontextprotocol/conformance/dist/index.js', import.meta.url),
);
const server = silkgraph();
const start = liveServers();

/** The report of one scenario; its last line is the summary. */
async function reportOf(scenario: string, origin: string): Promise<string> {
  const args = [suite, 'server', '--url', `${origin}/mcp`, '--scenario', scenario];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args).catch((error) => error);
  return `${stdout}${stderr}`;
}

/** Scenarios that hold for any server. */
const ofProduct = [
  'server-initialize',
  'ping',
  'tools-list',
  'resources-list',
  'prompts-list',
  'completion-complete',
  'dns-rebinding-protection',
  'logging-set-level',
  'server-sse-multiple-streams',
];

/** Scenarios that call tools, resources and prompts of the suite's own. */
const ofFixture = [
  ...['tools-call-simple-text', 'tools-call-image', 'tools-call-audio', 'tools-call-embedded-resource'],
  ...['tools-call-mixed-content', 'tools-call-error', 'json-schema-2020-12'],
  ...['resources-read-text', 'resources-read-binary', 'resources-templates-read'],
  ...['tools-call-with-logging', 'tools-call-with-progress', 'tools-call-sampling', 'tools-call-elicitation'],
  ...['elicitation-sep1034-defaults', 'elicitation-sep1330-enums', 'server-sse-polling'],
  ...['resources-subscribe', 'resources-unsubscribe'],
  ...['prompts-get-simple', 'prompts-get-with-args', 'prompts-get-embedded-resource', 'prompts-get-with-image'],
];

describe('the official conformance suite', () => {
  it.each(ofProduct)('passes with the tools of a graph: %s', async (scenario) => {
    const { origin } = await start(server.graph, { mcp: mcpFor(cooperationGraph, 'read') });
    const report = await reportOf(scenario, origin);
    expect(report).toMatch(/Passed: ([1-9]\d*)\/\1, 0 failed, 0 warnings/);
  });

  it.each(ofFixture)('passes with the tools that it expects, through the same server: %s', async (scenario) => {
    const { origin } = await start(server.graph, { mcp: conformanceFeatures });
    const report = await reportOf(scenario, origin);
    expect(report).toMatch(/Passed: ([1-9]\d*)\/\1, 0 failed, 0 warnings/);
  });

  it('has no further scenarios', async () => {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [suite, 'list', '--server']);
    const listed = [...`${stdout}${stderr}`.matchAll(/^ {2}- (\S+)$/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual([...ofProduct, ...ofFixture].sort());
  });
});
