import type { Readable, Writable } from 'node:stream';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { type JSONRPCMessage, JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';

/** Answers a request to `/mcp`: a server in this process, or one at an address. */
export type McpFetch = (request: Request) => Promise<Response>;

export interface StdioBridgeOptions {
  readonly address: string;
  readonly fetch: McpFetch;
  /** An API key or a token, sent with every message. */
  readonly key?: string | undefined;
  readonly input: Readable;
  readonly output: Writable;
  /** Ends the bridge. */
  readonly signal: AbortSignal;
}

/** Messages at work at the same time; a client that sends more waits. */
const AT_ONCE = 16;

/** What a failed request says, as an error of JSON-RPC. */
async function failureOf(response: Response, id: string | number): Promise<JSONRPCMessage> {
  const text = await response.text();
  let message = `The server answered with the status ${response.status}.`;
  try {
    const body = JSON.parse(text);
    message = body.error?.message ?? body.errors?.[0]?.message ?? body.message ?? message;
  } catch {
    // The status says enough.
  }
  return { jsonrpc: '2.0', id, error: { code: -32_000, message } };
}

/**
 * Serves the Model Context Protocol on standard input and output: each message goes to `/mcp`, whose limits and rights apply.
 * Ends with the input, or with the signal.
 */
export async function bridgeStdio({ address, fetch, key, input, output, signal }: StdioBridgeOptions): Promise<void> {
  const transport = new StdioServerTransport(input, output);
  const running = new Set<Promise<void>>();
  let version: string | undefined;

  async function answer(message: JSONRPCMessage): Promise<void> {
    const id = 'id' in message && 'method' in message ? message.id : undefined;
    const reply = async (answered: JSONRPCMessage) => transport.send(answered);
    try {
      const response = await fetch(
        new Request(address, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            accept: 'application/json, text/event-stream',
            ...(version === undefined ? {} : { 'mcp-protocol-version': version }),
            ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
          },
          body: JSON.stringify(message),
          signal,
        }),
      );
      if (id === undefined) return;
      if (!response.ok) return await reply(await failureOf(response, id));
      const answered = JSONRPCMessageSchema.parse(await response.json());
      if ('result' in answered && typeof answered.result.protocolVersion === 'string')
        version = answered.result.protocolVersion;
      await reply(answered);
    } catch (error) {
      if (id === undefined || signal.aborted) return;
      const reason = error instanceof Error ? error.message : String(error);
      await reply({ jsonrpc: '2.0', id, error: { code: -32_000, message: `${address} did not answer: ${reason}.` } });
    }
  }

  const ended = new Promise<void>((resolve) => {
    input.once('end', resolve);
    input.once('close', resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  transport.onmessage = (message) => {
    const work: Promise<void> = answer(message).finally(() => {
      running.delete(work);
      if (running.size < AT_ONCE) input.resume();
    });
    running.add(work);
    if (running.size >= AT_ONCE) input.pause();
  };
  await transport.start();
  await ended;
  await Promise.allSettled([...running]);
  await transport.close();
}
