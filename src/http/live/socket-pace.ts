import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { limits } from '../../schema/limits.ts';
import { SMALL } from '../documents/json-bodies.ts';
import { createAdmissionQueue } from '../limits/admission-queue.ts';

/** Works for the client of a WebSocket only as fast as that client takes the results. */
export interface SocketPace {
  /** Hands on the messages of the client, each when enough of the earlier results has left. */
  readMessages(take: (message: string) => void): void;
  /** Waits for the turn of an operation. @throws CallerLeft once the signal is aborted */
  begin(signal: AbortSignal): Promise<void> | undefined;
  /** Ends the turn of an operation: its result has left, or it is a subscription, which sends one result after the other. */
  end(): void;
}

/** Maximum number of bytes that wait for the client before no further message is looked at. */
const MOST_UNSENT = 1_000_000;

/** Maximum number of operations whose results have not left. */
const MOST_AT_WORK = 5;

/** Maximum number of small messages that wait for their turn before no more is read; of larger ones, one. */
const MOST_WAITING = 20;

/** The longest time that a timer of Node.js takes, in milliseconds: an operation waits until its client leaves. */
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
    // What was read already still comes.
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
