import type {
  CallToolResult,
  CompleteResult,
  GetPromptResult,
  InputRequiredResult,
  Prompt,
  ReadResourceResult,
  Resource,
  ResourceTemplateType,
  ServerContext,
  Tool as ToolDescription,
} from '@modelcontextprotocol/server';
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

/** What is completed: an argument of a prompt, or a variable of a template. */
export interface Completed {
  readonly argument: string;
  readonly value: string;
}

/** What a server offers to agents. Each function throws `ProtocolError` for what does not exist. */
export interface McpFeatures {
  readonly name: string;
  readonly version: string;
  readonly instructions: string;
  tools(caller: McpCaller): readonly ToolDescription[];
  /** Asks for input where its user has to decide. */
  callTool(
    name: string,
    args: Record<string, unknown>,
    caller: McpCaller,
    call: ServerContext,
  ): Promise<CallToolResult | InputRequiredResult>;
  resources(): readonly Resource[];
  resourceTemplates(): readonly ResourceTemplateType[];
  readResource(uri: string, caller: McpCaller): Promise<ReadResourceResult>;
  /** Yields whenever an entity has changed, until the signal aborts. Resolves once no later change is missed. */
  changesOf(uri: string, caller: McpCaller, signal: AbortSignal): Promise<AsyncIterable<unknown>>;
  prompts(): readonly Prompt[];
  getPrompt(name: string, args: Record<string, string>, call: ServerContext): GetPromptResult | InputRequiredResult;
  complete(completed: Completed, caller: McpCaller): Promise<CompleteResult['completion']>;
}
