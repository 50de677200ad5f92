import type { ExecutionResult } from 'graphql';
import { isAsyncIterable, mapAsyncIterator } from 'graphql-yoga';
import type { StreamPosition } from '../../graphql/context.ts';
import type { RequestPlugin } from '../phases.ts';
import { type Carrier, type Results, stateOf } from '../request-state.ts';
import { ServerStopping } from './live-operations.ts';

/** Status of a response whose results went elsewhere. */
export const TAKEN = 202;

/**
 * Hands the results of a request to its `resultReceiver`, if there is one, in place of the response. The request passes
 * every check that one over plain HTTP passes, so that each limit holds on all transports; its response only says that the
 * results were taken.
 */
export function useResultDelivery(): RequestPlugin {
  return {
    phase: 'respond',
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

type Written = ExecutionResult & { readonly stringify?: (result: unknown) => string };

/** Where the changes that a request follows begin: after those that its client, when it connects again, has received. */
export function positionOf(request: Request): StreamPosition {
  const state = stateOf(request);
  state.position ??= { after: request.headers.get('last-event-id') || undefined };
  return state.position;
}

/**
 * Gives each server-sent event of a change its cursor as `id`, so that an `EventSource` that connects again resumes after
 * it (https://html.spec.whatwg.org/multipage/server-sent-events.html#the-last-event-id-header). A stream of many
 * operations has no such place.
 */
export function useEventIds(): RequestPlugin {
  return {
    phase: 'respond',
    onResultProcess({ request, result, setResult }) {
      const { position, resultReceiver } = stateOf(request);
      const isEventStream = request.headers.get('accept')?.trim().toLowerCase() === 'text/event-stream';
      if (!position || resultReceiver || !isEventStream || !isAsyncIterable(result)) return;
      const withId = (result: Written): Written => {
        const { stringify = JSON.stringify } = result;
        const { cursor } = position;
        // A text of one line, which a line of the same event may follow.
        return cursor === undefined
          ? result
          : { ...result, stringify: (shown) => `${stringify(shown)}\nid: ${cursor}` };
      };
      setResult(mapAsyncIterator(result as AsyncIterable<Written>, withId));
    },
  };
}
