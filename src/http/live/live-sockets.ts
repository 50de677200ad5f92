import { setMaxListeners } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type DocumentNode, type ExecutionResult, GraphQLError, GraphQLSchema, parse } from 'graphql';
import { CloseCode, type Context, handleProtocols, makeServer, type SubscribePayload } from 'graphql-ws';
import { isAsyncIterable } from 'graphql-yoga';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import { AccessRefused } from '../../access/access-refused.ts';
import type { Authenticator, Credentials } from '../../access/authenticator.ts';
import { codedError, limitExceeded } from '../../schema/errors.ts';
import { limits } from '../../schema/limits.ts';
import { credentialsRefused } from '../access/access-refusal.ts';
import { addressOfConnection } from '../access/caller.ts';
import type { Attempts } from '../access/rate-limiter.ts';
import { isLonger, tooLarge } from '../answer-text.ts';
import { badRequest } from '../bad-request.ts';
import { type ConnectionRefusal, endWithResponse } from '../connections/end-with-response.ts';
import { bytesTaken, type UnsentBytes } from '../connections/unsent-bytes.ts';
import type { CallerLimits } from '../limits/caller-limits.ts';
import { createShares } from '../limits/shares.ts';
import type { SocketRefusals } from '../observability/refusal-log.ts';
import { plainResult } from '../plain-result.ts';
import { type Results, stateOf } from '../request-state.ts';
import { atTime } from './at-time.ts';
import { endEach } from './end-each.ts';
import { noRoom, refuseUpgrade } from './refuse-upgrade.ts';
import { createSocketPace, type SocketPace } from './socket-pace.ts';
import { createUnfinishedMessages } from './unfinished-messages.ts';
import { isRefusal, TAKEN } from './use-result-delivery.ts';

/** Connections that leave HTTP. */
export interface LiveSockets {
  /** Takes over a connection, or refuses to in words of HTTP. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** How many are open. */
  readonly count: number;
  /** Tells each client that the server goes away, and closes, once what runs for it has ended or `grace` milliseconds are over. */
  end(grace: number): Promise<void>;
  /** Cuts those that have not gone by themselves. */
  cut(): void;
}

export interface LiveSocketOptions {
  /** The path that they are taken at. */
  readonly path: string;
  /** Answers a request as if it had come over plain HTTP. */
  readonly answer: (request: Request, carrier: { readonly req: IncomingMessage }) => Promise<Response>;
  readonly authenticator: Authenticator;
  /** How many may fail to show who they are; any number where absent. */
  readonly attempts?: Attempts | undefined;
  readonly refusals: SocketRefusals;
  /** Sites whose pages may connect, beside this one's own. */
  readonly origins: readonly string[];
  /** The largest message, in bytes. */
  readonly messageLimit: number;
  /** The largest answer, in bytes. */
  readonly answerLimit: number;
  /** How long a message may take to come in, in milliseconds. */
  readonly patience: number;
  readonly limits: Pick<CallerLimits, 'webSockets' | 'unfinishedBytes'>;
  /** How many proxies of one's own stand before the server. */
  readonly proxies: number;
  readonly unsent: Pick<UnsentBytes, 'recount'>;
  readonly log: Logger;
  /** How often is looked whether the other end still is there, in milliseconds. */
  readonly pingInterval?: number;
}

/** After this a client that did not say who they are is let go, in milliseconds. */
const INIT_PATIENCE = 3_000;

/** Try again later (https://www.iana.org/assignments/websocket/websocket.xml). */
const TRY_AGAIN = 1013;
const GOING_AWAY = 1001;

/** What belongs to the connection, to a body, or to one request; the rest goes with every operation. */
const ownHeaders =
  /^(connection|upgrade|host|sec-websocket-.*|content-.*|transfer-encoding|accept.*|x-request-id|expect)$/;

/** graphql-ws only looks into the document for which of two functions to call; ours has been executed already. */
const executed: DocumentNode = parse('{ __typename }');
const noSchema = new GraphQLSchema({});

interface Executed {
  readonly results: Results;
}

interface Extra extends Record<PropertyKey, unknown> {
  readonly request: IncomingMessage;
  readonly socket: WebSocket;
  /** Aborted once the connection is closed. */
  readonly signal: AbortSignal;
  readonly pace: SocketPace;
}

type Connection = Context<Record<string, unknown> | undefined, Extra>;

/** A text under one of some names, in whatever case: clients write them as they write headers. */
function textOf(parameters: Readonly<Record<string, unknown>> | undefined, ...names: readonly string[]): string | null {
  const found = Object.entries(parameters ?? {}).find(([name]) => names.includes(name.toLowerCase()))?.[1];
  return typeof found === 'string' ? found : null;
}

