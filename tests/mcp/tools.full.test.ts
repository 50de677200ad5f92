import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { mcpClient } from '../setup/mcp.ts';
import { seeds } from '../setup/seeds.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const server = silkgraph({ mcp: 'read', operationTimeout: 25_000 });
let client: Client;
beforeAll(async () => {
  client = await mcpClient(server);
});

/** The answer of a tool that must not fail. */
async function call(name: string, args: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { isError, content, structuredContent } = await client.callTool({ name, arguments: args });
  expect(isError, JSON.stringify(content)).toBeFalsy();
  return Object(structuredContent);
}

describe('the tools', () => {
  it('answer the largest questions that their input schemas allow', async () => {
    const { tools } = await client.listTools();
    const bound = (tool: string, argument: string, keyword: string): number => {
      const { properties } = tools.find(({ name }) => name === tool)?.inputSchema ?? {};
      const { [keyword]: most } = (properties?.[argument] ?? {}) as Record<string, unknown>;
      return Number(most);
    };
    const slugs = seeds.entities.Country.map(({ id }) => id);
    const [limit, of, letters] = [
      bound('find_paths', 'limit', 'maximum'),
      slugs.slice(0, bound('neighborhood', 'of', 'maxItems')),
      bound('search', 'query', 'maxLength'),
    ];
    expect((await call('find_paths', { from: 'ke', to: 'rs', limit })).paths).toBeInstanceOf(Array);
    const { entities } = await call('neighborhood', { of });
    expect(Object(entities).length).toBeGreaterThanOrEqual(of.length);
    expect((await call('search', { query: 'maize '.repeat(99).slice(0, letters) })).results).toBeInstanceOf(Array);
  });
});
