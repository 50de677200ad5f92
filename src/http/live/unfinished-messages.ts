import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { SMALL } from '../documents/json-bodies.ts';
import type { ShareOptions } from '../limits/shares.ts';

/** What WebSockets hold of messages of which more is to come. */
export interface UnfinishedMessages {
  /** Counts what a socket holds, for itself and its caller. To be called before anything is read from it. */
  watch(socket: WebSocket, wire: Duplex, caller: string): void;
  /** Cuts a socket whose message takes too long to come in. */
  check(socket: WebSocket): void;
}

interface Held {
  readonly caller: string;
  bytes: number;
  /** Since when it is more than a little. */
  since: number | undefined;
}

/** Bytes of the frame around what a client sends, at least: two, and a mask of four. */
const FRAME = 6;

/**
 * Bounds what WebSockets hold of unfinished messages, as bodies over HTTP are bounded: more than a little is held for up to
 * `timeout` milliseconds of each, up to `each` bytes of one caller and `all` bytes of all; beyond, those are cut that hold
 * the most.
 */
export function createUnfinishedMessages({ each, all }: ShareOptions, timeout: number): UnfinishedMessages {
  const holding = new Map<WebSocket, Held>();
  const byCaller = new Map<string, number>();
  let total = 0;

  function count(held: Held, bytes: number): void {
    total += bytes - held.bytes;
    const own = (byCaller.get(held.caller) ?? 0) + bytes - held.bytes;
    if (own > 0) byCaller.set(held.caller, own);
    else byCaller.delete(held.caller);
    held.bytes = bytes;
  }

  function forget(socket: WebSocket): void {
    const held = holding.get(socket);
    if (!held) return;
    count(held, 0);
    holding.delete(socket);
  }

  function cut(socket: WebSocket): void {
    forget(socket);
    socket.terminate();
  }

  /** The socket that holds the most, and more than a little; of one caller where one is given. */
  function largest(caller?: string): WebSocket | undefined {
    let [most, bytes]: [WebSocket | undefined, number] = [undefined, SMALL];
    for (const [socket, held] of holding) {
      if (held.bytes > bytes && (caller === undefined || held.caller === caller)) [most, bytes] = [socket, held.bytes];
    }
    return most;
  }

  function enforceLimits(caller: string): void {
    for (;;) {
      const isOwn = (byCaller.get(caller) ?? 0) > each;
      const most = isOwn || total > all ? largest(isOwn ? caller : undefined) : undefined;
      if (!most) return;
      cut(most);
    }
  }

  return {
    watch(socket, wire, caller) {
      const held: Held = { caller, bytes: 0, since: undefined };
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
        count(held, received - finished);
        held.since = held.bytes > SMALL ? (held.since ?? performance.now()) : undefined;
        enforceLimits(caller);
      });
      socket.once('close', () => forget(socket));
    },
    check(socket) {
      const since = holding.get(socket)?.since;
      // Of what is paused the end cannot come.
      if (since !== undefined && !socket.isPaused && performance.now() - since > timeout) cut(socket);
    },
  };
}