/** What a client shows of who they are: in the first message, as browsers have to, else in the headers. */
function credentialsOf({ connectionParams, extra }: Connection): Credentials {
  const shown = {
    authorization: textOf(connectionParams, 'authorization'),
    apiKey: textOf(connectionParams, 'apikey', 'x-api-key'),
  };
  if (shown.authorization !== null || shown.apiKey !== null) return shown;
  const { headers } = extra.request;
  const apiKey = headers['x-api-key'];
  return { authorization: headers.authorization ?? null, apiKey: typeof apiKey === 'string' ? apiKey : null };
}

const isShown = ({ authorization, apiKey }: Credentials) => authorization !== null || apiKey !== null;

/** A reason as a close frame can carry it: up to 123 bytes. */
const short = (reason: string) =>
  Buffer.byteLength(reason) <= 123 ? reason : `${String(Buffer.from(reason).subarray(0, 120)).replace(/\uFFFD$/, '')}…`;

/** A message as it may be sent: what has an answer that is too large has the error that says so instead. */
function boundedMessage(message: string, limit: number): string {
  if (!isLonger(message, limit)) return message;
  const { id, type } = JSON.parse(message) as { readonly id?: string; readonly type: string };
  const refused = tooLarge(limit);
  return JSON.stringify({ id, type, payload: type === 'error' ? refused.errors : refused });
}

/**
 * Operations over WebSockets, by the protocol graphql-transport-ws. Each is answered as a request over plain HTTP is, so
 * that every limit, right and error code there holds here too; only its results go another way.
 */
