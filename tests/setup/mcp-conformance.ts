import { randomBytes } from 'node:crypto';
import {
  type CallToolResult,
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  createRequestStateCodec,
  type GetPromptResult,
  type InputRequest,
  type InputRequiredResult,
  inputRequired,
  MissingRequiredClientCapabilityError,
  ProtocolError,
  ProtocolErrorCode,
  type ReadResourceResult,
  ResourceNotFoundError,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { McpFeatures } from '../../src/doors/mcp/server/mcp-features.ts';

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

type Input = Readonly<Record<string, unknown>>;

/** Asks for a text of one name. */
const form = (message: string, name: string, property: { type: 'boolean' } | { type: 'string' } = { type: 'string' }) =>
  inputRequired.elicit({
    message,
    requestedSchema: { type: 'object', properties: { [name]: property }, required: [name] },
  });
const sampling = (words: string) =>
  inputRequired.createMessage({ messages: [{ role: 'user', content: text(words) }], maxTokens: 100 });

const complete = (given: unknown): CallToolResult => ({ content: [text(`state-ok ${JSON.stringify(given)}`)] });

const { mint, verify } = createRequestStateCodec<string>({ key: randomBytes(32) });

/** The state that a client sends back, unless somebody changed it. */
async function stateOf(call: ServerContext): Promise<string | undefined> {
  const state = call.mcpReq.requestState();
  if (state === undefined) return undefined;
  return verify(String(state), call).catch(() => {
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'Invalid state.');
  });
}

/** A tool that answers once its client has sent all that it requests. */
const requesting =
  (inputRequests: Record<string, InputRequest>, hasState = false) =>
  async (_: unknown, call: ServerContext): Promise<CallToolResult | InputRequiredResult> => {
    await stateOf(call);
    const given: Input = call.mcpReq.inputResponses ?? {};
    if (Object.keys(inputRequests).every((name) => given[name] !== undefined)) return complete(given);
    return inputRequired({ inputRequests, ...(hasState ? { requestState: await mint('first') } : {}) });
  };

const name = form('What is your name?', 'name');
const confirm = form('Please confirm', 'ok', { type: 'boolean' });

const capabilitiesOf = ({ mcpReq }: ServerContext) =>
  Object((mcpReq.envelope as Input | undefined)?.[CLIENT_CAPABILITIES_META_KEY]) as ClientCapabilities;

/** Tools that tell their progress, or need what the client has. */
const talking: Readonly<
  Record<string, (args: Input, call: ServerContext) => Promise<CallToolResult | InputRequiredResult>>
> = {
  async test_tool_with_progress(_, { mcpReq }) {
    const { progressToken } = mcpReq._meta ?? {};
    for (const progress of progressToken === undefined ? [] : [0, 50, 100]) {
      const params = { progressToken: progressToken ?? '', progress, total: 100 };
      await mcpReq.notify({ method: 'notifications/progress', params });
    }
    return { content: [text('Done.')] };
  },
  test_logging_tool: async () => complete('nothing is logged'),
  async test_missing_capability(_, call) {
    if (capabilitiesOf(call).sampling) return complete('sampling');
    throw new MissingRequiredClientCapabilityError({ requiredCapabilities: { sampling: {} } });
  },
  test_streaming_elicitation: requesting({ user_name: name }),
  test_input_required_result_elicitation: requesting({ user_name: name }),
  test_input_required_result_sampling: requesting({ capital_question: sampling('What is the capital of France?') }),
  test_input_required_result_list_roots: requesting({ client_roots: inputRequired.listRoots() }),
  test_input_required_result_request_state: requesting({ confirm }, true),
  test_input_required_result_tampered_state: requesting({ confirm }, true),
  test_input_required_result_multiple_inputs: requesting(
    { user_name: name, greeting: sampling('Generate a greeting'), client_roots: inputRequired.listRoots() },
    true,
  ),
  async test_input_required_result_multi_round(_, call) {
    const { step1, step2 } = (call.mcpReq.inputResponses ?? {}) as Input;
    const state = await stateOf(call);
    if (step2 !== undefined && state === 'second') return complete(step2);
    const ofFirst = { step1: form('Step 1: What is your name?', 'name') };
    const ofSecond = { step2: form('Step 2: What is your favorite color?', 'color') };
    return step1 !== undefined && state === 'first'
      ? inputRequired({ inputRequests: ofSecond, requestState: await mint('second') })
      : inputRequired({ inputRequests: ofFirst, requestState: await mint('first') });
  },
  async test_input_required_result_capabilities(args, call) {
    const { elicitation, sampling: samples } = capabilitiesOf(call);
    return requesting({
      ...(elicitation ? { user_name: name } : {}),
      ...(samples ? { greeting: sampling('Generate a greeting') } : {}),
    })(args, call);
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

/** A prompt that needs input. */
const asking = 'test_input_required_result_prompt';

const contentsAt = (uri: string): ReadResourceResult['contents'][number] => {
  if (uri === 'test://static-binary') return { uri, mimeType: 'image/png', blob: pixel };
  const [, id] = /^test:\/\/template\/(\w+)\/data$/.exec(uri) ?? [];
  if (id !== undefined) return { uri, mimeType: 'application/json', text: JSON.stringify({ id, templateTest: true }) };
  if (uri !== 'test://static-text') throw new ResourceNotFoundError(uri);
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
        $defs: {
          address: {
            $anchor: 'addressDef',
            type: 'object',
            properties: { street: { type: 'string' }, city: { type: 'string' } },
          },
        },
        properties: {
          name: { type: 'string' },
          address: { $ref: '#/$defs/address' },
          ...{ contactMethod: { enum: ['phone', 'email'] }, phone: { type: 'string' }, email: { type: 'string' } },
        },
        allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
        if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { required: ['phone'] },
        else: { required: ['email'] },
        additionalProperties: false,
      },
    },
  ],
  callTool: async (name, args, _, call) =>
    (await talking[name]?.(args, call)) ?? tools[name] ?? { isError: true, content: [] },
  resources: () => [
    { uri: 'test://static-text', name: 'static-text', description: 'A text.', mimeType: 'text/plain' },
    { uri: 'test://static-binary', name: 'static-binary', description: 'An image.', mimeType: 'image/png' },
  ],
  resourceTemplates: () => [{ uriTemplate: 'test://template/{id}/data', name: 'template' }],
  readResource: async (uri) => ({ contents: [contentsAt(uri)] }),
  changesOf: async () => new ReadableStream({ start: (controller) => controller.close() }),
  prompts: () => [...Object.keys(prompts), asking].map((name) => ({ name, description: name })),
  getPrompt: (name, args, { mcpReq }) =>
    name === asking && mcpReq.inputResponses === undefined
      ? inputRequired({ inputRequests: { user_context: form('What context should the prompt use?', 'context') } })
      : { messages: prompts[name]?.(args) ?? [] },
  complete: async () => ({ values: [] }),
};
