import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ErrorCode } from '../../graphql/errors.ts';

/** The response to a request that cannot be handled further. */
export interface ConnectionRefusal {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The body of the response, in JSON. */
export const refusalBody = ({ code, message }: ConnectionRefusal): string =>
  `${JSON.stringify({ errors: [{ message, extensions: { code } }] })}\n`;

/** Writes a whole HTTP response to a connection without a response object, and closes it. */
export function endWithResponse(socket: Duplex, refusal: ConnectionRefusal): void {
  const { status } = refusal;
  const body = refusalBody(refusal);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    ...refusal.headers,
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([header, value]) => `${header}: ${value}\r\n`);
  socket.on('error', () => socket.destroy());
  // Otherwise a client that does not close its side would keep the connection open.
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`, () => socket.destroy());
}
