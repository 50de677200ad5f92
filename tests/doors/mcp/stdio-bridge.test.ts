import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { bridgeStdio, type McpFetch } from '../../../src/doors/mcp/server/stdio-bridge.ts';

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: object;
}

/** Answers a message of a client in a session, whose ID is `null` before it begins. */
type Answer = (message: Message, session: string | null) => Response | Promise<Response>;

let end = async () => {};
afterEach(() => end());

/** A client with a bridge to a server that opens no stream of its own. */
function bridged(answer: Answer) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const fetch: McpFetch = async (request) => {
    if (request.method !== 'POST') return new Response(null, { status: 405 });
    const message = (await request.json()) as Message;
    return answer(message, request.headers.get('mcp-session-id'));
  };
  const ending = new AbortController();
  const bridge = bridgeStdio({ address: 'http://server.test/mcp', fetch, input, output, signal: ending.signal });
  end = async () => {
    ending.abort();
    await bridge;
  };
  const answered = new Set<Message['id']>();
  const lines = createInterface({ input: output });
  lines.on('line', (line) => answered.add((JSON.parse(line) as Message).id));
  return {
    send: (message: Message) => void input.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`),
    async answersTo(...ids: readonly number[]) {
      while (!ids.every((id) => answered.has(id))) await once(lines, 'line');
    },
  };
}

const accepted = () => new Response(null, { status: 202 });
const result = ({ id }: Message, of: object = {}, session = 'first') =>
  Response.json({ jsonrpc: '2.0', id, result: of }, { headers: { 'mcp-session-id': session } });

const about = { protocolVersion: '2025-11-25', capabilities: {} };
const initialize = { id: 0, method: 'initialize', params: { ...about, clientInfo: { name: 'test', version: '1' } } };

describe('the bridge of an agent on standard input and output', () => {
  it('takes further requests, however many its client has cancelled', async () => {
    const unanswered = { headers: { 'content-type': 'text/event-stream' } };
    const { send, answersTo } = bridged((message) => {
      if (message.id === undefined) return accepted();
      return message.method === 'slow' ? new Response(new ReadableStream({}), unanswered) : result(message);
    });
    for (let id = 1; id <= 60; id += 1) {
      send({ id, method: 'slow' });
      send({ method: 'notifications/cancelled', params: { requestId: id } });
    }
    send({ id: 99, method: 'quick' });
    await answersTo(99);
  });

  it('hears that requests are cancelled, however many are at work or wait', async () => {
    const unanswered = { headers: { 'content-type': 'text/event-stream' } };
    const sent: Message['id'][] = [];
    const { send, answersTo } = bridged((message) => {
      if (message.id === undefined) return accepted();
      sent.push(message.id);
      return message.method === 'slow' ? new Response(new ReadableStream({}), unanswered) : result(message);
    });
    const ids = Array.from({ length: 60 }, (_, index) => index + 1);
    for (const id of ids) send({ id, method: 'slow' });
    for (const id of ids.toReversed()) send({ method: 'notifications/cancelled', params: { requestId: id } });
    send({ id: 99, method: 'quick' });
    await answersTo(99);
    // Those that were cancelled before their turn are not sent at all.
    expect(sent.length).toBeLessThan(40);
  });

  it('begins one session for all requests that a server refuses since it has ended theirs', async () => {
    let session = 'first';
    const begun: string[] = [];
    const { send, answersTo } = bridged((message, sent) => {
      if (message.method === 'initialize') {
        begun.push(session);
        return result(message, { ...about, serverInfo: { name: 'test', version: '1' } }, session);
      }
      if (sent !== session) return Response.json({ error: { message: 'There is no such session.' } }, { status: 404 });
      return message.id === undefined ? accepted() : result(message, {}, session);
    });
    send(initialize);
    await answersTo(0);
    send({ method: 'notifications/initialized' });
    session = 'second';
    const ids = [1, 2, 3, 4, 5, 6];
    for (const id of ids) send({ id, method: 'ping' });
    await answersTo(...ids);
    expect(begun).toEqual(['first', 'second']);
  });
});
