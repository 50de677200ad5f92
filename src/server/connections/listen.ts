import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { times } from '../../engine/budgets/time-budget.ts';
import { refusalCors } from '../access/use-cors.ts';
import type { Quotas } from '../limits/quotas.ts';
import { countConnections } from './count-connections.ts';
import { type ConnectionRefusal, endWithResponse, refusalBody } from './end-with-response.ts';
import { ownHosts } from './host-names.ts';
import { refuseUnreadable } from './refuse-unreadable.ts';
import { asksOfWholeServer, METHODS, noProxy, refuseLostUpgrade, refuseTarget } from './request-target.ts';
import { createRequestTurns } from './request-turns.ts';
import type { UnsentBytes } from './unsent-bytes.ts';

/** A server that accepts connections. */
export interface Listening {
  readonly origin: string;
  /** Serves on, but lets each connection end with its next response, so that proxies send the following elsewhere. */
  drain(): void;
  /** Accepts no new connections, lets running requests finish, and ends those that do not within `grace` milliseconds. */
  close(grace?: number): Promise<void>;
}

/** Connections for live updates, which do not end with a response. */
export interface LiveConnections {
  /** Takes over a connection that asks to become a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /**
   * Ends all of them, so that each client is informed: subscriptions at once, their connections once their other operations
   * have ended, or after `grace` milliseconds.
   */
  end(grace: number): Promise<void>;
  /** Cuts connections that have not ended. */
  cut(): void;
}

/** The server cannot listen on an address. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

const unknownHost = (_: number, host: string) =>
  `HOST is ${host}, which is not an IP address or a known host name. Set it as in HOST=127.0.0.1 or HOST=::1, without brackets.`;

const reasons: Readonly<Record<string, (port: number, host: string, setting: string) => string>> = {
  EADDRINUSE: (port, host, setting) =>
    `Port ${port} on ${host} is in use. Stop the process that uses it, or choose another one, as in ${setting}=${port + 1}.`,
  EACCES: (port, _, setting) =>
    `Port ${port} is not available to this user. Choose one above 1023, as in ${setting}=4000.`,
  EADDRNOTAVAIL: (_, host) => `This machine has no address ${host}. Set HOST to one that it has, as in HOST=127.0.0.1.`,
  ENOTFOUND: unknownHost,
  // Without a name server.
  EAI_AGAIN: unknownHost,
  EINVAL: (_, host) => `The address ${host} is link-local. Add its network interface, as in HOST=${host}%eth0.`,
};

/**
 * An error of listening, for the operator.
 * @param setting that names the port
 */
export const listenError = (error: NodeJS.ErrnoException, port: number, host: string, setting = 'PORT'): ListenError =>
  new ListenError(reasons[error.code ?? '']?.(port, host, setting) ?? error.message, { cause: error });

const anyHost: Readonly<Record<string, string>> = { '0.0.0.0': 'localhost', '::': 'localhost' };

/** The address under which this machine reaches a server that listens on a host and a port. */
export function originOf(host: string, port: number): string {
  const shown = anyHost[host] ?? host;
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}

/** A request without its offer to continue with HTTP/2, which clients such as Java's make; a server may ignore it. */
function asPlainRequest({ method, url, httpVersion, rawHeaders }: IncomingMessage): string {
  const offers = /^(upgrade|connection|http2-settings)$/i;
  const lines = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 && !offers.test(name) ? [`${name}: ${rawHeaders[index + 1]}`] : [],
  );
  return [`${method} ${url} HTTP/${httpVersion}`, ...lines, '', ''].join('\r\n');
}

export interface ListenOptions {
  /** Timeout for receiving a request, in milliseconds. */
  readonly requestTimeout: number;
  /** Host names of the server, beside those that are always accepted; `*` stands for any. */
  readonly hosts: readonly string[];
  /** Origins whose pages may read responses, also refusals; `*` stands for any. */
  readonly corsOrigins: readonly string[];
  /** Limits the connections of callers. */
  readonly connections: Quotas;
  /** Whether an address is one caller, rather than a proxy with connections for many. */
  readonly areCallers: boolean;
  readonly unsent: UnsentBytes;
  readonly live?: LiveConnections;
}

function respond(response: ServerResponse, refusal: ConnectionRefusal): void {
  response.writeHead(refusal.status, { 'content-type': 'application/json; charset=utf-8', ...refusal.headers });
  response.end(refusalBody(refusal));
}

/**
 * Accepts connections at an address; port 0 takes any free one.
 * @throws ListenError with a message for the operator
 */
export async function listen(
  listener: RequestListener,
  port: number,
  host: string,
  options: ListenOptions,
): Promise<Listening> {
  const { requestTimeout, hosts, corsOrigins, connections, areCallers, unsent, live } = options;
  const isOwnHost = ownHosts([host, ...hosts]);
  const timeouts = {
    requestTimeout,
    headersTimeout: Math.min(requestTimeout, times.header.ms),
    connectionsCheckingInterval: Math.min(requestTimeout, 1_000),
    // Longer than that of load balancers, which would otherwise send a request on a connection that is being closed.
    keepAliveTimeout: times.idle.ms,
  };
  let isLeaving = false;
  const turns = createRequestTurns((request, response) => {
    if (isLeaving) response.setHeader('connection', 'close');
    const refusal = refuseTarget(request, isOwnHost) ?? refuseLostUpgrade(request);
    if (refusal) {
      const headers = { ...refusalCors(corsOrigins, request.headers.origin ?? ''), ...refusal.headers };
      return respond(response, { ...refusal, headers });
    }
    if (asksOfWholeServer(request)) return void response.writeHead(204, { allow: METHODS }).end();
    return listener(request, response);
  });
  const server = createServer(timeouts, turns.listener);
  // Node.js would drop headers beyond a number; `refuseTarget` refuses the request instead.
  server.maxHeadersCount = 0;
  refuseUnreadable(server, turns, corsOrigins);
  countConnections(server, { connections, areCallers, unsent });
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    // Node.js emits a socket again after an offer of another protocol.
    if (sockets.has(socket)) return;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  /** Node.js does not count a connection as idle before its first request; browsers and balancers open some ahead. */
  const closeIdle = () => {
    server.closeIdleConnections();
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  };
  server.on('connect', (_, socket: Socket) => endWithResponse(socket, noProxy));
  server.on('upgrade', (request, socket: Socket, head) => {
    // Its response would be mixed with the one that is being sent.
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
      reject(listenError(error, port, host));
    });
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  return {
    origin: originOf(host, taken),
    drain() {
      isLeaving = true;
    },
    async close(grace = 10_000) {
      isLeaving = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // Otherwise a connection that was busy at that moment would be kept for its next request.
      const idle = setInterval(closeIdle, 50);
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
