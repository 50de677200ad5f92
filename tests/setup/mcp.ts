import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { ClientCapabilities } from '@modelcontextprotocol/sdk/types.js';

/** What answers requests: a server without a connection. */
interface Fetching {
  fetch(request: Request): Promise<Response>;
}

/** The published client, connected to a server through its front door. `prepare` says how it answers the server. */
export async function mcpClient(
  server: Fetching,
  headers: Record<string, string> = {},
  capabilities: ClientCapabilities = {},
  prepare: (client: Client) => void = () => {},
): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' }, { capabilities });
  prepare(client);
  const transport = new StreamableHTTPClientTransport(new URL('http://silkgraph/mcp'), {
    fetch: (url, init) => server.fetch(new Request(url, init as RequestInit)),
    requestInit: { headers },
  });
  // Its session ID may be undefined, which `Transport` does not allow for with exact optional types.
  await client.connect(transport as Parameters<Client['connect']>[0]);
  return client;
}
