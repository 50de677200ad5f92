import type { Readable, Writable } from 'node:stream';
import {
  isJSONRPCRequest,
  type JSONRPCMessage,
  type JSONRPCRequest,
  PROTOCOL_VERSION_META_KEY,
} from '@modelcontextprotocol/server';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { createSemaphore } from '../../../engine/graph/semaphore.ts';
import { eventsIn } from '../events-in.ts';

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

/** Requests at work at the same time; further ones wait for their turn. */
const AT_ONCE = 32;

/** Requests that are at work or wait; a client that sends more is not read. */
const MOST_HELD = 1_000;

/** A header in ASCII (2026-07-28, "Transports", "Value Encoding"). */
const inAscii = (value: string): string =>
  /^[\x21-\x7e]*$/.test(value) ? value : `=?base64?${Buffer.from(value).toString('base64')}?=`;

/** The headers that repeat what a message of 2026-07-28 says. */
function headersOf({ method, params }: JSONRPCRequest, agreed: string | undefined): Record<string, string> {
  const version = params?._meta?.[PROTOCOL_VERSION_META_KEY];
  if (typeof version !== 'string') return agreed === undefined ? {} : { 'mcp-protocol-version': agreed };
  const name = params?.name ?? params?.uri;
  const named = typeof name === 'string' ? { 'mcp-name': inAscii(name) } : {};
  return { 'mcp-protocol-version': version, 'mcp-method': inAscii(method), ...named };
}

const isMessage = (value: unknown): value is JSONRPCMessage => Object(value).jsonrpc === '2.0';

/** What a refused request says, as an answer to it. */
function refusalOf(text: string, { status }: Response, { id }: JSONRPCRequest): JSONRPCMessage {
  let message = `The server answered with the status ${status}.`;
  try {
    const body = JSON.parse(text);
    if (isMessage(body)) return { ...body, id } as JSONRPCMessage;
    message = body.errors?.[0]?.message ?? body.message ?? message;
  } catch {
    // The status says enough.
  }
  return { jsonrpc: '2.0', id, error: { code: -32_000, message } };
}

/** The messages in an answer: one, or a stream of events. */
async function* messagesIn(response: Response, request: JSONRPCRequest): AsyncGenerator<JSONRPCMessage> {
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
  if (!(isStream && response.body)) {
    const text = await response.text();
    yield response.ok ? JSON.parse(text) : refusalOf(text, response, request);
    return;
  }
  for await (const { data } of eventsIn(response.body)) if (data !== '') yield JSON.parse(data);
}

/**
 * Serves the Model Context Protocol on standard input and output: each request goes to `/mcp`, whose limits and rights apply,
 * and each message from there to the client. A request that the client cancels is taken back. Ends with the input, when all
 * is answered, or with the signal.
 */
export async function bridgeStdio({ address, fetch, key, input, output, signal }: StdioBridgeOptions): Promise<void> {
  const local = new StdioServerTransport(input, output);
  const inTurn = createSemaphore({ atOnce: AT_ONCE });
  const running = new Map<string | number, { readonly cancel: AbortController; readonly isStream: boolean }>();
  /** The version that a client of 2025 agreed on; later versions are in each message. */
  let agreed: string | undefined;

  async function pass(request: JSONRPCRequest, cancelled: AbortSignal): Promise<void> {
    const headers = {
      ...headersOf(request, agreed),
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    };
    const init = { method: 'POST', headers, body: JSON.stringify(request), signal: cancelled };
    for await (const message of messagesIn(await fetch(new Request(address, init)), request)) {
      if (cancelled.aborted) return;
      if ('result' in message && request.method === 'initialize') agreed = String(message.result.protocolVersion);
      await local.send(message);
    }
  }

  async function take(request: JSONRPCRequest): Promise<void> {
    const cancel = new AbortController();
    const cancelled = AbortSignal.any([cancel.signal, signal]);
    // A stream stays open, so it takes no turn from others. The server limits how many there are.
    const isStream = request.method === 'subscriptions/listen';
    running.set(request.id, { cancel, isStream });
    if (running.size >= MOST_HELD) input.pause();
    try {
      await (isStream ? pass(request, cancelled) : inTurn(() => pass(request, cancelled), { signal: cancelled }));
    } catch (error) {
      if (cancelled.aborted) return;
      const reason = error instanceof Error ? error.message : String(error);
      const message = `${address} did not answer: ${reason}.`;
      await local.send({ jsonrpc: '2.0', id: request.id, error: { code: -32_000, message } });
    } finally {
      running.delete(request.id);
      if (running.size < MOST_HELD) input.resume();
      if (hasEnded && running.size === 0) allAnswered();
    }
  }

  let hasEnded = false;
  let allAnswered = () => {};
  local.onmessage = (message) => {
    if (isJSONRPCRequest(message)) void take(message);
    else if ('method' in message && message.method === 'notifications/cancelled')
      running.get(message.params?.requestId as string | number)?.cancel.abort();
    // The server keeps nothing between requests, so no other notification says anything to it.
  };
  await local.start();
  await new Promise<void>((resolve) => {
    input.once('end', resolve);
    input.once('close', resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  for (const { cancel, isStream } of running.values()) if (isStream) cancel.abort();
  await new Promise<void>((resolve) => {
    allAnswered = resolve;
    hasEnded = true;
    if (running.size === 0 || signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await local.close();
}
