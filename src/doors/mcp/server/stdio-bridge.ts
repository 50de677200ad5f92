import type { Readable, Writable } from 'node:stream';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import {
  CancelledNotificationSchema,
  isInitializeRequest,
  isJSONRPCRequest,
  type JSONRPCMessage,
} from '@modelcontextprotocol/sdk/types.js';
import { lastingRequests } from './lasting-requests.ts';

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

/** Requests at work at the same time; further ones wait for their turn, and other messages pass them. */
const AT_ONCE = 32;

/** Messages that are at work or wait; a client that sends more is not read. */
const MOST_HELD = 1_000;

/** A request that is at work. */
interface Waiting {
  readonly through: StreamableHTTPClientTransport;
  /** Settles it; a request that its client cancelled has no answer. */
  resolve(answer: JSONRPCMessage | undefined): void;
  reject(reason: Error): void;
}

/** The server refused a message. */
class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What a failed request says. */
async function refusalOf(response: Response): Promise<Refused> {
  const text = await response.text();
  let message = `The server answered with the status ${response.status}.`;
  try {
    const body = JSON.parse(text);
    message = body.error?.message ?? body.errors?.[0]?.message ?? body.message ?? message;
  } catch {
    // The status says enough.
  }
  return new Refused(response.status, message);
}

/**
 * Serves the Model Context Protocol on standard input and output: each message goes to `/mcp`, whose limits and rights apply,
 * and each message from there to the client. A session that the server ended, for example by a restart, is begun anew.
 * Ends with the input, or with the signal.
 */
export async function bridgeStdio({ address, fetch, key, input, output, signal }: StdioBridgeOptions): Promise<void> {
  const local = new StdioServerTransport(input, output);
  const lasting = lastingRequests();
  const waiting = new Map<string | number, Waiting>();
  let remote = await connect();
  /** A session that is begun anew; messages wait for it. */
  let beginning: Promise<void> | undefined;

  async function connect(): Promise<StreamableHTTPClientTransport> {
    const transport = new StreamableHTTPClientTransport(new URL(address), {
      requestInit: key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } },
      async fetch(url, init) {
        const response = await fetch(new Request(url, init as RequestInit));
        if (init?.method === 'POST' && !response.ok) throw await refusalOf(response);
        return response;
      },
    });
    transport.onmessage = (message) => {
      if ('result' in message && typeof message.result.protocolVersion === 'string')
        transport.setProtocolVersion(message.result.protocolVersion);
      const answered = 'method' in message || message.id === undefined ? undefined : waiting.get(message.id);
      if (answered) answered.resolve(message);
      else void local.send(message);
    };
    transport.onerror = (error) => {
      // The transport resumes a stream that breaks off; once it has given up, nothing that is at work is answered.
      if (!error.message.startsWith('Maximum reconnection attempts')) return;
      for (const { through, reject } of waiting.values())
        if (through === transport) reject(new Error('the connection was lost'));
    };
    await transport.start();
    return transport;
  }

  /** Sends a request, and settles with its answer. */
  async function answerTo(
    request: JSONRPCMessage & { readonly id: string | number },
    through: StreamableHTTPClientTransport,
  ): Promise<JSONRPCMessage | undefined> {
    try {
      return await new Promise<JSONRPCMessage | undefined>((resolve, reject) => {
        waiting.set(request.id, { through, resolve, reject });
        through.send(request).catch(reject);
      });
    } finally {
      waiting.delete(request.id);
    }
  }

  /** Begins the session anew, as the client began it. */
  async function beginAnew(): Promise<void> {
    const next = await connect();
    try {
      for (const message of lasting.messages()) {
        if (isJSONRPCRequest(message)) await answerTo({ ...message, id: `again ${message.id}` }, next);
        else await next.send(message);
      }
    } catch (error) {
      await next.close();
      throw error;
    }
    remote = next;
  }

  async function pass(message: JSONRPCMessage): Promise<void> {
    lasting.note(message);
    if (beginning) await beginning.catch(() => {});
    const used = remote;
    const { sessionId } = used;
    const send = async () => {
      if (!isJSONRPCRequest(message)) return remote.send(message);
      const answered = await answerTo(message, remote);
      if (answered) await local.send(answered);
    };
    try {
      await send();
    } catch (error) {
      if (!(error instanceof Refused && error.status === 404 && sessionId !== undefined)) throw error;
      if (isInitializeRequest(message)) throw error;
      if (remote === used) {
        beginning ??= beginAnew().finally(() => {
          beginning = undefined;
        });
      }
      await beginning;
      // What else was sent in the lost session is refused in turn, and sent again.
      if (![...waiting.values()].some(({ through }) => through === used)) await used.close();
      await send();
    }
  }

  async function answer(message: JSONRPCMessage): Promise<void> {
    try {
      await pass(message);
    } catch (error) {
      if (!isJSONRPCRequest(message) || signal.aborted) return;
      const reason = error instanceof Error ? error.message : String(error);
      const text = error instanceof Refused ? reason : `${address} did not answer: ${reason}.`;
      await local.send({ jsonrpc: '2.0', id: message.id, error: { code: -32_000, message: text } });
    }
  }

  const running = new Set<Promise<void>>();
  /** Requests that wait for their turn, which comes unless their client cancels them. */
  const queued: { readonly id: string | number; end(isWanted: boolean): void }[] = [];
  let atWork = 0;

  async function take(message: JSONRPCMessage): Promise<void> {
    if (!isJSONRPCRequest(message)) return answer(message);
    const { id } = message;
    if (atWork < AT_ONCE) atWork += 1;
    else if (!(await new Promise<boolean>((end) => void queued.push({ id, end })))) return;
    try {
      await answer(message);
    } finally {
      const next = queued.shift();
      if (next) next.end(true);
      else atWork -= 1;
    }
  }

  function cancel(id: string | number): void {
    const place = queued.findIndex((one) => one.id === id);
    if (place >= 0) queued.splice(place, 1)[0]?.end(false);
    // The server does not answer it.
    else waiting.get(id)?.resolve(undefined);
  }

  const ended = new Promise<void>((resolve) => {
    input.once('end', resolve);
    input.once('close', resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  local.onmessage = (message) => {
    const { data: cancelled } = CancelledNotificationSchema.safeParse(message);
    if (cancelled?.params.requestId !== undefined) cancel(cancelled.params.requestId);
    const work: Promise<void> = take(message).finally(() => {
      running.delete(work);
      if (running.size < MOST_HELD) input.resume();
    });
    running.add(work);
    if (running.size >= MOST_HELD) input.pause();
  };
  await local.start();
  await ended;
  const aborted = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.race([Promise.allSettled([...running]), aborted]);
  // The server need not keep the session of a client that has gone.
  await remote.terminateSession().catch(() => {});
  await remote.close();
  await local.close();
}
