import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import type { ExecutionResult } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { limitExceeded } from '../../schema/errors.ts';
import { limits } from '../../schema/limits.ts';
import { callerOf } from '../access/caller.ts';
import { answerText } from '../answer-text.ts';
import { badRequest } from '../bad-request.ts';
import type { Outlet, UnsentBytes } from '../connections/unsent-bytes.ts';
import type { Bound, Shares } from '../limits/shares.ts';
import { plainResult } from '../plain-result.ts';
import { type Carrier, type OperationStream, type Results, stateOf } from '../request-state.ts';
import { type Answer, json, pathOf, responseOf } from '../route.ts';
import { endEach } from './end-each.ts';
import { ServerStopping } from './live-operations.ts';

const TOKEN_HEADER = 'x-graphql-event-stream-token';

/** Timeout for opening a reserved stream, in milliseconds. */
const OPEN_TIMEOUT = 10_000;
const PING_INTERVAL = 12_000;

/** Maximum number of unread bytes; beyond, the client's next operation is refused. */
const MOST_UNSENT = 1_000_000;

/** An operation of a stream. Before its results come, it may end, and another one may take its name. */
interface Carried {
  /** Its results, where there are many and they have begun. */
  iterator?: AsyncIterator<ExecutionResult>;
}

/** One response that carries the results of many operations. */
interface EventStream extends OperationStream {
  readonly body: PassThrough;
  /** Counts its unread bytes. */
  readonly outlet: Outlet;
  /** Number of bytes written to it. */
  written: number;
  readonly operations: Map<string, Carried>;
  isOpen: boolean;
  timer: NodeJS.Timeout;
}

export interface EventStreams {
  readonly plugin: Plugin;
  /** Number of streams that are reserved or open. */
  readonly count: number;
  /** Ends each stream once its operations have completed, or after `grace` milliseconds. */
  end(grace: number): Promise<void>;
}

const refusal = (status: number, message: string): Answer =>
  json(status, { errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] });

const refusals: Readonly<Record<Bound, Answer>> = {
  CALLER: json(
    429,
    {
      errors: [
        {
          message: 'You have reached the maximum number of event streams. One stream carries many operations.',
          extensions: { code: 'RATE_LIMITED' },
        },
      ],
    },
    { 'retry-after': '10' },
  ),
  ALL: json(503, {
    errors: [{ message: 'Too many streams are open. Try again shortly.', extensions: { code: 'OVERLOADED' } }],
  }),
};

const noStream = refusal(404, 'There is no such stream. Reserve one by PUT, then open it by GET with its token.');

function write(stream: EventStream, text: string, done?: (error?: Error | null) => void): void {
  const bytes = Buffer.from(text);
  stream.written += bytes.length;
  stream.body.write(bytes, done);
}

const unsentOf = ({ body }: EventStream) => body.writableLength + body.readableLength;

export interface EventStreamOptions {
  /** The path that GraphQL is served at. */
  readonly path: string;
  /** Maximum size of an answer, in bytes. */
  readonly answerLimit: number;
  readonly shares: Shares;
  readonly unsent: UnsentBytes;
}

/**
 * The single connection mode of graphql-sse, for browsers that allow few connections: `PUT` reserves a stream, `GET` opens
 * it, each `POST` with its token executes an operation whose results go there, `DELETE` ends one of them.
 * See https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md.
 */
