import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Shares } from '../limits/shares.ts';
import { countConnections } from './count-connections.ts';
import { type ConnectionRefusal, endWithResponse, refusalBody } from './end-with-response.ts';
import { ownHosts } from './host-names.ts';
import { asksOfWholeServer, METHODS, noProxy, refuseTarget } from './request-target.ts';
import { createRequestTurns } from './request-turns.ts';
import type { UnsentBytes } from './unsent-bytes.ts';

/** A server that accepts connections. */
export interface Listening {
  readonly origin: string;
  /** Takes no new connection, lets running requests finish, and ends those that do not within `grace` milliseconds. */
  close(grace?: number): Promise<void>;
}

/** What goes on after its first answer, and so does not end by itself. */
export interface LiveConnections {
  /** Takes over a connection that is to become a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /**
   * Ends all of it, so that each client is told: subscriptions at once, their connections when what else runs on them has
   * ended, or `grace` milliseconds are over.
   */
  end(grace: number): Promise<void>;
  /** Cuts what has not ended. */
  cut(): void;
}

/** The address cannot be listened at. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

const reasons: Readonly<Record<string, (port: number, host: string) => string>> = {
  EADDRINUSE: (port, host) =>
    `Port ${port} on ${host} is in use. Stop the process that uses it, or choose another one, as in PORT=${port + 1}.`,
  EACCES: (port) => `Port ${port} is not available to this user. Choose one above 1023, as in PORT=4000.`,
  EADDRNOTAVAIL: (_, host) => `This machine has no address ${host}. Set HOST to one that it has, as in HOST=127.0.0.1.`,
  ENOTFOUND: (_, host) =>
    `HOST is ${host}, which is not an IP address or a known host name. Set it as in HOST=127.0.0.1.`,
};

const anyHost: Readonly<Record<string, string>> = { '0.0.0.0': 'localhost', '::': 'localhost' };

function originOf(host: string, port: number): string {
  const shown = anyHost[host] ?? host;
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}

/** Some clients offer to go on with HTTP/2, as Java's does with its first request; who does not take it answers as ever. */
function asPlainRequest({ method, url, httpVersion, rawHeaders }: IncomingMessage): string {
  const offers = /^(upgrade|connection|http2-settings)$/i;
  const lines = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 && !offers.test(name) ? [`${name}: ${rawHeaders[index + 1]}`] : [],
  );
  return [`${method} ${url} HTTP/${httpVersion}`, ...lines, '', ''].join('\r\n');
}

export interface ListenOptions {
  /** How long a request may take to come in, in milliseconds. */
  readonly requestTimeout: number;
  /** Names of this server, beside those that nobody else can own; `*` stands for all. */
  readonly hosts: readonly string[];
  /** What callers may hold of connections. */
  readonly connections: Shares;
  /** Whether an address is one caller, and not a proxy that has connections for many. */
  readonly areCallers: boolean;
  readonly unsent: UnsentBytes;
  readonly live?: LiveConnections;
}

/**
 * So long a connection is kept for its next request, in milliseconds: longer than balancers leave theirs idle, which else
 * send a request on one that is being closed.
 */
const KEEP_ALIVE = 75_000;

/** How long the head of a request may take to come in, in milliseconds. */
const HEADERS_TIMEOUT = 10_000;

function respond(response: ServerResponse, refusal: ConnectionRefusal): void {
  response.writeHead(refusal.status, { 'content-type': 'application/json; charset=utf-8', ...refusal.headers });
  response.end(refusalBody(refusal));
}

/**
 * Accepts connections at an address; port 0 takes any that is free.
 * @throws ListenError, in words for a person
 */
export async function listen(
  listener: RequestListener,
  port: number,
  host: string,
  options: ListenOptions,
): Promise<Listening> {
  const { requestTimeout, hosts, connections, areCallers, unsent, live } = options;
  const isOwnHost = ownHosts([host, ...hosts]);
  const times = {
    requestTimeout,
    headersTimeout: Math.min(requestTimeout, HEADERS_TIMEOUT),
    connectionsCheckingInterval: Math.min(requestTimeout, 1_000),
    keepAliveTimeout: KEEP_ALIVE,
  };
  const turns = createRequestTurns((request, response) => {
    const refusal = refuseTarget(request, isOwnHost);
    if (refusal) return respond(response, refusal);
    if (asksOfWholeServer(request)) return void response.writeHead(204, { allow: METHODS }).end();
    return listener(request, response);
  });
  const server = createServer(times, turns.listener);
  // Those beyond a number would be dropped; `refuseTarget` refuses them.
  server.maxHeadersCount = 0;
  countConnections(server, { connections, areCallers, unsent });
  server.on('connect', (_, socket: Socket) => endWithResponse(socket, noProxy));
  server.on('upgrade', (request, socket: Socket, head) => {
    // Its answer would get between the pieces of the one that is being sent.
    if (turns.isBusy(socket)) return void socket.destroy();
    if (live && request.headers.upgrade?.toLowerCase() === 'websocket') {
      const refusal = refuseTarget(request, isOwnHost);
      return refusal ? endWithResponse(socket, refusal) : live.upgrade(request, socket, head);
    }
    socket.unshift(Buffer.concat([Buffer.from(asPlainRequest(request), 'latin1'), head]));
    server.emit('connection', socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new ListenError(reasons[error.code ?? '']?.(port, host) ?? error.message, { cause: error }));
    });
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  return {
    origin: originOf(host, taken),
    async close(grace = 10_000) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // A connection that was busy at that moment would otherwise be kept for its next request.
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const late = setTimeout(() => {
        server.closeAllConnections();
        live?.cut();
      }, grace);
      await live?.end(grace);
      await closed;
      clearInterval(idle);
      clearTimeout(late);
    },
  };
}
