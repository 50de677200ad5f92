import { processRegularResult } from 'graphql-yoga';
import { badRequest } from '../bad-request.ts';
import { errorResponse } from '../error-response.ts';
import type { RequestPlugin } from '../phases.ts';
import { stateOf } from '../request-state.ts';
import { takesAny, weightOf } from './negotiate.ts';

const EVENTS = 'text/event-stream';

/** The media types of a single result. */
const PLAIN = ['application/graphql-response+json', 'application/json'] as const;

const types = [...PLAIN, EVENTS, 'multipart/mixed'];

const accepts = (request: Request, some: readonly string[]) => takesAny(some, request.headers.get('accept'));

/**
 * Refuses requests whose client takes no form that their results have, before anything is executed: Yoga looks for one
 * after that, when a mutation has been made and a subscription runs. Of the forms of a single result, the client gets the
 * one that it prefers.
 */
export function useAcceptedTypes(): RequestPlugin {
  return {
    phase: 'receive',
    onRequest({ request, fetchAPI, endResponse }) {
      if (!['GET', 'POST'].includes(request.method) || accepts(request, types)) return;
      const message = `None of the accepted types is available. Accept one of ${types.join(', ')}.`;
      endResponse(errorResponse(badRequest(message, 406), request, fetchAPI));
    },
    onSubscribe({ args: { contextValue }, setResultAndStopExecution }) {
      const { request } = contextValue as { readonly request: Request };
      // Results that go elsewhere, such as to a WebSocket, need no form.
      if (stateOf(request).resultReceiver || accepts(request, [EVENTS])) return;
      const message = `The results of a subscription are sent as ${EVENTS}: accept that, or use a WebSocket.`;
      setResultAndStopExecution({ errors: [badRequest(message, 406)] });
    },
    onResultProcess({ request, resultProcessor, setResultProcessor }) {
      // Yoga has no form for the refusal of a subscription.
      if (resultProcessor === undefined) return setResultProcessor(processRegularResult, PLAIN[1]);
      const accept = request.headers.get('accept');
      if (resultProcessor !== processRegularResult || accept === null) return;
      // Yoga chooses by the order of the types, whatever their weights.
      const [liked, other] = PLAIN.toSorted((left, right) => weightOf(right, accept) - weightOf(left, accept));
      if (liked && other && weightOf(liked, accept) > weightOf(other, accept))
        setResultProcessor(processRegularResult, liked);
    },
  };
}
