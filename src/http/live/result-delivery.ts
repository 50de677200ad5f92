import type { ExecutionResult } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { stateOf } from '../request-state.ts';

/** The results of one operation. */
export type Results = AsyncIterable<ExecutionResult> | ExecutionResult;

/** Where the results of a request go. */
export interface Receiver {
  take(results: Results): void;
  /** Where it is there, a request that is refused by an HTTP status is so in its response after all, and this is told. */
  refused?(): void;
}

/**
 * Lets the results of a request go elsewhere than into its response. The request passes every check that one over plain
 * HTTP passes, which is how a limit holds on all transports; its response only says that the results were taken.
 */
export interface ResultDelivery {
  readonly plugin: Plugin;
  /** Has what comes of this request handed on. To be called before it is executed. */
  deliver(request: Request, receiver: Receiver): void;
}

/** Status of a response whose results went elsewhere. */
export const TAKEN = 202;

/** Makes the way by which results leave. */
export function createResultDelivery(): ResultDelivery {
  const receivers = new WeakMap<Request, Receiver>();
  return {
    deliver(request, receiver) {
      receivers.set(request, receiver);
      stateOf(request).isDelivered = true;
    },
    plugin: {
      onResultProcess({ request, resultProcessor, setResultProcessor }) {
        const receiver = receivers.get(request);
        if (!receiver) return;
        setResultProcessor(async (given, fetchAPI, mediaType) => {
          // Nobody sends a batch: those are refused where a body is read.
          const results = given as Results;
          if (receiver.refused && resultProcessor && isRefusal(results)) {
            const response = await resultProcessor(given, fetchAPI, mediaType);
            if (!response.ok) {
              receiver.refused();
              return response;
            }
          }
          receiver.take(results);
          return new fetchAPI.Response(null, { status: TAKEN });
        }, 'application/json');
      },
    },
  };
}

/** Whether an operation was refused before it began. */
export const isRefusal = (results: Results): results is ExecutionResult & Required<Pick<ExecutionResult, 'errors'>> =>
  !isAsyncIterable(results) && results.data === undefined && results.errors !== undefined;
