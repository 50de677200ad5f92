import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { bridgeStdio, type McpFetch } from '../../../../src/doors/mcp/stdio/stdio-bridge.ts';

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: object;
}

/** Answers a message of a client. */
type Answer = (message: Message, request: Request) => Response | Promise<Response>;

let end = async () => {};
afterEach(() => end());

/** A client with a bridge to a server. */
function bridged(answer: Answer) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const fetch: McpFetch = async (request) => answer((await request.clone().json()) as Message, request);
  const ending = new AbortController();
  const bridge = bridgeStdio({
    address: 'http://server.test/mcp',
    fetch,
    input,
    output,
    signal: ending.signal,
    key: 'secret',
  });
  end = async () => {
    ending.abort();
    await bridge;
  };
  const answers: Message[] = [];
  const lines = createInterface({ input: output });
  lines.on('line', (line) => void answers.push(JSON.parse(line)));
  return {
    send: (message: Message) => void input.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`),
    async answersTo(...ids: readonly number[]) {
      while (!ids.every((id) => answers.some((answer) => answer.id === id))) await once(lines, 'line');
      return answers;
    },
    async endInput() {
      input.end();
      await bridge;
      return answers;
    },
  };
}

const result = ({ id }: Message, of: object = {}) => Response.json({ jsonrpc: '2.0', id, result: of });

/** An answer that never comes; it ends when its request is taken back. */
const unanswered = ({ signal }: Request) =>
  new Promise<Response>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

describe('the bridge of an agent on standard input and output', () => {
  it('takes further requests, however many its client has cancelled', async () => {
    const { send, answersTo } = bridged((message, request) =>
      message.method === 'slow' ? unanswered(request) : result(message),
    );
    for (let id = 1; id <= 60; id += 1) {
      send({ id, method: 'slow' });
      send({ method: 'notifications/cancelled', params: { requestId: id } });
    }
    send({ id: 99, method: 'quick' });
    await answersTo(99);
  });

  it('takes back requests that are cancelled, however many are at work or wait', async () => {
    const sent: Message['id'][] = [];
    const { send, answersTo } = bridged((message, request) => {
      sent.push(message.id);
      return message.method === 'slow' ? unanswered(request) : result(message);
    });
    const ids = Array.from({ length: 60 }, (_, index) => index + 1);
    for (const id of ids) send({ id, method: 'slow' });
    for (const id of ids.toReversed()) send({ method: 'notifications/cancelled', params: { requestId: id } });
    send({ id: 99, method: 'quick' });
    await answersTo(99);
    // Those that were cancelled before their turn are not sent at all.
    expect(sent.length).toBeLessThan(40);
  });

  it('sends the headers that belong to a message, with names in ASCII', async () => {
    const heads: Record<string, string | null>[] = [];
    const { send, answersTo } = bridged((message, { headers }) => {
      const names = ['authorization', 'mcp-protocol-version', 'mcp-method', 'mcp-name'];
      heads.push(Object.fromEntries(names.map((name) => [name, headers.get(name)])));
      return result(message, { protocolVersion: '2025-06-18' });
    });
    const _meta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' };
    send({ id: 1, method: 'resources/read', params: { uri: 'silkgraph://entity/敦煌', _meta } });
    await answersTo(1);
    send({ id: 2, method: 'initialize', params: { protocolVersion: '2025-06-18' } });
    await answersTo(2);
    send({ id: 3, method: 'tools/list' });
    await answersTo(3);
    const authorization = 'Bearer secret';
    const none = { 'mcp-protocol-version': null, 'mcp-method': null, 'mcp-name': null };
    expect(heads).toEqual([
      {
        authorization,
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'resources/read',
        'mcp-name': `=?base64?${Buffer.from('silkgraph://entity/敦煌').toString('base64')}?=`,
      },
      { ...none, authorization },
      { ...none, authorization, 'mcp-protocol-version': '2025-06-18' },
    ]);
  });

  it('passes on each message of a stream, and ends streams with the input', async () => {
    const { send, answersTo, endInput } = bridged(({ id, method }, request) => {
      const event = (message: object) => `event: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', ...message })}\n\n`;
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          const write = (text: string) => controller.enqueue(new TextEncoder().encode(text));
          write(event({ method: 'notifications/progress', params: { progress: 1 } }));
          if (method === 'subscriptions/listen') request.signal.addEventListener('abort', () => controller.error());
          else {
            write(`: keepalive\n\n${event({ id, result: {} })}`);
            controller.close();
          }
        },
      });
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    });
    send({ id: 1, method: 'subscriptions/listen' });
    send({ id: 2, method: 'tools/call' });
    await answersTo(2);
    const progress = { jsonrpc: '2.0', method: 'notifications/progress', params: { progress: 1 } };
    expect(await endInput()).toEqual([progress, progress, { jsonrpc: '2.0', id: 2, result: {} }]);
  });

  it('answers what a server refuses, in its words', async () => {
    const refusals = [
      Response.json({ jsonrpc: '2.0', id: null, error: { code: -32_600, message: 'No batch.' } }, { status: 400 }),
      Response.json({ errors: [{ message: 'Too many requests.' }] }, { status: 429 }),
      new Response('<html>', { status: 502 }),
    ];
    const { send, answersTo } = bridged(() => refusals.shift() ?? Response.error());
    for (const id of [1, 2, 3]) {
      send({ id, method: 'tools/list' });
      await answersTo(id);
    }
    expect(await answersTo(3)).toEqual([
      { jsonrpc: '2.0', id: 1, error: { code: -32_600, message: 'No batch.' } },
      { jsonrpc: '2.0', id: 2, error: { code: -32_000, message: 'Too many requests.' } },
      { jsonrpc: '2.0', id: 3, error: { code: -32_000, message: 'The server answered with the status 502.' } },
    ]);
  });
});
