import { type McpRequestContext, ProtocolError, ProtocolErrorCode, Server } from '@modelcontextprotocol/server';
import { QuestionFailed } from '../../../graphql/internal-client/ask.ts';
import type { McpCaller, McpFeatures } from './mcp-features.ts';

/** Told of an error that is ours. */
export type ReportError = (error: unknown) => void;

/** An error that tells no more than its client may know. */
export function safeError(error: unknown, report: ReportError): ProtocolError {
  if (error instanceof ProtocolError) return error;
  if (error instanceof QuestionFailed)
    return new ProtocolError(ProtocolErrorCode.InternalError, error.message, { code: error.code });
  report(error);
  return new ProtocolError(ProtocolErrorCode.InternalError, 'Internal server error.');
}

/** Lists and texts of an ontology change with the version of the server alone; what a caller may use is its own. */
const anHour = 3_600_000;
const ofAnyCaller = { ttlMs: anHour, cacheScope: 'public' } as const;
const ofCaller = { ttlMs: anHour, cacheScope: 'private' } as const;
const cacheHints = {
  'server/discover': ofAnyCaller,
  'tools/list': ofCaller,
  'resources/list': ofAnyCaller,
  'resources/templates/list': ofAnyCaller,
  'prompts/list': ofAnyCaller,
};

/** A server of the Model Context Protocol (2026-07-28, or a version of 2025 as its client speaks it) for one message. */
export function createMcpServer(
  features: McpFeatures,
  caller: McpCaller,
  report: ReportError,
  { era }: Pick<McpRequestContext, 'era'>,
): Server {
  const safely = async <Result>(answer: () => Result | Promise<Result>): Promise<Result> => {
    try {
      return await answer();
    } catch (error) {
      throw safeError(error, report);
    }
  };
  const { name, version, instructions } = features;
  // A client of 2025 would watch resources in a session, and there are none.
  const resources = era === 'modern' ? { subscribe: true } : {};
  const capabilities = { tools: {}, resources, prompts: {}, completions: {} };
  const server = new Server({ name, version }, { capabilities, cacheHints, instructions });
  server.setRequestHandler('tools/list', () => ({ tools: [...features.tools(caller)] }));
  server.setRequestHandler('tools/call', ({ params }, call) =>
    safely(() => features.callTool(params.name, params.arguments ?? {}, caller, call)),
  );
  server.setRequestHandler('resources/list', () => ({ resources: [...features.resources()] }));
  server.setRequestHandler('resources/templates/list', () => ({
    resourceTemplates: [...features.resourceTemplates()],
  }));
  server.setRequestHandler('resources/read', ({ params }) => safely(() => features.readResource(params.uri, caller)));
  server.setRequestHandler('prompts/list', () => ({ prompts: [...features.prompts()] }));
  server.setRequestHandler('prompts/get', ({ params }, call) =>
    safely(() => features.getPrompt(params.name, params.arguments ?? {}, call)),
  );
  server.setRequestHandler('completion/complete', async ({ params }) => {
    const { name: argument, value } = params.argument;
    return { completion: await safely(() => features.complete({ argument, value }, caller)) };
  });
  return server;
}
