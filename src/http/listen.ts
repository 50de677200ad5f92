import { createServer, type RequestListener } from 'node:http';
import { json } from './route.ts';

/** A server that accepts connections. */
export interface Listening {
  readonly origin: string;
  /** Takes no new connection, lets running requests finish, and ends those that do not within `grace` milliseconds. */
  close(grace?: number): Promise<void>;
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

/**
 * Accepts connections at an address; port 0 takes any that is free.
 * @throws ListenError, in words for a person
 */
export async function listen(listener: RequestListener, port: number, host: string): Promise<Listening> {
  const server = createServer((request, response) => {
    // The host is the client's to choose, and Yoga answers one that cannot be parsed with its own stack.
    if (URL.canParse(`http://${request.headers.host ?? host}${request.url}`)) return listener(request, response);
    const { status = 400, headers = {}, body } = json(400, { message: 'The address of this request cannot be read.' });
    response.writeHead(status, headers).end(body);
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
      const late = setTimeout(() => server.closeAllConnections(), grace);
      await closed;
      clearInterval(idle);
      clearTimeout(late);
    },
  };
}
