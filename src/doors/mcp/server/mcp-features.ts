import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type {
  CallToolResult,
  CompleteResult,
  GetPromptResult,
  LoggingLevel,
  Prompt,
  ReadResourceResult,
  Resource,
  ResourceTemplate,
  ServerNotification,
  ServerRequest,
  Tool as ToolDescription,
} from '@modelcontextprotocol/sdk/types.js';
import type { Viewer } from '../../../engine/access/viewer.ts';
import type { Ask, GraphqlResult, Question } from '../../../graphql/internal-client/ask.ts';

/** The caller of one request. */
export interface McpCaller {
  readonly viewer: Viewer;
  /** Asks GraphQL as this caller. */
  readonly ask: Ask;
  /** Subscribes as this caller, until the signal aborts. Resolves once no later result is missed. */
  listen(question: Question, signal: AbortSignal): Promise<AsyncIterable<GraphqlResult>>;
}

/** The client of a session, during a call of a tool. */
export interface Conversation {
  /** The call: it carries notifications and questions to the client, and says when the client cancels it. */
  readonly call: RequestHandlerExtra<ServerRequest, ServerNotification>;
  /** Whether the client can put a form before its user. */
  readonly hasForms: boolean;
  /** Sends a message of the log, if the client asked for its level. */
  log(level: LoggingLevel, data: unknown): Promise<void>;
}

/** What is completed: an argument of a prompt, or a variable of a template. */
export interface Completed {
  readonly argument: string;
  readonly value: string;
}

/** What a server offers to agents. Each function throws `McpError` for what does not exist. */
export interface McpFeatures {
  readonly name: string;
  readonly version: string;
  readonly instructions: string;
  tools(caller: McpCaller): readonly ToolDescription[];
  /** A conversation is only possible within a session. */
  callTool(
    name: string,
    args: Record<string, unknown>,
    caller: McpCaller,
    conversation?: Conversation,
  ): Promise<CallToolResult>;
  resources(): readonly Resource[];
  resourceTemplates(): readonly ResourceTemplate[];
  readResource(uri: string, caller: McpCaller): Promise<ReadResourceResult>;
  /** Yields whenever a resource has changed, until the signal aborts. Resolves once no later change is missed. */
  changesOf(uri: string, caller: McpCaller, signal: AbortSignal): Promise<AsyncIterable<unknown>>;
  prompts(): readonly Prompt[];
  getPrompt(name: string, args: Record<string, string>): GetPromptResult;
  complete(completed: Completed, caller: McpCaller): Promise<CompleteResult['completion']>;
}
