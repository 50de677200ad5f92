import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { Duplex } from 'node:stream';
import { json } from './route.ts';

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
    `Port ${port} on ${host} is taken. Stop what uses it, or choose another one, as in PORT=${port + 1}.`,
  EACCES: (port) => `Port ${port} may not be used by this user. Choose one above 1023, as in PORT=4000.`,
  EADDRNOTAVAIL: (_, host) => `This machine has no address ${host}. Set HOST to one that it has, as in HOST=127.0.0.1.`,
  ENOTFOUND: (_, host) => `HOST is ${host}, which is no address and no known name. Set it as in HOST=127.0.0.1.`,
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
  readonly patience: number;
  readonly live?: LiveConnections;
}

/**
 * So long a connection is kept for its next request, in milliseconds: longer than balancers leave theirs idle, which else
 * send a request on one that is being closed.
 */
const KEEP_ALIVE = 75_000;

/**
 * Accepts connections at an address; port 0 takes any that is free.
 * @throws ListenError, in words for a person
 */
export async function listen(
  listener: RequestListener,
  port: number,
  host: string,
  { patience, live }: ListenOptions,
): Promise<Listening> {
  const times = {
    requestTimeout: patience,
    connectionsCheckingInterval: Math.min(patience, 1_000),
    keepAliveTimeout: KEEP_ALIVE,
  };
  const server = createServer(times, (request, response) => {
    // The host is the client's to choose, and Yoga answers one that cannot be parsed with its own stack.
    if (URL.canParse(`http://${request.headers.host ?? host}${request.url}`)) return listener(request, response);
    const { status = 400, headers = {}, body } = json(400, { message: 'The address of this request cannot be read.' });
    response.writeHead(status, headers).end(body);
  });
  if (live) {
    server.on('upgrade', (request, socket, head) => {
      if (request.headers.upgrade?.toLowerCase() === 'websocket') return live.upgrade(request, socket, head);
      socket.unshift(Buffer.concat([Buffer.from(asPlainRequest(request), 'latin1'), head]));
      server.emit('connection', socket);
    });
  }
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
