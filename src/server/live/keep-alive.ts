import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { bytesTaken } from '../connections/unsent-bytes.ts';

/**
 * Pings a WebSocket at an interval, in milliseconds, and cuts one whose client has neither answered the last ping nor
 * read anything.
 *
 * @param check runs before each ping
 * @returns the timer, for the caller to clear
 */
export function keepAlive(socket: WebSocket, wire: Socket, interval: number, check: () => void): NodeJS.Timeout {
  let isAlive = true;
  let last = 0;
  socket.on('pong', () => {
    isAlive = true;
  });
  return setInterval(() => {
    check();
    const taken = bytesTaken(wire);
    // A client that still reads what was sent before the ping gets to it later; while reading is paused no pong is seen.
    const isTaking = wire.writableLength > 0 && taken > last;
    last = taken;
    if (!isAlive && !isTaking && !socket.isPaused) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, interval);
}