export function createLiveSockets({
  path,
  answer,
  authenticator,
  attempts,
  refusals,
  origins,
  messageLimit,
  answerLimit,
  patience,
  limits: callerLimits,
  proxies,
  unsent,
  log,
  pingInterval = 12_000,
}: LiveSocketOptions): LiveSockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: messageLimit, handleProtocols });
  /** Each with what graphql-ws keeps of it, once it has said who it is. */
  const connections = new Map<WebSocket, Connection | null>();
  const unfinished = createUnfinishedMessages(callerLimits.unfinishedBytes, patience);
  const shares = createShares(callerLimits.webSockets);
  /** Operations whose only result is on its way. */
  const leaving = new WeakSet<SubscribePayload>();
  let isEnding = false;

  function requestOf(connection: Connection, payload: SubscribePayload): Request {
    const { request, signal } = connection.extra;
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) {
      if (!ownHeaders.test(name) && value !== undefined) headers.set(name, String(value));
    }
    headers.delete('authorization');
    headers.delete('x-api-key');
    const { authorization, apiKey } = credentialsOf(connection);
    if (typeof authorization === 'string') headers.set('authorization', authorization);
    if (typeof apiKey === 'string') headers.set('x-api-key', apiKey);
    headers.set('content-type', 'application/json');
    headers.set('accept', 'application/json');
    const { operationName, query, variables, extensions } = payload;
    const body = JSON.stringify({ operationName, query, variables, extensions });
    return new Request(`http://${request.headers.host ?? 'localhost'}${path}`, {
      method: 'POST',
      headers,
      body,
      signal,
    });
  }

  /** The results of an operation, or why it was refused. */
  async function run(connection: Connection, payload: SubscribePayload): Promise<Results> {
    const request = requestOf(connection, payload);
    let taken: Results | undefined;
    stateOf(request).resultReceiver = {
      take: (results) => {
        taken = results;
      },
    };
    const response = await answer(request, { req: connection.extra.request });
    if (response.status === TAKEN && taken !== undefined) return taken;
    // It was refused before it was looked at.
    const { errors } = (await response.json()) as { readonly errors: readonly GraphQLError[] };
    return { errors: errors.map(({ message, extensions }) => new GraphQLError(message, { extensions })) };
  }

  async function connect(connection: Connection): Promise<boolean> {
    const { request, socket, signal } = connection.extra;
    connections.set(socket, connection);
    const shown = credentialsOf(connection);
    const refusal = isShown(shown) && attempts?.refusal(request);
    if (refusal) {
      refusals.refused(request, refusal, shown);
      socket.close(TRY_AGAIN, short(refusal.message));
      return false;
    }
    try {
      const { expiresAt } = await authenticator.authenticate(shown);
      if (expiresAt === undefined || signal.aborted) return true;
      const expire = () => socket.close(CloseCode.Forbidden, 'The key or token has expired. Connect with a new one.');
      signal.addEventListener('abort', atTime(expiresAt, expire), { once: true });
      return true;
    } catch (error) {
      if (error instanceof AccessRefused) {
        attempts?.failed(request);
        refusals.refused(request, credentialsRefused(error.message), shown);
        socket.close(CloseCode.Forbidden, short(error.message));
      } else {
        log.warn({ reason: String(error) }, 'The caller of a WebSocket could not be identified.');
        socket.close(TRY_AGAIN, 'The client cannot be identified at the moment. Try again shortly.');
      }
      return false;
    }
  }

  const protocol = makeServer<Record<string, unknown> | undefined, Extra>({
    connectionInitWaitTimeout: INIT_PATIENCE,
    onConnect: connect,
    async onSubscribe(connection, _id, payload) {
      if (Object.keys(connection.subscriptions).length > limits.liveOperations) {
        return [
          limitExceeded(`One connection carries up to ${limits.liveOperations} operations. End one, or open another.`),
        ];
      }
      const { pace, signal } = connection.extra;
      await pace.begin(signal);
      let results: Results | undefined;
      try {
        results = await run(connection, payload);
      } finally {
        if (results === undefined || isAsyncIterable(results) || isRefusal(results)) pace.end();
        else leaving.add(payload);
      }
      if (isRefusal(results)) return results.errors;
      return { schema: noSchema, document: executed, rootValue: { results } satisfies Executed };
    },
    execute: ({ rootValue }) => (rootValue as Executed).results as ExecutionResult,
    onComplete({ extra: { pace } }, _id, payload) {
      if (leaving.delete(payload)) pace.end();
    },
    onNext: (_connection, _id, _payload, _args, result) => plainResult(result as ExecutionResult),
    onError: (_connection, _id, _payload, errors) =>
      plainResult({ errors: errors.map((error) => (error instanceof GraphQLError ? error : internal(error))) }).errors,
  });

  function internal(error: unknown): GraphQLError {
    log.error({ err: error }, 'A subscription was interrupted.');
    return codedError('INTERNAL_SERVER_ERROR', 'Internal server error. Subscribe again.');
  }

  function keepAlive(socket: WebSocket, wire: Socket): NodeJS.Timeout {
    let isThere = true;
    let last = 0;
    socket.on('pong', () => {
      isThere = true;
    });
    return setInterval(() => {
      unfinished.check(socket);
      const taken = bytesTaken(wire);
      // Who still takes what was sent before the ping comes to it later, and of what is not read from no pong is seen.
      const isTaking = wire.writableLength > 0 && taken > last;
      last = taken;
      if (!isThere && !isTaking && !socket.isPaused) return socket.terminate();
      isThere = false;
      socket.ping();
    }, pingInterval);
  }

  function accept(socket: WebSocket, request: IncomingMessage, caller: string): void {
    connections.set(socket, null);
    const closing = new AbortController();
    // Each operation may wait for its turn, or go on.
    setMaxListeners(2 * limits.liveOperations, closing.signal);
    const pings = keepAlive(socket, request.socket);
    unfinished.watch(socket, request.socket, caller);
    const pace = createSocketPace(socket, request.socket);
    const extra: Extra = { request, socket, signal: closing.signal, pace };
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        // Settles once the message has left, so that a client who does not read is sent no more.
        send: (message) =>
          new Promise((resolve, reject) => {
            if (socket.readyState !== socket.OPEN) return resolve();
            socket.send(boundedMessage(message, answerLimit), (error) => {
              unsent.recount(request.socket);
              if (error) reject(error);
              else resolve();
            });
            unsent.recount(request.socket);
          }),
        close: (code = CloseCode.BadRequest, reason = '') => socket.close(code, short(reason)),
        onMessage: (take) =>
          pace.readMessages((message) => {
            take(message).catch((error: unknown) => {
              if (socket.readyState !== socket.OPEN) return;
              log.error({ err: error }, 'A message over a WebSocket failed.');
              socket.close(CloseCode.InternalServerError, 'Internal server error.');
            });
          }),
      },
      extra,
    );
    // A frame that is too large or no frame at all: the library closes, and tells the client by the code.
    socket.on('error', (error) => log.debug({ err: error }, 'A WebSocket was interrupted.'));
    socket.once('close', (code, reason) => {
      clearInterval(pings);
      connections.delete(socket);
      closing.abort();
      void closed(code, String(reason));
    });
  }

  function refuse(request: IncomingMessage, socket: Duplex, refusal: ConnectionRefusal): void {
    refusals.refused(request, badRequest(refusal.message, refusal.status, refusal.code));
    endWithResponse(socket, refusal);
  }

  return {
    upgrade(request, socket, head) {
      const refusal = refuseUpgrade(request, { path, origins, attempts }) ?? (isEnding ? noRoom.ALL : undefined);
      if (refusal) return refuse(request, socket, refusal);
      const caller = addressOfConnection(request, proxies);
      const bound = shares.take(caller);
      if (bound) return refuse(request, socket, noRoom[bound]);
      // It closes also where the handshake is refused.
      socket.once('close', () => shares.give(caller));
      socket.on('error', () => socket.destroy());
      server.handleUpgrade(request, socket, head, (accepted) => accept(accepted, request, caller));
    },
    get count() {
      return connections.size;
    },
    async end(grace) {
      isEnding = true;
      const isSettled = (socket: WebSocket) => Object.keys(connections.get(socket)?.subscriptions ?? {}).length === 0;
      const end = (socket: WebSocket) => socket.close(GOING_AWAY, 'The server is stopping. Connect again.');
      await endEach(connections.keys(), { isSettled, end }, grace);
    },
    cut() {
      for (const socket of server.clients) socket.terminate();
    },
  };
}
