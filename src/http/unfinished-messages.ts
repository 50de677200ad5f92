import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { SMALL } from './json-bodies.ts';

/** What WebSockets hold of messages of which more is to come. */
export interface UnfinishedMessages {
  /** Counts what a socket holds. To be called before anything is read from it. */
  watch(socket: WebSocket, wire: Duplex): void;
  /** Cuts a socket whose message takes too long to come in. */
  check(socket: WebSocket): void;
}

interface Held {
  bytes: number;
  /** Since when it is more than a little. */
  since: number | undefined;
}

/** Bytes of the frame around what a client sends, at least: two, and a mask of four. */
const FRAME = 6;

/**
 * Bounds what WebSockets hold of unfinished messages, as bodies over HTTP are bounded: more than a little is held for up to
 * `patience` milliseconds of each, and up to `room` bytes of all; beyond, those are cut that hold the most.
 */
export function createUnfinishedMessages(room: number, patience: number): UnfinishedMessages {
  const holding = new Map<WebSocket, Held>();
  let total = 0;

  function forget(socket: WebSocket): void {
    total -= holding.get(socket)?.bytes ?? 0;
    holding.delete(socket);
  }

  function cut(socket: WebSocket): void {
    forget(socket);
    socket.terminate();
  }

  function makeRoom(): void {
    while (total > room) {
      let [most, bytes]: [WebSocket | undefined, number] = [undefined, SMALL];
      for (const [socket, held] of holding) if (held.bytes > bytes) [most, bytes] = [socket, held.bytes];
      if (!most) return;
      cut(most);
    }
  }

  return {
    watch(socket, wire) {
      const held: Held = { bytes: 0, since: undefined };
      holding.set(socket, held);
      let received = 0;
      /** Up to which byte all is complete. */
      let finished = 0;
      for (const control of ['ping', 'pong'] as const) {
        socket.on(control, ({ length }) => {
          finished += FRAME + length;
        });
      }
      socket.on('message', (data) => {
        // It ends in the piece that is being read, which is not counted yet; how many frames it came in is not known.
        finished = Math.max(finished + FRAME + (data as Buffer).length, received);
        held.since = undefined;
      });
      // The library reads a piece before it comes here.
      wire.on('data', ({ length }: Buffer) => {
        if (!holding.has(socket)) return;
        received += length;
        total += received - finished - held.bytes;
        held.bytes = received - finished;
        held.since = held.bytes > SMALL ? (held.since ?? performance.now()) : undefined;
        makeRoom();
      });
      socket.once('close', () => forget(socket));
    },
    check(socket) {
      const since = holding.get(socket)?.since;
      // Of what is paused the end cannot come.
      if (since !== undefined && !socket.isPaused && performance.now() - since > patience) cut(socket);
    },
  };
}
