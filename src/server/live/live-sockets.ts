import { setMaxListeners } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { CloseCode, handleProtocols } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { times } from '../../engine/budgets/time-budget.ts';
import { limits } from '../../graphql/limits.ts';
import { withExactNumbers } from '../../ontology/exact-json.ts';
import { addressOfConnection } from '../access/caller.ts';
import { badRequest } from '../bad-request.ts';
import { type ConnectionRefusal, endWithResponse } from '../connections/end-with-response.ts';
import type { UnsentBytes } from '../connections/unsent-bytes.ts';
import type { CallerLimits } from '../limits/caller-limits.ts';
import { createQuotas } from '../limits/quotas.ts';
import type { Readiness } from '../observability/readiness.ts';
import { authenticateSocket, type SocketAuthentication } from './authenticate-socket.ts';
import { closeReason } from './close-reason.ts';
import { drainConnections } from './drain-connections.ts';
import { keepAlive } from './keep-alive.ts';
import { limitReached, refuseUpgrade } from './refuse-upgrade.ts';
import { sendMessage } from './send-message.ts';
import type { SocketConnection, SocketExtra } from './socket-connection.ts';
import { createSocketPace } from './socket-pace.ts';
import { createSocketProtocol, type SocketProtocolOptions } from './socket-protocol.ts';
import { createUnfinishedMessages } from './unfinished-messages.ts';

/** The WebSockets of a server. */
export interface LiveSockets {
  /** Takes over a connection, or refuses it with an HTTP response. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Number of open WebSockets. */
  readonly count: number;
  /** Closes each WebSocket once its operations have ended, or after `grace` milliseconds, and new ones at once. */
  end(grace: number): Promise<void>;
  /** Cuts all that have not closed yet. */
  cut(): void;
}

export interface LiveSocketOptions extends SocketAuthentication, Pick<SocketProtocolOptions, 'path' | 'answer'> {
  /** Origins whose pages may connect, beside that of the `Host`. */
  readonly origins: readonly string[];
  /** Maximum size of a message from a client, in bytes. */
  readonly messageLimit: number;
  /** Maximum size of a message to a client, in bytes. */
  readonly answerLimit: number;
  /** Timeout for receiving a message, in milliseconds. */
  readonly messageTimeout: number;
  readonly limits: Pick<CallerLimits, 'webSockets' | 'unfinishedBytes'>;
  /** Number of trusted proxies in front of the server. */
  readonly proxies: number;
  readonly unsent: Pick<UnsentBytes, 'recount'>;
  /** Why no operation is served at the moment, as a sentence; `undefined` once they are. */
  readonly waitingFor: Readiness['waitingFor'];
  /** Interval between pings, in milliseconds. */
  readonly pingInterval?: number;
}

/** How long a client that is turned away may take to close its side, in milliseconds. */
const LAST_WORDS = 1_000;

/**
 * The server is stopping (RFC 6455, section 7.4.1), or has no place or is not ready yet
 * (https://www.iana.org/assignments/websocket).
 */
const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;

/** Operations over WebSockets, by the protocol graphql-transport-ws. */
export function createLiveSockets({
  path,
  answer,
  authenticator,
  attempts,
  refusals,
  origins,
  messageLimit,
  answerLimit,
  messageTimeout,
  limits: callerLimits,
  proxies,
  unsent,
  waitingFor,
  log,
  pingInterval = times.ping.ms,
}: LiveSocketOptions): LiveSockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: messageLimit, handleProtocols });
  /** Each with what graphql-ws knows about it, from its first message on. */
  const connections = new Map<WebSocket, SocketConnection | null>();
  const unfinished = createUnfinishedMessages(callerLimits.unfinishedBytes, messageTimeout);
  const quotas = createQuotas(callerLimits.webSockets);
  const protocol = createSocketProtocol({
    path,
    answer,
    connect(connection) {
      connections.set(connection.extra.socket, connection);
      return authenticateSocket(connection, { authenticator, attempts, refusals, log });
    },
    log,
  });
  let isEnding = false;

  function accept(socket: WebSocket, request: IncomingMessage, caller: string): void {
    const wire = request.socket;
    connections.set(socket, null);
    const closing = new AbortController();
    // Each operation may wait for its turn, or be a running subscription.
    setMaxListeners(2 * limits.liveOperations, closing.signal);
    const pings = keepAlive(socket, wire, pingInterval, () => unfinished.check(socket));
    unfinished.watch(socket, wire, caller);
    const pace = createSocketPace(socket, wire);
    const extra: SocketExtra = { request, socket, signal: closing.signal, pace };
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (message) => sendMessage(socket, wire, message, { limit: answerLimit, unsent }),
        close: (code = CloseCode.BadRequest, reason = '') => socket.close(code, closeReason(reason)),
        onMessage: (take) =>
          pace.readMessages((message) => {
            take(withExactNumbers(message)).catch((error: unknown) => {
              if (socket.readyState !== socket.OPEN) return;
              log.error({ err: error }, 'A message over a WebSocket failed.');
              socket.close(CloseCode.InternalServerError, 'Internal server error.');
            });
          }),
      },
      extra,
    );
    socket.once('close', (code, reason) => {
      clearInterval(pings);
      connections.delete(socket);
      closing.abort();
      void closed(code, String(reason));
    });
  }

  const goAway = (socket: WebSocket) => socket.close(GOING_AWAY, 'The server is stopping. Connect again.');

  /** Closes a WebSocket beyond a limit, which occupies no place and must not stay. */
  function closeBeyondLimit(socket: WebSocket, reason: string): void {
    socket.close(TRY_AGAIN_LATER, closeReason(reason));
    const late = setTimeout(() => socket.terminate(), LAST_WORDS);
    socket.once('close', () => clearTimeout(late));
  }

  function refuse(request: IncomingMessage, socket: Duplex, refusal: ConnectionRefusal): void {
    refusals.refused(request, badRequest(refusal.message, refusal.status, refusal.code));
    endWithResponse(socket, refusal);
  }

  return {
    upgrade(request, socket, head) {
      const refusal = refuseUpgrade(request, { path, origins, attempts });
      if (refusal) return refuse(request, socket, refusal);
      const caller = addressOfConnection(request, proxies);
      const bound = quotas.take(caller);
      if (bound) refusals.refused(request, badRequest(limitReached[bound].message, 429, limitReached[bound].code));
      // It also closes if the handshake is refused.
      else socket.once('close', () => quotas.give(caller));
      socket.on('error', () => socket.destroy());
      server.handleUpgrade(request, socket, head, (accepted) => {
        // For a frame that is malformed or too large, the library closes the socket with the code that says so.
        accepted.on('error', (error) => log.debug({ err: error }, 'A WebSocket was interrupted.'));
        const reason = waitingFor();
        // Clients connect again after a close with these codes; a refused handshake or operation would be the end for them.
        if (isEnding) goAway(accepted);
        else if (bound) closeBeyondLimit(accepted, limitReached[bound].message);
        else if (reason !== undefined) accepted.close(TRY_AGAIN_LATER, closeReason(`${reason} Try again in a moment.`));
        else accept(accepted, request, caller);
      });
    },
    get count() {
      return connections.size;
    },
    async end(grace) {
      isEnding = true;
      const isSettled = (socket: WebSocket) => Object.keys(connections.get(socket)?.subscriptions ?? {}).length === 0;
      await drainConnections(connections.keys(), { isSettled, end: goAway }, grace);
    },
    cut() {
      for (const socket of server.clients) socket.terminate();
    },
  };
}
