import { randomUUID } from 'node:crypto';
import { callerOf } from '../../access/caller.ts';
import type { QuotaScope, Quotas } from '../../limits/quotas.ts';
import type { RequestPlugin } from '../../phases.ts';
import { type Carrier, stateOf } from '../../request-state.ts';
import { type Answer, json, pathOf, responseOf } from '../../route.ts';
import { drainConnections } from '../drain-connections.ts';
import { createEventStream, type EventStream, type EventStreamOptions } from './event-stream.ts';

const TOKEN_HEADER = 'x-graphql-event-stream-token';

export interface EventStreams {
  readonly plugin: RequestPlugin;
  /** Number of streams that are reserved or open. */
  readonly count: number;
  /** Ends each stream once its operations have completed, or after `grace` milliseconds. */
  end(grace: number): Promise<void>;
}

const refusal = (status: number, message: string): Answer =>
  json(status, { errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] });

const refusals: Readonly<Record<QuotaScope, Answer>> = {
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

export interface EventStreamsOptions extends Pick<EventStreamOptions, 'answerLimit' | 'unsent'> {
  /** The path that GraphQL is served at. */
  readonly path: string;
  readonly quotas: Quotas;
}

/**
 * The single connection mode of graphql-sse, for browsers that allow few connections: `PUT` reserves a stream, `GET` opens
 * it, each `POST` with its token executes an operation whose results go there, `DELETE` ends one of them.
 * See https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md.
 */
export function createEventStreams({ path, quotas, ...options }: EventStreamsOptions): EventStreams {
  const streams = new Map<string, EventStream>();

  function reserve(caller: string | undefined): Answer {
    const bound = quotas.take(caller);
    if (bound) return refusals[bound];
    const token = randomUUID();
    const closed = () => {
      streams.delete(token);
      quotas.give(caller);
    };
    streams.set(token, createEventStream({ ...options, caller, closed }));
    return { status: 201, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: token };
  }

  function complete(stream: EventStream, operation: string | null): Answer {
    if (operation === null) return refusal(400, 'Name the operation to end, as in ?operationId=….');
    stream.complete(operation);
    return { status: 200 };
  }

  const tokenOf = (request: Request, url: URL) =>
    request.headers.get(TOKEN_HEADER) ?? url.searchParams.get('token') ?? undefined;

  return {
    plugin: {
      phase: 'respond',
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
        stream.open(request.signal, (serverContext as Carrier).res);
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
      await drainConnections(streams.values(), { isSettled: (one) => one.isSettled, end: (one) => one.end() }, grace);
    },
  };
}
