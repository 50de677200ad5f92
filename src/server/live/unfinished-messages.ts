import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { countMemory } from '../../engine/budgets/budgeted-cache.ts';
import { SMALL } from '../documents/json-bodies.ts';
import type { QuotaOptions } from '../limits/quotas.ts';

/** Limits the bytes of incomplete messages over WebSockets. */
export interface UnfinishedMessages {
  /** Counts the bytes of a socket, for itself and its caller. Has to be called before anything is read from it. */
  watch(socket: WebSocket, wire: Duplex, caller: string): void;
  /** Cuts a socket whose message takes too long to arrive. */
  check(socket: WebSocket): void;
}

interface Held {
  readonly caller: string;
  bytes: number;
  /** When they exceeded the free amount. */
  since: number | undefined;
}

/** Minimum size of the frame around the data of a client, in bytes: two, and a mask of four. */
const FRAME = 6;

/**
 * Limits incomplete messages over WebSockets like bodies over HTTP. Beyond a small free amount, a socket has `timeout`
 * milliseconds to complete its message; one caller may hold `each` bytes, and all together `all` bytes. Beyond these limits
 * the sockets with the most bytes are cut.
 */
export function createUnfinishedMessages({ each, all }: QuotaOptions, timeout: number): UnfinishedMessages {
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

  /** The socket with the most bytes beyond the free amount; of one caller, if one is given. */
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

  const messages: UnfinishedMessages = {
    watch(socket, wire, caller) {
      const held: Held = { caller, bytes: 0, since: undefined };
      holding.set(socket, held);
      let received = 0;
      /** Number of bytes of complete messages. */
      let finished = 0;
      for (const control of ['ping', 'pong'] as const) {
        socket.on(control, ({ length }) => {
          finished += FRAME + length;
        });
      }
      socket.on('message', (data) => {
        // It ends in the chunk that is being read, which is not counted yet; its number of frames is unknown.
        finished = Math.max(finished + FRAME + (data as Buffer).length, received);
        held.since = undefined;
      });
      // The library handles a chunk before this listener does.
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
      // While a socket is paused, its message cannot be completed.
      if (since !== undefined && !socket.isPaused && performance.now() - since > timeout) cut(socket);
    },
  };
  countMemory('uploads', messages, () => total, all);
  return messages;
}
