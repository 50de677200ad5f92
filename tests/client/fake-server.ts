import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';

/** What a fake server was sent. */
export interface Received {
  readonly at: number;
  readonly headers: IncomingHttpHeaders;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export type Reply = (response: ServerResponse, received: Received) => void;

/** Starts a server that answers the first request by the first reply and so on, the last one again and again. */
export function fakeServers() {
  const running: { close(): void; closeAllConnections(): void }[] = [];
  afterEach(() => {
    for (const server of running.splice(0)) {
      server.close();
      server.closeAllConnections();
    }
  });
  return async (...replies: readonly Reply[]) => {
    const received: Received[] = [];
    const server = createServer(async (request, response) => {
      const at = performance.now();
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const one: Received = { at, headers: request.headers, ...JSON.parse(Buffer.concat(chunks).toString()) };
      received.push(one);
      replies[Math.min(received.length, replies.length) - 1]?.(response, one);
    });
    running.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, received };
  };
}

export const answer =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Reply =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

export const refusal = (code: string, status: number, headers?: Record<string, string>): Reply =>
  answer({ errors: [{ message: `Refused by ${code}.`, extensions: { code } }] }, status, headers);

/** The connection is cut, after so much of a body. */
export const cut =
  (body = '', contentType = 'application/json'): Reply =>
  (response) => {
    if (body === '') return void response.destroy();
    response.writeHead(200, { 'content-type': contentType });
    response.write(body, () => setTimeout(() => response.destroy(), 20));
  };

/** An event stream of these pieces of text. It stays open where it is not to end. */
export const stream =
  (pieces: readonly string[], { ends = true } = {}): Reply =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    for (const piece of pieces) response.write(piece);
    if (ends) response.end();
  };

export const next = (data: unknown): string => `event: next\ndata: ${JSON.stringify({ data })}\n\n`;

export const complete = 'event: complete\ndata:\n\n';
