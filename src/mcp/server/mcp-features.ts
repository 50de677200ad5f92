import type {
  CallToolResult,
  CompleteResult,
  GetPromptResult,
  Prompt,
  ReadResourceResult,
  Resource,
  ResourceTemplate,
  Tool as ToolDescription,
} from '@modelcontextprotocol/sdk/types.js';
import type { Viewer } from '../../access/viewer.ts';
import type { Ask } from '../../asking/ask.ts';

/** The caller of one request. */
export interface McpCaller {
  readonly viewer: Viewer;
  /** Asks GraphQL as this caller. */
  readonly ask: Ask;
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
  callTool(name: string, args: Record<string, unknown>, caller: McpCaller): Promise<CallToolResult>;
  resources(): readonly Resource[];
  resourceTemplates(): readonly ResourceTemplate[];
  readResource(uri: string, caller: McpCaller): Promise<ReadResourceResult>;
  prompts(): readonly Prompt[];
  getPrompt(name: string, args: Record<string, string>): GetPromptResult;
  complete(completed: Completed, caller: McpCaller): Promise<CompleteResult['completion']>;
}
