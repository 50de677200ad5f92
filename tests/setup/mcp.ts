import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

/** What answers requests: a server without a connection. */
interface Fetching {
  fetch(request: Request): Promise<Response>;
}

/** The published client, connected to a server through its front door. */
export async function mcpClient(server: Fetching, headers: Record<string, string> = {}): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  const transport = new StreamableHTTPClientTransport(new URL('http://silkgraph/mcp'), {
    fetch: (url, init) => server.fetch(new Request(url, init as RequestInit)),
    requestInit: { headers },
  });
  // Its session ID may be undefined, which `Transport` does not allow for with exact optional types.
  await client.connect(transport as Parameters<Client['connect']>[0]);
  return client;
}
