import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Handles the requests of each connection one after the other. */
export interface RequestTurns {
  readonly listener: RequestListener;
  /** Whether a request of this connection is being handled. */
  isBusy(socket: Socket): boolean;
  /** Whether the response to a request of this connection has begun. */
  isAnswered(socket: Socket): boolean;
}

/** Maximum number of pipelined requests that wait on one connection; beyond, the connection is cut. */
const MOST_WAITING = 10;

/** The requests of a connection that wait while another one is being handled. */
type Waiting = [IncomingMessage, ServerResponse][];

interface Turn {
  readonly response: ServerResponse;
  readonly waiting: Waiting;
}

/**
 * Node.js passes on pipelined requests (RFC 9112, section 9.3.2) at once, although their responses are sent in order. Here
 * the next one begins once the client has read the previous response; one whose client disconnects never begins.
 */
export function createRequestTurns(listener: RequestListener): RequestTurns {
  const turns = new WeakMap<Socket, Turn>();

  function answer(request: IncomingMessage, response: ServerResponse, waiting: Waiting): void {
    const { socket } = request;
    turns.set(socket, { response, waiting });
    response.once('close', () => {
      const next = socket.writable ? waiting.shift() : undefined;
      if (next) answer(...next, waiting);
      else turns.delete(socket);
    });
    listener(request, response);
  }

  return {
    listener(request, response) {
      const { socket } = request;
      if (!socket.writable) return;
      const waiting = turns.get(socket)?.waiting;
      if (!waiting) return answer(request, response, []);
      if (waiting.length >= MOST_WAITING) return void socket.destroy();
      waiting.push([request, response]);
    },
    isBusy: (socket) => turns.has(socket),
    isAnswered: (socket) => turns.get(socket)?.response.headersSent ?? false,
  };
}
