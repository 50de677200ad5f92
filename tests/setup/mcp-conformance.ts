import {
  type CallToolResult,
  CreateMessageResultSchema,
  type ElicitRequestFormParams,
  ElicitResultSchema,
  type GetPromptResult,
  type ReadResourceResult,
} from '@modelcontextprotocol/sdk/types.js';
import type { Conversation, McpFeatures } from '../../src/doors/mcp/server/mcp-features.ts';

const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const sound = 'UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAAAAA==';
const text = (words: string) => ({ type: 'text' as const, text: words });
const image = { type: 'image' as const, data: pixel, mimeType: 'image/png' };
const embedded = (uri: string, words: string) => ({
  type: 'resource' as const,
  resource: { uri, mimeType: 'text/plain', text: words },
});

const tools: Readonly<Record<string, CallToolResult>> = {
  test_simple_text: { content: [text('This is a simple text response for testing.')] },
  test_image_content: { content: [image] },
  test_audio_content: { content: [{ type: 'audio', data: sound, mimeType: 'audio/wav' }] },
  test_embedded_resource: { content: [embedded('test://embedded-resource', 'This is an embedded resource content.')] },
  test_multiple_content_types: {
    content: [
      text('Multiple content types test:'),
      image,
      {
        type: 'resource',
        resource: { uri: 'test://mixed', mimeType: 'application/json', text: '{"test":"data","value":123}' },
      },
    ],
  },
  test_error_handling: { isError: true, content: [text('This tool intentionally returns an error for testing')] },
};

type Form = ElicitRequestFormParams['requestedSchema'];

/** Puts a form before the user of the client. */
const ask = (message: string, requestedSchema: Form, { call }: Conversation) =>
  call.sendRequest(
    { method: 'elicitation/create', params: { mode: 'form', message, requestedSchema } },
    ElicitResultSchema,
  );

const defaults: Form = {
  type: 'object',
  properties: {
    name: { type: 'string', default: 'John Doe' },
    age: { type: 'integer', default: 30 },
    score: { type: 'number', default: 95.5 },
    status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
    verified: { type: 'boolean', default: true },
  },
};

const options = ['option1', 'option2', 'option3'];
const titled = (...titles: string[]) => titles.map((title, index) => ({ const: `value${index + 1}`, title }));
const choices: Form = {
  type: 'object',
  properties: {
    untitledSingle: { type: 'string', enum: options },
    titledSingle: { type: 'string', oneOf: titled('First Option', 'Second Option', 'Third Option') },
    legacyEnum: {
      type: 'string',
      enum: ['opt1', 'opt2', 'opt3'],
      enumNames: ['Option One', 'Option Two', 'Option Three'],
    },
    untitledMulti: { type: 'array', items: { type: 'string', enum: options } },
    titledMulti: { type: 'array', items: { anyOf: titled('First Choice', 'Second Choice', 'Third Choice') } },
  },
};

const completed = ({ action, content }: { readonly action: string; readonly content?: unknown }): CallToolResult => ({
  content: [text(`Elicitation completed: action=${action}, content=${JSON.stringify(content ?? {})}`)],
});

/** Tools that talk to the client while they run, which takes a session. */
const talking: Readonly<
  Record<string, (args: Record<string, unknown>, conversation: Conversation) => Promise<CallToolResult>>
