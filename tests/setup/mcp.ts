import { Client, type ClientCapabilities, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { expect } from 'vitest';

/** What answers requests: a server without a connection. */
interface Fetching {
  fetch(request: Request): Promise<Response>;
}

/** The versions of the protocol that clients speak: the one of sessions, which are not given, and the one without. */
export const versions = { of2025: 'legacy', of2026: { pin: '2026-07-28' } } as const;

/** The published client, connected to a server through its front door. `prepare` says how it answers the server. */
export async function mcpClient(
  server: Fetching,
  headers: Record<string, string> = {},
  capabilities: ClientCapabilities = {},
  prepare: (client: Client) => void = () => {},
  mode: (typeof versions)[keyof typeof versions] = versions.of2026,
): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' }, { capabilities, versionNegotiation: { mode } });
  prepare(client);
  const transport = new StreamableHTTPClientTransport(new URL('http://silkgraph/mcp'), {
    fetch: (url, init) => server.fetch(new Request(url, init as RequestInit)),
    requestInit: { headers },
  });
  await client.connect(transport);
  return client;
}

// biome-ignore lint/suspicious/noExplicitAny: a test looks into answers whose shape its own question gives.
export type ToolAnswer = any;

/** The answer of a tool that must not fail, which its text repeats. */
export async function answerOf(client: Client, name: string, args: Record<string, unknown> = {}): Promise<ToolAnswer> {
  const { isError, content, structuredContent } = (await client.callTool({ name, arguments: args })) as ToolAnswer;
  if (isError) throw new Error(content[0].text);
  expect(JSON.parse(content[0].text)).toEqual(structuredContent);
  return structuredContent;
}
