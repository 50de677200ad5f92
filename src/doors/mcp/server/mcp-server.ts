import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
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
  type ServerCapabilities,
  type ServerNotification,
  type ServerRequest,
} from '@modelcontextprotocol/sdk/types.js';
import { QuestionFailed } from '../../../graphql/internal-client/ask.ts';
import type { Conversation, McpCaller, McpFeatures } from './mcp-features.ts';

/** Told of an error that is ours. */
export type ReportError = (error: unknown) => void;

/** A message of a client, as its handler receives it. */
export type Call = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** An error that tells no more than its client may know. */
export function safeError(error: unknown, report: ReportError): McpError {
  if (error instanceof McpError) return error;
  if (error instanceof QuestionFailed)
    return new McpError(ErrorCode.InternalError, error.message, { code: error.code });
  report(error);
  return new McpError(ErrorCode.InternalError, 'Internal server error.');
}

export interface McpServerOptions {
  readonly features: McpFeatures;
  readonly report: (error: unknown, call: Call) => void;
  /** The caller that sent a message. */
  readonly callerOf: (call: Call) => McpCaller;
  /** What a session adds to the capabilities that need none. */
  readonly capabilities?: ServerCapabilities;
  /** The conversation of a call; absent without a session. */
  readonly conversationOf?: (call: Call) => Conversation;
}

/** A server of the Model Context Protocol (2025-11-25), for one message or for one session. */
export function createMcpServer({
  features,
  report,
  callerOf,
  capabilities,
  conversationOf,
}: McpServerOptions): Server {
  const safely = async <Result>(call: Call, answer: () => Result | Promise<Result>): Promise<Result> => {
    try {
      return await answer();
    } catch (error) {
      throw safeError(error, (unexpected) => report(unexpected, call));
    }
  };
  const { name, version, instructions } = features;
  const always = { tools: {}, resources: {}, prompts: {}, completions: {} };
  const server = new Server({ name, version }, { capabilities: { ...always, ...capabilities }, instructions });
  server.setRequestHandler(ListToolsRequestSchema, (_, call) => ({ tools: [...features.tools(callerOf(call))] }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }, call) =>
    safely(call, () => features.callTool(params.name, params.arguments ?? {}, callerOf(call), conversationOf?.(call))),
  );
  server.setRequestHandler(ListResourcesRequestSchema, () => ({ resources: [...features.resources()] }));
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({
    resourceTemplates: [...features.resourceTemplates()],
  }));
  server.setRequestHandler(ReadResourceRequestSchema, ({ params }, call) =>
    safely(call, () => features.readResource(params.uri, callerOf(call))),
  );
  server.setRequestHandler(ListPromptsRequestSchema, () => ({ prompts: [...features.prompts()] }));
  server.setRequestHandler(GetPromptRequestSchema, ({ params }, call) =>
    safely(call, () => features.getPrompt(params.name, params.arguments ?? {})),
  );
  server.setRequestHandler(CompleteRequestSchema, async ({ params }, call) => {
    const { name: argument, value } = params.argument;
    return { completion: await safely(call, () => features.complete({ argument, value }, callerOf(call))) };
  });
  return server;
}
