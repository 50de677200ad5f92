import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import type { McpCaller, McpFeatures } from './mcp-features.ts';
import { createMcpServer, type ReportError } from './mcp-server.ts';

/**
 * Answers one message of a client that has no session, by the Streamable HTTP transport (Model Context Protocol 2025-11-25,
 * "Transports"). Nothing outlives the request, so any server behind a balancer answers.
 */
export async function answerMessage(
  request: Request,
  parsedBody: unknown,
  features: McpFeatures,
  caller: McpCaller,
  report: ReportError,
): Promise<Response> {
  const server = createMcpServer({ features, report, callerOf: () => caller });
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  try {
    await server.connect(transport);
    return await transport.handleRequest(request, { parsedBody });
  } finally {
    await server.close();
  }
}