> = {
  async test_tool_with_logging(_, { log }) {
    for (const step of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
      await log('info', step);
    }
    return { content: [text('Logged.')] };
  },
  async test_tool_with_progress(_, { call }) {
    const { progressToken } = call._meta ?? {};
    for (const progress of progressToken === undefined ? [] : [0, 50, 100]) {
      const params = { progressToken: progressToken ?? '', progress, total: 100 };
      await call.sendNotification({ method: 'notifications/progress', params });
    }
    return { content: [text('Done.')] };
  },
  async test_sampling({ prompt }, { call }) {
    const messages = [{ role: 'user' as const, content: text(String(prompt)) }];
    const params = { messages, maxTokens: 100 };
    const sampled = await call.sendRequest({ method: 'sampling/createMessage', params }, CreateMessageResultSchema);
    return { content: [text(`LLM response: ${JSON.stringify(sampled.content)}`)] };
  },
  async test_elicitation({ message }, conversation) {
    const properties = {
      username: { type: 'string' as const, description: "User's response" },
      email: { type: 'string' as const, description: "User's email address" },
    };
    const form: Form = { type: 'object', properties, required: ['username', 'email'] };
    return completed(await ask(String(message), form, conversation));
  },
  test_elicitation_sep1034_defaults: async (_, conversation) =>
    completed(await ask('Defaults', defaults, conversation)),
  test_elicitation_sep1330_enums: async (_, conversation) => completed(await ask('Choices', choices, conversation)),
  async test_reconnection(_, { call }) {
    call.closeSSEStream?.();
    return { content: [text('Resumed.')] };
  },
};

const prompts: Readonly<Record<string, (args: Record<string, string>) => GetPromptResult['messages']>> = {
  test_simple_prompt: () => [{ role: 'user', content: text('This is a simple prompt for testing.') }],
  test_prompt_with_arguments: ({ arg1, arg2 }) => [
    { role: 'user', content: text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`) },
  ],
  test_prompt_with_embedded_resource: ({ resourceUri = '' }) => [
    { role: 'user', content: embedded(resourceUri, 'Embedded resource content for testing.') },
    { role: 'user', content: text('Please process the embedded resource above.') },
  ],
  test_prompt_with_image: () => [
    { role: 'user', content: image },
    { role: 'user', content: text('Please analyze the image above.') },
  ],
};

const contentsAt = (uri: string): ReadResourceResult['contents'][number] => {
  if (uri === 'test://static-binary') return { uri, mimeType: 'image/png', blob: pixel };
  const [, id] = /^test:\/\/template\/(\w+)\/data$/.exec(uri) ?? [];
  if (id !== undefined) return { uri, mimeType: 'application/json', text: JSON.stringify({ id, templateTest: true }) };
  return { uri, mimeType: 'text/plain', text: 'This is the content of the static text resource.' };
};

/** What the official conformance suite expects a server to offer while it is tested. */
export const conformanceFeatures: McpFeatures = {
  name: 'conformance',
  version: '1',
  instructions: '',
  tools: () => [
    ...[...Object.keys(tools), ...Object.keys(talking)].map((name) => ({
      name,
      description: name,
      inputSchema: { type: 'object' as const, properties: {} },
    })),
    {
      name: 'json_schema_2020_12_tool',
      description: 'Tool with JSON Schema 2020-12 features',
      inputSchema: {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object' as const,
        $defs: { address: { type: 'object', properties: { street: { type: 'string' }, city: { type: 'string' } } } },
        properties: { name: { type: 'string' }, address: { $ref: '#/$defs/address' } },
        additionalProperties: false,
      },
    },
  ],
  async callTool(name, args, _, conversation) {
    const answer = conversation && (await talking[name]?.(args, conversation));
    return answer ?? tools[name] ?? { isError: true, content: [] };
  },
  resources: () => [
    { uri: 'test://static-text', name: 'static-text', description: 'A text.', mimeType: 'text/plain' },
    { uri: 'test://static-binary', name: 'static-binary', description: 'An image.', mimeType: 'image/png' },
  ],
  resourceTemplates: () => [{ uriTemplate: 'test://template/{id}/data', name: 'template' }],
  readResource: async (uri) => ({ contents: [contentsAt(uri)] }),
  changesOf: async () => new ReadableStream({ start: (controller) => controller.close() }),
  prompts: () => Object.keys(prompts).map((name) => ({ name, description: name })),
  getPrompt: (name, args) => ({ messages: prompts[name]?.(args) ?? [] }),
  complete: async () => ({ values: [] }),
};
