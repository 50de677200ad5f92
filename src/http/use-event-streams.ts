import { randomUUID } from 'node:crypto';
import { PassThrough } from 'node:stream';
import type { ExecutionResult } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { limitExceeded } from '../schema/errors.ts';
import { limits } from '../schema/limits.ts';
import { answerText } from './answer-text.ts';
import { badRequest } from './bad-request.ts';
import { endEach } from './end-each.ts';
import { plainResult, type ResultDelivery, type Results } from './result-delivery.ts';
import { type Answer, json, pathOf } from './route.ts';

const TOKEN_HEADER = 'x-graphql-event-stream-token';

/** A stream that was reserved and is not opened is given up after so long, in milliseconds. */
const PATIENCE = 10_000;
const MOST_STREAMS = 10_000;
const PING_INTERVAL = 12_000;

/** One response that carries the results of many operations. */
interface EventStream {
  readonly body: PassThrough;
  readonly operations: Map<string, AsyncIterator<ExecutionResult> | null>;
  isOpen: boolean;
  timer: NodeJS.Timeout;
}

export interface EventStreams {
  readonly plugin: Plugin;
  /** How many streams are reserved or open. */
  readonly count: number;
  /** Ends each of them, once what runs on it has ended and is told to have, or `grace` milliseconds are over. */
  end(grace: number): Promise<void>;
}

const refusal = (status: number, message: string): Answer =>
  json(status, { errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] });

const noStream = refusal(404, 'There is no such stream. Reserve one by PUT, then open it by GET with its token.');

/** Settles once the stream has room again, so that nothing piles up for a client who does not read. */
const send = ({ body }: EventStream, event: string, data: string) =>
  new Promise<void>((resolve, reject) => {
    // Its server stops, and what comes only now is too late.
    if (body.writableEnded) return resolve();
    body.write(`event: ${event}\ndata: ${data}\n\n`, (error) => (error ? reject(error) : resolve()));
  });

/**
 * The single connection mode of graphql-sse, for browsers that hold few connections: `PUT` reserves a stream, `GET` opens
 * it, each `POST` with its token runs an operation whose results go there, `DELETE` ends one of them.
 * See https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md.
 */
export function createEventStreams(
  path: string,
  answerLimit: number,
  { deliver }: Pick<ResultDelivery, 'deliver'>,
): EventStreams {
  const streams = new Map<string, EventStream>();
  const streamOf = new WeakMap<Request, EventStream>();

  function reserve(): Answer {
    if (streams.size >= MOST_STREAMS) {
      return json(503, {
        errors: [{ message: 'There are too many streams. Try again shortly.', extensions: { code: 'OVERLOADED' } }],
      });
    }
    const token = randomUUID();
    const body = new PassThrough();
    const stream: EventStream = {
      body,
      operations: new Map(),
      isOpen: false,
      timer: setTimeout(() => body.destroy(), PATIENCE).unref(),
    };
    body.once('close', () => {
      streams.delete(token);
      clearInterval(stream.timer);
      for (const operation of stream.operations.values()) void operation?.return?.();
      stream.operations.clear();
    });
    streams.set(token, stream);
    return { status: 201, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: token };
  }

  function open(stream: EventStream): void {
    stream.isOpen = true;
    clearTimeout(stream.timer);
    // Some browsers take a response for begun only once something comes.
    stream.body.write(':\n\n');
    stream.timer = setInterval(() => {
      if (stream.body.writableLength === 0 && !stream.body.writableEnded) stream.body.write(':\n\n');
    }, PING_INTERVAL);
  }

  function complete(stream: EventStream, operation: string | null): Answer {
    if (operation === null) return refusal(400, 'Name the operation to end, as in ?operationId=….');
    void stream.operations.get(operation)?.return?.();
    stream.operations.delete(operation);
    return { status: 200 };
  }

  const next = (stream: EventStream, id: string, result: ExecutionResult) =>
    send(stream, 'next', `{"id":${JSON.stringify(id)},"payload":${answerText(plainResult(result), answerLimit)}}`);

  async function carry(stream: EventStream, id: string, results: Results): Promise<void> {
    const { operations } = stream;
    if (isAsyncIterable(results)) {
      const iterator = results[Symbol.asyncIterator]();
      // It was ended while it began.
      if (!operations.has(id)) return void (await iterator.return?.());
      operations.set(id, iterator);
      for (let step = await iterator.next(); !step.done; step = await iterator.next()) {
        await next(stream, id, step.value);
      }
    } else if (operations.has(id)) {
      await next(stream, id, results);
    }
    if (operations.delete(id)) await send(stream, 'complete', JSON.stringify({ id }));
  }

  const tokenOf = (request: Request, url: URL) =>
    request.headers.get(TOKEN_HEADER) ?? url.searchParams.get('token') ?? undefined;

  return {
    plugin: {
      onRequest({ request, url, fetchAPI, endResponse }) {
        const end = ({ status = 200, headers = {}, body }: Answer) =>
          endResponse(new fetchAPI.Response(body ?? null, { status, headers: { ...headers } }));
        if (pathOf(request.url) !== path) return;
        if (request.method === 'PUT') return end(reserve());
        // A browser that asks first whether it may, or anybody who wants the headers alone, opens nothing.
        if (!['GET', 'POST', 'DELETE'].includes(request.method)) return;
        const token = tokenOf(request, url);
        if (token === undefined) return;
        const stream = streams.get(token);
        if (!stream) return end(noStream);
        if (request.method === 'DELETE') return end(complete(stream, url.searchParams.get('operationId')));
        if (request.method === 'POST') return void streamOf.set(request, stream);
        if (stream.isOpen) return end(refusal(409, 'This stream is open already. Reserve another one.'));
        open(stream);
        const headers = {
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-cache',
          'content-encoding': 'none',
          connection: 'keep-alive',
        };
        // Yoga's Response takes streams of Node.js, though its types are those of browsers.
        endResponse(new fetchAPI.Response(stream.body as unknown as ReadableStream, { headers }));
      },
      onParams({ request, params }) {
        const stream = streamOf.get(request);
        if (!stream) return;
        const id = params.extensions?.operationId;
        if (typeof id !== 'string' || id === '') {
          throw badRequest(
            'Name the operation in `extensions.operationId`: its results go into the stream by that name.',
          );
        }
        if (stream.operations.has(id)) throw badRequest(`The stream has an operation ${id} already.`, 409);
        if (stream.operations.size >= limits.liveOperations) {
          throw limitExceeded(`One stream carries up to ${limits.liveOperations} operations. Reserve another one.`);
        }
        stream.operations.set(id, null);
        deliver(request, {
          // Who broke the stream off is told by its having closed.
          take: (results) => void carry(stream, id, results).catch(() => stream.body.destroy()),
          refused: () => void stream.operations.delete(id),
        });
      },
    },
    get count() {
      return streams.size;
    },
    async end(grace) {
      const isSettled = ({ operations }: EventStream) => operations.size === 0;
      const end = ({ body }: EventStream) => void body.end();
      await endEach(streams.values(), { isSettled, end }, grace);
    },
  };
}
