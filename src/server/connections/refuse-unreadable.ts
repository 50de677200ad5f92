import { maxHeaderSize, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { refusalCors } from '../access/use-cors.ts';
import { type ConnectionRefusal, endWithResponse } from './end-with-response.ts';
import type { RequestTurns } from './request-turns.ts';

/** Refusals by the code of an error of Node.js, which would respond without a body. */
const refusals: Readonly<Record<string, ConnectionRefusal>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'LIMIT_EXCEEDED',
    message: `The address and the header fields of a request have at most ${maxHeaderSize} bytes together. Send a long query in the body of a POST.`,
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: 413,
    code: 'LIMIT_EXCEEDED',
    message: 'The extensions of the chunks of the body are too long. Leave them out.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'TIMEOUT',
    message: 'The request was not received completely in time. Send it again.',
  },
};

const unreadable: ConnectionRefusal = {
  status: 400,
  code: 'BAD_USER_INPUT',
  message: 'The request is not valid HTTP/1.1. Percent-encode all but ASCII characters in its address.',
};

/**
 * Responds in words to what Node.js cannot read as a request.
 * @param corsOrigins origins whose pages may read the response
 */
export function refuseUnreadable(
  server: Server,
  { isAnswered }: Pick<RequestTurns, 'isAnswered'>,
  corsOrigins: readonly string[],
): void {
  server.on('clientError', ({ code = '' }: NodeJS.ErrnoException, socket: Socket) => {
    // The refusal would be mixed with the response that is being sent.
    if (!socket.writable || code === 'ECONNRESET' || isAnswered(socket)) return void socket.destroy();
    const refusal = refusals[code] ?? unreadable;
    endWithResponse(socket, { ...refusal, headers: { ...refusalCors(corsOrigins), ...refusal.headers } });
  });
}
