import type { IncomingMessage } from 'node:http';
import type { ConnectionRefusal } from './end-with-response.ts';
import { hostNameOf, type IsOwnHost } from './host-names.ts';

/** Maximum number of header fields. Node.js limits their size to 16 kB, and would silently drop fields beyond a number. */
const MOST_HEADERS = 200;

/** The methods that at least one path accepts. */
export const METHODS = 'GET, HEAD, POST, PUT, DELETE, OPTIONS';

const malformed = (message: string): ConnectionRefusal => ({ status: 400, code: 'BAD_USER_INPUT', message });

const unreadable = malformed('The URL of this request is malformed.');

/** The response to CONNECT, which is a request to a proxy. */
export const noProxy: ConnectionRefusal = {
  status: 405,
  code: 'BAD_USER_INPUT',
  message: 'This server is not a proxy.',
  headers: { allow: METHODS },
};

const countOf = ({ rawHeaders }: IncomingMessage, wanted: string) =>
  rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === wanted).length;

/** Whether a request concerns the server rather than a path. */
export const asksOfWholeServer = ({ method, url }: IncomingMessage): boolean => method === 'OPTIONS' && url === '*';

/** Refuses the handshake of a WebSocket from which a proxy has removed what asks for one: it looks like another request. */
export function refuseLostUpgrade({ headers }: IncomingMessage): ConnectionRefusal | undefined {
  if (headers['sec-websocket-key'] === undefined) return undefined;
  return {
    status: 426,
    code: 'BAD_USER_INPUT',
    message:
      'This handshake of a WebSocket has no `Connection: Upgrade` and `Upgrade: websocket`. A proxy in front of the server removes them: let it pass them on.',
    headers: { upgrade: 'websocket', connection: 'Upgrade, close' },
  };
}

/** Rewrites an absolute target to a path: its host replaces `Host` (RFC 9112, section 3.2.2). */
function resolveAbsolute(request: IncomingMessage): ConnectionRefusal | undefined {
  const { url: target = '' } = request;
  if (!/^https?:\/\//i.test(target) || !URL.canParse(target)) return unreadable;
  const { username, password, pathname, search } = new URL(target);
  if (username !== '' || password !== '') return malformed('The URL must not contain a user name or a password.');
  // As it was written: parsed, `1.2.3` would become the address 1.2.0.3.
  request.headers.host = /^https?:\/\/([^/?#]*)/i.exec(target)?.[1] ?? '';
  request.url = `${pathname}${search}`;
  return undefined;
}

/**
 * Checks the target of a request before anything else. Afterwards its `url` is a path and its `host` one of the server's,
 * whatever the form of the target (RFC 9112, section 3.2); only `OPTIONS *` keeps its form.
 */
export function refuseTarget(request: IncomingMessage, isOwnHost: IsOwnHost): ConnectionRefusal | undefined {
  if (request.rawHeaders.length > 2 * MOST_HEADERS) {
    return { status: 431, code: 'LIMIT_EXCEEDED', message: `A request carries up to ${MOST_HEADERS} header fields.` };
  }
  if (countOf(request, 'host') > 1) return malformed('The request has several `Host` header fields. Send one.');
  const isWhole = asksOfWholeServer(request);
  if (!isWhole && !request.url?.startsWith('/')) {
    const refusal = resolveAbsolute(request);
    if (refusal) return refusal;
  }
  const { host } = request.headers;
  // Only HTTP/1.0 may omit it. Node.js refuses other requests without it, except those that ask for an upgrade.
  if (host === undefined) return request.httpVersion === '1.0' ? undefined : malformed('Send a `Host` header field.');
  if (hostNameOf(host) === undefined || !URL.canParse(`http://${host}`)) return unreadable;
  if (!isOwnHost(host)) {
    return {
      status: 421,
      code: 'BAD_USER_INPUT',
      message: `This server does not accept the host name ${JSON.stringify(host)}. To accept it, add it to SILKGRAPH_HOSTS.`,
    };
  }
  return isWhole || URL.canParse(`http://${host}${request.url}`) ? undefined : unreadable;
}
