import type { CallToolResult, GetPromptResult, ReadResourceResult } from '@modelcontextprotocol/sdk/types.js';
import type { McpFeatures } from '../../src/mcp/server/mcp-features.ts';

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
    ...Object.keys(tools).map((name) => ({
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
  callTool: async (name) => tools[name] ?? { isError: true, content: [] },
  resources: () => [
    { uri: 'test://static-text', name: 'static-text', description: 'A text.', mimeType: 'text/plain' },
    { uri: 'test://static-binary', name: 'static-binary', description: 'An image.', mimeType: 'image/png' },
  ],
  resourceTemplates: () => [{ uriTemplate: 'test://template/{id}/data', name: 'template' }],
  readResource: async (uri) => ({ contents: [contentsAt(uri)] }),
  prompts: () => Object.keys(prompts).map((name) => ({ name, description: name })),
  getPrompt: (name, args) => ({ messages: prompts[name]?.(args) ?? [] }),
  complete: async () => ({ values: [] }),
};