export function createEventStreams({ path, answerLimit, shares, unsent }: EventStreamOptions): EventStreams {
  const streams = new Map<string, EventStream>();

  /** Settles once the stream accepts more, so that nothing is buffered for a client that does not read. */
  const send = (stream: EventStream, event: string, data: string) =>
    new Promise<void>((resolve, reject) => {
      // The server is stopping, and the event is too late.
      if (stream.body.writableEnded) return resolve();
      const done = (error?: Error | null) => {
        unsent.recount(stream.outlet);
        if (error) reject(error);
        else resolve();
      };
      write(stream, `event: ${event}\ndata: ${data}\n\n`, done);
      unsent.recount(stream.outlet);
    });

  function reserve(caller: string | undefined): Answer {
    const bound = shares.take(caller);
    if (bound) return refusals[bound];
    const token = randomUUID();
    const body = new PassThrough();
    const stream: EventStream = {
      body,
      outlet: {
        unsent: () => unsentOf(stream),
        taken: () => stream.written - unsentOf(stream),
        cut: () => void body.destroy(),
      },
      written: 0,
      operations: new Map(),
      isOpen: false,
      timer: setTimeout(() => body.destroy(), OPEN_TIMEOUT).unref(),
      add: (operationId, request) => add(stream, operationId, request),
    };
    unsent.watch(stream.outlet);
    unsent.attribute(stream.outlet, caller);
    body.once('close', () => {
      streams.delete(token);
      shares.give(caller);
      unsent.forget(stream.outlet);
      clearInterval(stream.timer);
      for (const { iterator } of stream.operations.values()) void iterator?.return?.();
      stream.operations.clear();
    });
    streams.set(token, stream);
    return { status: 201, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: token };
  }

  function open(stream: EventStream, { signal }: Request, response: ServerResponse | undefined): void {
    const { body } = stream;
    stream.isOpen = true;
    clearTimeout(stream.timer);
    // Some browsers report a response as open only once they receive bytes.
    write(stream, ':\n\n');
    stream.timer = setInterval(() => {
      if (body.writableLength === 0 && !body.writableEnded) write(stream, ':\n\n');
    }, PING_INTERVAL);
    // Yoga sends nothing to a client that has already disconnected, and does not end a response whose body is aborted.
    if (signal.aborted) body.destroy();
    else signal.addEventListener('abort', () => body.destroy(), { once: true });
    body.once('close', () => {
      if (response && !response.writableEnded) response.destroy();
    });
  }

  /** @returns whether the operation had not ended yet */
  const forget = ({ operations }: EventStream, id: string, operation: Carried): boolean =>
    operations.get(id) === operation && operations.delete(id);

  function complete(stream: EventStream, operation: string | null): Answer {
    if (operation === null) return refusal(400, 'Name the operation to end, as in ?operationId=….');
    void stream.operations.get(operation)?.iterator?.return?.();
    stream.operations.delete(operation);
    return { status: 200 };
  }

  const next = (stream: EventStream, id: string, result: ExecutionResult) =>
    send(stream, 'next', `{"id":${JSON.stringify(id)},"payload":${answerText(plainResult(result), answerLimit)}}`);

  async function carry(stream: EventStream, id: string, operation: Carried, results: Results): Promise<void> {
    const hasEnded = () => stream.operations.get(id) !== operation;
    if (isAsyncIterable(results)) {
      const iterator = results[Symbol.asyncIterator]();
      // It was ended before it was established.
      if (hasEnded()) return void (await iterator.return?.());
      operation.iterator = iterator;
      try {
        for (let step = await iterator.next(); !step.done; step = await iterator.next()) {
          await next(stream, id, step.value);
        }
      } catch (error) {
        if (!(error instanceof ServerStopping)) throw error;
        forget(stream, id, operation);
      }
    } else if (!hasEnded()) {
      await next(stream, id, results);
    }
    if (forget(stream, id, operation)) await send(stream, 'complete', JSON.stringify({ id }));
  }

  function add(stream: EventStream, id: unknown, request: Request): void {
    if (typeof id !== 'string' || id === '') {
      throw badRequest('Name the operation in `extensions.operationId`: the stream labels its results with that name.');
    }
    if (stream.operations.has(id)) throw badRequest(`The stream has an operation ${id} already.`, 409);
    if (stream.operations.size >= limits.liveOperations) {
      throw limitExceeded(`One stream carries up to ${limits.liveOperations} operations. Reserve another one.`);
    }
    if (unsentOf(stream) > MOST_UNSENT) {
      const retryLater = { 'retry-after': '1' };
      throw badRequest('Too much of this stream is unread. Read it, then try again.', 429, 'RATE_LIMITED', retryLater);
    }
    const operation: Carried = {};
    stream.operations.set(id, operation);
    stateOf(request).resultReceiver = {
      // A client that aborts the stream closes it, which ends the rest.
      take: (results) => void carry(stream, id, operation, results).catch(() => stream.body.destroy()),
      refused: () => void forget(stream, id, operation),
    };
  }

  const tokenOf = (request: Request, url: URL) =>
    request.headers.get(TOKEN_HEADER) ?? url.searchParams.get('token') ?? undefined;

  return {
    plugin: {
      onRequest({ request, serverContext, url, fetchAPI, endResponse }) {
        const end = (answer: Answer) => endResponse(responseOf(answer, fetchAPI));
        if (pathOf(request.url) !== path) return;
        if (request.method === 'PUT') return end(reserve(callerOf(request)));
        // Neither a preflight request nor HEAD opens a stream.
        if (!['GET', 'POST', 'DELETE'].includes(request.method)) return;
        const token = tokenOf(request, url);
        if (token === undefined) return;
        const stream = streams.get(token);
        if (!stream) return end(noStream);
        if (request.method === 'DELETE') return end(complete(stream, url.searchParams.get('operationId')));
        if (request.method === 'POST') {
          stateOf(request).eventStream = stream;
          return;
        }
        if (stream.isOpen) return end(refusal(409, 'This stream is already open. Reserve another one.'));
        open(stream, request, (serverContext as Carrier).res);
        const headers = {
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-cache',
          'content-encoding': 'none',
          connection: 'keep-alive',
        };
        // Yoga's Response accepts streams of Node.js, although its types are those of browsers.
        endResponse(new fetchAPI.Response(stream.body as unknown as ReadableStream, { headers }));
      },
      onParams({ request, params }) {
        stateOf(request).eventStream?.add(params.extensions?.operationId, request);
      },
    },
    get count() {
      return streams.size;
    },
    async end(grace) {
      const isSettled = ({ operations }: EventStream) => operations.size === 0;
      // One that nobody opened has nobody to read it to its end.
      const end = ({ body, isOpen }: EventStream) => void (isOpen ? body.end() : body.destroy());
      await endEach(streams.values(), { isSettled, end }, grace);
    },
  };
}
