import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { callerAddress } from '../access/caller-address.ts';
import type { QuotaScope, Quotas } from '../limits/quotas.ts';
import { type ConnectionRefusal, endWithResponse } from './end-with-response.ts';
import type { UnsentBytes } from './unsent-bytes.ts';

interface Counting {
  readonly connections: Quotas;
  /** Whether an address is one caller, rather than a proxy with connections for many. */
  readonly areCallers: boolean;
  readonly unsent: UnsentBytes;
}

const refusals: Readonly<Record<QuotaScope, ConnectionRefusal>> = {
  CALLER: {
    status: 429,
    code: 'RATE_LIMITED',
    message: 'Too many connections are open from this address. Close some, or share them.',
    headers: { 'retry-after': '1' },
  },
  ALL: {
    status: 503,
    code: 'OVERLOADED',
    message: 'Too many connections are open. Try again in a moment.',
    headers: { 'retry-after': '1' },
  },
};

/** Limits the connections of a server, per address and in total, and watches the unsent bytes of each until it closes. */
export function countConnections(server: Server, { connections, areCallers, unsent }: Counting): void {
  const known = new WeakSet<Socket>();
  server.on('connection', (socket: Socket) => {
    // A connection that asked for another protocol arrives here a second time.
    if (known.has(socket)) return;
    known.add(socket);
    const caller = areCallers ? callerAddress(socket.remoteAddress, null, 0) : undefined;
    const bound = connections.take(caller);
    if (bound) return endWithResponse(socket, refusals[bound]);
    socket.once('close', () => connections.give(caller));
    unsent.watchSocket(socket);
  });
}
