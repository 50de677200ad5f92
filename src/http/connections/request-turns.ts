import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Answers the requests of each connection one after the other. */
export interface RequestTurns {
  readonly listener: RequestListener;
  /** Whether a request of this connection is being answered. */
  isBusy(socket: Socket): boolean;
}

/** Maximum number of requests on one connection that wait for the response before theirs; beyond, the connection is cut. */
const MOST_WAITING = 10;

/** The requests of a connection that wait while another one is being answered. */
type Waiting = [IncomingMessage, ServerResponse][];

/**
 * Node.js hands over pipelined requests (RFC 9112, 9.3.2) at once, although their responses leave in order. Here the next
 * one begins when its client has taken the response before; one that is left by its client never begins.
 */
export function createRequestTurns(listener: RequestListener): RequestTurns {
  const turns = new WeakMap<Socket, Waiting>();

  function answer(request: IncomingMessage, response: ServerResponse, waiting: Waiting): void {
    const { socket } = request;
    turns.set(socket, waiting);
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
      const waiting = turns.get(socket);
      if (!waiting) return answer(request, response, []);
      if (waiting.length >= MOST_WAITING) return void socket.destroy();
      waiting.push([request, response]);
    },
    isBusy: (socket) => turns.has(socket),
  };
}
