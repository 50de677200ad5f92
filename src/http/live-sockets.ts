import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type DocumentNode, type ExecutionResult, GraphQLError, GraphQLSchema, parse } from 'graphql';
import { CloseCode, type Context, handleProtocols, makeServer, type SubscribePayload } from 'graphql-ws';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import { AccessRefused } from '../access/access-refused.ts';
import type { Authenticator, Credentials } from '../access/authenticator.ts';
import { codedError, limitExceeded } from '../schema/errors.ts';
import { limits } from '../schema/limits.ts';
import { refuseSecretIn } from './access-credentials.ts';
import { credentialsRefused } from './access-refusal.ts';
import { isLonger, tooLarge } from './answer-text.ts';
import { atTime } from './at-time.ts';
import { endEach } from './end-each.ts';
import { ROOM } from './json-bodies.ts';
import { isRefusal, plainResult, type ResultDelivery, type Results, TAKEN } from './result-delivery.ts';
import { json, pathOf } from './route.ts';
import { createUnfinishedMessages } from './unfinished-messages.ts';
import type { Attempts } from './use-rate-limit.ts';

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

export interface LiveSocketOptions extends Pick<ResultDelivery, 'deliver'> {
  /** The path that they are taken at. */
  readonly path: string;
  /** Answers a request as if it had come over plain HTTP. */
  readonly answer: (request: Request, carrier: { readonly req: IncomingMessage }) => Promise<Response>;
  readonly authenticator: Authenticator;
  /** How many may fail to show who they are; any number where absent. */
  readonly attempts?: Attempts | undefined;
  /** Sites whose pages may connect, beside this one's own. */
  readonly origins: readonly string[];
  /** The largest message, in bytes. */
  readonly messageLimit: number;
  /** The largest answer, in bytes. */
  readonly answerLimit: number;
  /** How long a message may take to come in, in milliseconds. */
  readonly patience: number;
  readonly log: Logger;
  readonly mostSockets?: number;
  /** How often is looked whether the other end still is there, in milliseconds. */
  readonly pingInterval?: number;
}

/** After this a client that did not say who they are is let go, in milliseconds. */
const INIT_PATIENCE = 3_000;

