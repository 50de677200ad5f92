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

interface Turn {
  readonly current: ServerResponse;
  readonly waiting: [IncomingMessage, ServerResponse][];
}

const isEventStream = (response: ServerResponse) =>
  String(response.getHeader('content-type')).startsWith('text/event-stream');

/**
 * Node.js hands over pipelined requests (RFC 9112, 9.3.2) at once, although their responses leave in order. Here the next
 * one begins when its client has taken the response before; one that is left by its client never begins.
 */
export function createRequestTurns(listener: RequestListener): RequestTurns {
  const turns = new WeakMap<Socket, Turn>();

  function answer(request: IncomingMessage, response: ServerResponse, waiting: Turn['waiting']): void {
    const { socket } = request;
    turns.set(socket, { current: response, waiting });
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
      const turn = turns.get(socket);
      if (!turn) return answer(request, response, []);
      // Behind a stream of events no response can ever be sent.
      if (turn.waiting.length >= MOST_WAITING || isEventStream(turn.current)) return void socket.destroy();
      turn.waiting.push([request, response]);
    },
    isBusy: (socket) => turns.has(socket),
  };
}
