import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { describe, expect, it } from 'vitest';
import cooperationGraph from '../../../src/cooperation/graph.ts';
import { mcpFor } from '../../../src/service/mcp-for.ts';
import { testAddress } from '../../setup/database.ts';
import { liveServers } from '../../setup/live-server.ts';
import { program } from '../../setup/program.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const graph = silkgraph();
const start = liveServers();

/** The published client, which starts the command as an assistant does. */
async function assistant(args: readonly string[], env: Record<string, string> = {}): Promise<Client> {
  const { PATH = '', HOME = '' } = process.env;
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [...program, 'mcp', ...args],
      cwd: root,
      env: { PATH, HOME, ...env },
      stderr: 'pipe',
    }),
  );
  return client;
}

const firstOf = async (client: Client) => {
  const { structuredContent } = await client.callTool({ name: 'search', arguments: { query: 'Kenya', first: 1 } });
  return (structuredContent as { results: { slug: string }[] }).results[0]?.slug;
};

describe('silkgraph mcp', () => {
  it('serves the tools of a running server', async () => {
    const { origin } = await start(graph.graph, { mcp: mcpFor(cooperationGraph, 'read') });
    const client = await assistant(['--endpoint', `${origin}/mcp`]);
    expect((await client.listTools()).tools.length).toBeGreaterThan(10);
    expect(await firstOf(client)).toBe('ke');
    await client.close();
  });

  it('goes on with a server that has been restarted', async () => {
    const mcp = mcpFor(cooperationGraph, 'read');
    const first = await start(graph.graph, { mcp });
    const client = await assistant(['--endpoint', `${first.origin}/mcp`]);
    expect(await firstOf(client)).toBe('ke');
    await first.close(0);
    await start(graph.graph, { mcp, port: Number(new URL(first.origin).port) });
    expect(await firstOf(client)).toBe('ke');
    await client.close();
  });

  it('opens the graph itself', async () => {
    const { uri, username, password, database } = await testAddress();
    const named = database === undefined ? {} : { NEO4J_DATABASE: database };
    const client = await assistant([], {
      NEO4J_URI: uri,
      NEO4J_USERNAME: username,
      NEO4J_PASSWORD: password || 'none',
      ...named,
    });
    expect(await firstOf(client)).toBe('ke');
    await client.close();
  });

  it('reports a server that does not answer, and one that refuses', async () => {
    await expect(assistant(['--endpoint', 'http://127.0.0.1:9/mcp'])).rejects.toThrow('did not answer');
    const { origin } = await start(graph.graph);
    await expect(assistant(['--endpoint', `${origin}/mcp`])).rejects.toThrow('There is nothing at /mcp');
  });
});