/** So many bytes may wait for a client to read them before no more is read from it. */
const MOST_UNREAD = 1_000_000;

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
  deliver,
  authenticator,
  attempts,
  origins,
  messageLimit,
  answerLimit,
  patience,
  log,
  mostSockets = 10_000,
  pingInterval = 12_000,
}: LiveSocketOptions): LiveSockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: messageLimit, handleProtocols });
  /** Each with what graphql-ws keeps of it, once it has said who it is. */
  const connections = new Map<WebSocket, Connection | null>();
  const unfinished = createUnfinishedMessages(ROOM * messageLimit, patience);
  let isEnding = false;

  /** A page of another site may not connect in a visitor's name; what is no browser names no origin. */
  function allows({ headers: { origin, host } }: IncomingMessage): boolean {
    if (origin === undefined || origins.includes('*') || origins.includes(origin)) return true;
    return URL.canParse(origin) && new URL(origin).host === host;
  }

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
    deliver(request, {
      take: (results) => {
        taken = results;
      },
    });
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
        socket.close(CloseCode.Forbidden, short(error.message));
      } else {
        log.warn({ err: error }, 'Who connects could not be told.');
        socket.close(TRY_AGAIN, 'Who connects cannot be told at the moment. Try again shortly.');
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
      const results = await run(connection, payload);
      if (isRefusal(results)) return results.errors;
      return { schema: noSchema, document: executed, rootValue: { results } satisfies Executed };
    },
    execute: ({ rootValue }) => (rootValue as Executed).results as ExecutionResult,
    onNext: (_connection, _id, _payload, _args, result) => plainResult(result as ExecutionResult),
    onError: (_connection, _id, _payload, errors) =>
      plainResult({ errors: errors.map((error) => (error instanceof GraphQLError ? error : internal(error))) }).errors,
  });

  function internal(error: unknown): GraphQLError {
    log.error({ err: error }, 'A subscription broke off.');
    return codedError('INTERNAL_SERVER_ERROR', 'Something went wrong on our side. Subscribe again.');
  }

  function keepAlive(socket: WebSocket, wire: Socket): NodeJS.Timeout {
    let isThere = true;
    let taken = 0;
    socket.on('pong', () => {
      isThere = true;
    });
    return setInterval(() => {
      unfinished.check(socket);
      const last = taken;
      taken = wire.bytesWritten - wire.writableLength;
      // Who still takes what was sent before the ping comes to it later.
      const isTaking = wire.writableLength > 0 && taken > last;
      if (!isThere && !isTaking) return socket.terminate();
      isThere = false;
      socket.ping();
    }, pingInterval);
  }

  /** Who asks without reading is not read from either, so that no answers pile up. */
  function holdBack(socket: WebSocket, wire: Duplex): void {
    for (const event of ['message', 'ping']) {
      socket.on(event, () => {
        if (wire.writableLength > MOST_UNREAD) socket.pause();
      });
    }
    wire.on('drain', () => socket.resume());
  }

  function accept(socket: WebSocket, request: IncomingMessage): void {
    connections.set(socket, null);
    const closing = new AbortController();
    const pings = keepAlive(socket, request.socket);
    holdBack(socket, request.socket);
    unfinished.watch(socket, request.socket);
    const extra: Extra = { request, socket, signal: closing.signal };
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        // Settles once the message has left, so that a client who does not read is sent no more.
        send: (message) =>
          new Promise((resolve, reject) => {
            if (socket.readyState !== socket.OPEN) return resolve();
            socket.send(boundedMessage(message, answerLimit), (error) => (error ? reject(error) : resolve()));
          }),
        close: (code = CloseCode.BadRequest, reason = '') => socket.close(code, short(reason)),
        onMessage: (take) =>
          socket.on('message', (data) => {
            take(String(data)).catch((error: unknown) => {
              if (socket.readyState !== socket.OPEN) return;
              log.error({ err: error }, 'A message over a WebSocket could not be answered.');
              socket.close(CloseCode.InternalServerError, 'Something went wrong on our side.');
            });
          }),
      },
      extra,
    );
    // A frame that is too large or no frame at all: the library closes, and tells the client by the code.
    socket.on('error', (error) => log.debug({ err: error }, 'A WebSocket broke off.'));
    socket.once('close', (code, reason) => {
      clearInterval(pings);
      connections.delete(socket);
      closing.abort();
      void closed(code, String(reason));
    });
  }

  function refuse(
    socket: Duplex,
    status: number,
    name: string,
    message: string,
    more: Readonly<Record<string, string>> = {},
  ): void {
    const { headers = {}, body = '' } = json(status, { message }, more);
    const all = { ...headers, 'content-length': Buffer.byteLength(String(body)), connection: 'close' };
    const lines = Object.entries(all).map(([header, value]) => `${header}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${status} ${name}\r\n${lines.join('')}\r\n${body}`);
  }

  return {
    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy());
      const address = `http://${request.headers.host ?? 'localhost'}${request.url}`;
      // The host is the client's to choose.
      if (!URL.canParse(address))
        return refuse(socket, 400, 'Bad Request', 'The address of this request cannot be read.');
      if (pathOf(address) !== path) {
        return refuse(socket, 404, 'Not Found', `WebSockets are taken at ${path}.`);
      }
      if (!allows(request)) {
        return refuse(socket, 403, 'Forbidden', 'Pages of this origin may not connect here.');
      }
      try {
        refuseSecretIn(address);
      } catch (error) {
        if (!(error instanceof AccessRefused)) throw error;
        attempts?.failed(request);
        const { message, extensions } = credentialsRefused(error.message);
        return refuse(socket, 401, 'Unauthorized', message, extensions.http?.headers);
      }
      if (isEnding || connections.size >= mostSockets) {
        return refuse(socket, 503, 'Service Unavailable', 'Try again shortly.', { 'retry-after': '2' });
      }
      server.handleUpgrade(request, socket, head, accept);
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
