import type { ExecutionResult } from 'graphql';
import { isAsyncIterable, mapAsyncIterator, type Plugin } from 'graphql-yoga';
import { type Carrier, type Results, stateOf } from '../request-state.ts';
import { ServerStopping } from './live-operations.ts';

/** Status of a response whose results went elsewhere. */
export const TAKEN = 202;

/**
 * Hands the results of a request to its `resultReceiver`, if there is one, in place of the response. The request passes
 * every check that one over plain HTTP passes, so that each limit holds on all transports; its response only says that the
 * results were taken.
 */
export function useResultDelivery(): Plugin {
  return {
    onResultProcess({ request, result, setResult, serverContext, resultProcessor, setResultProcessor }) {
      const { resultReceiver } = stateOf(request);
      if (!resultReceiver) {
        const { res } = serverContext as Carrier;
        // Yoga does not end a response whose results are interrupted.
        if (res && isAsyncIterable(result)) setResult(interruptible(result, () => res.end()));
        return;
      }
      setResultProcessor(async (given, fetchAPI, mediaType) => {
        // There are no batches: they are refused when the body is read.
        const results = given as Results;
        if (resultReceiver.refused && resultProcessor && isRefusal(results)) {
          const response = await resultProcessor(given, fetchAPI, mediaType);
          if (!response.ok) {
            resultReceiver.refused();
            return response;
          }
        }
        resultReceiver.take(results);
        return new fetchAPI.Response(null, { status: TAKEN });
      }, 'application/json');
    },
  };
}

/** The same results; `interrupted` is called when the server stops, before they fail. */
function interruptible<R>(results: AsyncIterable<R>, interrupted: () => void): AsyncIterable<R> {
  return mapAsyncIterator(
    results,
    (result) => result,
    (error: unknown) => {
      if (error instanceof ServerStopping) interrupted();
      throw error;
    },
  );
}

/** Whether an operation was refused before it began. */
export const isRefusal = (results: Results): results is ExecutionResult & Required<Pick<ExecutionResult, 'errors'>> =>
  !isAsyncIterable(results) && results.data === undefined && results.errors !== undefined;
