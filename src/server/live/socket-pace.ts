import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { limits } from '../../graphql/limits.ts';
import { SMALL } from '../documents/json-bodies.ts';
import { createAdmissionQueue } from '../limits/admission-queue.ts';

/** Executes the operations of a WebSocket no faster than its client reads the results. */
export interface SocketPace {
  /** Passes on the messages of the client, each once enough of the earlier results has been sent. */
  readMessages(take: (message: string) => void): void;
  /** Waits for the turn of an operation. @throws CallerLeft once the signal is aborted */
  begin(signal: AbortSignal): Promise<void> | undefined;
  /** Ends the turn of an operation: its result has been sent, or it is a subscription, which sends one at a time. */
  end(): void;
}

/** Maximum number of unread bytes; beyond, no further message is handled. */
const MOST_UNSENT = 1_000_000;

/** Maximum number of operations whose results have not been sent. */
const MOST_AT_WORK = 5;

/** Maximum number of small messages that wait for their turn; beyond, no more is read. Of larger ones, one waits. */
const MOST_WAITING = 20;

/** Maximum delay of a timer in Node.js, in milliseconds: an operation waits until its client disconnects. */
const FOR_EVER = 2 ** 31 - 1;

export function createSocketPace(socket: WebSocket, wire: Duplex): SocketPace {
  const line = createAdmissionQueue({ places: MOST_AT_WORK, capacity: limits.liveOperations, timeout: FOR_EVER });
  const messages: string[] = [];
  let take: (message: string) => void = () => {};
  let isLarge = false;

  const isAhead = () =>
    wire.writableLength > MOST_UNSENT || line.waiting >= MOST_WAITING || (isLarge && line.waiting > 0);

  function goOn(): void {
    while (messages.length > 0 && !isAhead()) {
      const message = messages.shift() ?? '';
      isLarge = message.length > SMALL;
      take(message);
    }
    // Bytes that have been read already still arrive.
    if (messages.length > 0 || isAhead()) socket.pause();
    else if (socket.isPaused) socket.resume();
  }

  return {
    readMessages(taking) {
      take = taking;
      socket.on('message', (data) => {
        messages.push(String(data));
        goOn();
      });
      socket.on('ping', goOn);
      wire.on('drain', goOn);
      socket.once('close', () => {
        messages.length = 0;
      });
    },
    begin: (signal) => line.enter(signal),
    end() {
      line.leave();
      goOn();
    },
  };
}
