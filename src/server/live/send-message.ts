import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { isLonger, tooLarge } from '../answer-text.ts';
import type { UnsentBytes } from '../connections/unsent-bytes.ts';

export interface MessageSending {
  /** Maximum size of a message, in bytes. */
  readonly limit: number;
  readonly unsent: Pick<UnsentBytes, 'recount'>;
}

/** A message within the limit; the payload of a larger one is replaced by the error that says so. */
function boundedMessage(message: string, limit: number): string {
  if (!isLonger(message, limit)) return message;
  const { id, type } = JSON.parse(message) as { readonly id?: string; readonly type: string };
  const refused = tooLarge(limit);
  return JSON.stringify({ id, type, payload: type === 'error' ? refused.errors : refused });
}

/** Sends a message of the protocol. Settles once it has left, so that a client that does not read is sent no more. */
export const sendMessage = (
  socket: WebSocket,
  wire: Socket,
  message: string,
  { limit, unsent }: MessageSending,
): Promise<void> =>
  new Promise((resolve, reject) => {
    if (socket.readyState !== socket.OPEN) return resolve();
    socket.send(boundedMessage(message, limit), (error) => {
      unsent.recount(wire);
      if (error) reject(error);
      else resolve();
    });
    unsent.recount(wire);
  });
