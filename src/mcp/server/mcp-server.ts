import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import {
  CallToolRequestSchema,
  CompleteRequestSchema,
  ErrorCode,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { QuestionFailed } from '../../asking/ask.ts';
import type { McpCaller, McpFeatures } from './mcp-features.ts';

/** Told of an error that is ours. */
export type ReportError = (error: unknown) => void;

/** A server of the Model Context Protocol for one caller. No error tells more than its client may know. */
function createMcpServer(features: McpFeatures, caller: McpCaller, report: ReportError): Server {
  const safely = async <Result>(answer: () => Result | Promise<Result>): Promise<Result> => {
    try {
      return await answer();
    } catch (error) {
      if (error instanceof McpError) throw error;
      if (error instanceof QuestionFailed)
        throw new McpError(ErrorCode.InternalError, error.message, { code: error.code });
      report(error);
      throw new McpError(ErrorCode.InternalError, 'Internal server error.');
    }
  };
  const { name, version, instructions } = features;
  const capabilities = { tools: {}, resources: {}, prompts: {}, completions: {} };
  const server = new Server({ name, version }, { capabilities, instructions });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [...features.tools(caller)] }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }) =>
    safely(() => features.callTool(params.name, params.arguments ?? {}, caller)),
  );
  server.setRequestHandler(ListResourcesRequestSchema, () => ({ resources: [...features.resources()] }));
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({
    resourceTemplates: [...features.resourceTemplates()],
  }));
  server.setRequestHandler(ReadResourceRequestSchema, ({ params }) =>
    safely(() => features.readResource(params.uri, caller)),
  );
  server.setRequestHandler(ListPromptsRequestSchema, () => ({ prompts: [...features.prompts()] }));
  server.setRequestHandler(GetPromptRequestSchema, ({ params }) =>
    safely(() => features.getPrompt(params.name, params.arguments ?? {})),
  );
  server.setRequestHandler(CompleteRequestSchema, async ({ params }) => {
    const { name: argument, value } = params.argument;
    return { completion: await safely(() => features.complete({ argument, value }, caller)) };
  });
  return server;
}

/**
 * Answers one POST of the Streamable HTTP transport (Model Context Protocol 2025-11-25, "Transports"). There are no sessions
 * and no streams: nothing outlives a request, so that clients can make nothing grow, and any server behind a balancer answers.
 */
export async function answerMcp(
  request: Request,
  parsedBody: unknown,
  features: McpFeatures,
  caller: McpCaller,
  report: ReportError,
): Promise<Response> {
  const server = createMcpServer(features, caller, report);
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  try {
    await server.connect(transport);
    return await transport.handleRequest(request, { parsedBody });
  } finally {
    await server.close();
  }
}
