import type { IncomingMessage } from 'node:http';
import { type DocumentNode, type ExecutionResult, GraphQLError, GraphQLSchema, parse } from 'graphql';
import { makeServer, type Server, type SubscribePayload } from 'graphql-ws';
import { isAsyncIterable } from 'graphql-yoga';
import type { Logger } from 'pino';
import { times } from '../../engine/budgets/time-budget.ts';
import { codedError, limitExceeded } from '../../graphql/errors.ts';
import { limits } from '../../graphql/limits.ts';
import { plainResult } from '../plain-result.ts';
import { type Results, stateOf } from '../request-state.ts';
import { ServerStopping } from './live-operations.ts';
import type { SocketConnection, SocketExtra } from './socket-connection.ts';
import { socketRequest } from './socket-request.ts';
import { isRefusal, TAKEN } from './use-result-delivery.ts';

export interface SocketProtocolOptions {
  /** The path that GraphQL is served at. */
  readonly path: string;
  /** Answers a request as if it had come over plain HTTP. */
  readonly answer: (request: Request, carrier: { readonly req: IncomingMessage }) => Promise<Response>;
  /** Decides on the first message of a client whether it may go on. */
  readonly connect: (connection: SocketConnection) => Promise<boolean>;
  readonly log: Logger;
}

/** graphql-ws reads the document only to choose between two functions; the operation has been executed already. */
const executed: DocumentNode = parse('{ __typename }');
const noSchema = new GraphQLSchema({});

interface Executed {
  readonly results: Results;
}

/** The same results; those that the server interrupts end without an error, after `forget`. */
function quietly(results: AsyncIterable<ExecutionResult>, forget: () => void): AsyncIterableIterator<ExecutionResult> {
  const source = results[Symbol.asyncIterator]();
  const done = { value: undefined, done: true } as const;
  return {
    next: () =>
      source.next().catch((error: unknown) => {
        if (!(error instanceof ServerStopping)) throw error;
        forget();
        return done;
      }),
    return: async () => (await source.return?.()) ?? done,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/**
 * The protocol graphql-transport-ws. Each operation is executed as a request over plain HTTP, so that every limit,
 * permission and error code applies here too; only its results take another path.
 */
export function createSocketProtocol({ path, answer, connect, log }: SocketProtocolOptions): Server<SocketExtra> {
  /** Operations whose only result has not been sent yet. */
  const leaving = new WeakSet<SubscribePayload>();

  /** The results of an operation, or the reason for its refusal. */
  async function run(connection: SocketConnection, payload: SubscribePayload): Promise<Results> {
    const request = socketRequest(connection, payload, path);
    let taken: Results | undefined;
    stateOf(request).resultReceiver = {
      take: (results) => {
        taken = results;
      },
    };
    const response = await answer(request, { req: connection.extra.request });
    if (response.status === TAKEN && taken !== undefined) return taken;
    // It was refused before execution.
    const { errors } = (await response.json()) as { readonly errors: readonly GraphQLError[] };
    return { errors: errors.map(({ message, extensions }) => new GraphQLError(message, { extensions })) };
  }

  function internal(error: unknown): GraphQLError {
    log.error({ err: error }, 'A subscription was interrupted.');
    return codedError('INTERNAL_SERVER_ERROR', 'Internal server error. Subscribe again.');
  }

  return makeServer<Record<string, unknown> | undefined, SocketExtra>({
    connectionInitWaitTimeout: times.firstMessage.ms,
    onConnect: connect,
    async onSubscribe(connection, id, payload) {
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
      if (isAsyncIterable(results)) {
        // graphql-ws tells nobody of the end of an operation that it does not know; the socket is closed then.
        results = quietly(results, () => void delete connection.subscriptions[id]);
      }
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
}
