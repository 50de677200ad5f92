import type { ExecutionResult } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { type Results, stateOf } from '../request-state.ts';

/** Status of a response whose results went elsewhere. */
export const TAKEN = 202;

/**
 * Hands the results of a request to its `resultReceiver`, if there is one, in place of the response. The request passes
 * every check that one over plain HTTP passes, so that each limit holds on all transports; its response only says that the
 * results were taken.
 */
export function useResultDelivery(): Plugin {
  return {
    onResultProcess({ request, resultProcessor, setResultProcessor }) {
      const { resultReceiver } = stateOf(request);
      if (!resultReceiver) return;
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

/** Whether an operation was refused before it began. */
export const isRefusal = (results: Results): results is ExecutionResult & Required<Pick<ExecutionResult, 'errors'>> =>
  !isAsyncIterable(results) && results.data === undefined && results.errors !== undefined;
