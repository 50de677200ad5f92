import type { GraphQLError } from 'graphql';
import { callerOf } from '../access/caller.ts';
import { badRequest } from '../bad-request.ts';
import { errorResponse } from '../error-response.ts';
import type { QuotaScope } from '../limits/quotas.ts';
import type { RequestPlugin } from '../phases.ts';
import type { Carrier } from '../request-state.ts';
import type { UnsentBytes } from './unsent-bytes.ts';

const retryLater = { 'retry-after': '1' };

const refusals: Readonly<Record<QuotaScope, () => GraphQLError>> = {
  CALLER: () =>
    badRequest(
      'Too much of your earlier responses is unread. Read it, then try again.',
      429,
      'RATE_LIMITED',
      retryLater,
    ),
  ALL: () => badRequest('The server has too much unsent data. Try again in a moment.', 503, 'OVERLOADED', retryLater),
};

/**
 * Counts the unsent bytes of a connection towards the caller of its current request, and refuses further requests of a
 * caller that does not read them. Public files are exempt.
 */
export function useUnsentBytes(unsent: UnsentBytes, isExempt: (request: Request) => boolean): RequestPlugin {
  const refusalFor = (caller: string | undefined) => {
    const bound = unsent.exceeded(caller);
    return bound && refusals[bound]();
  };

  return {
    phase: 'admit',
    onRequest({ request, serverContext, fetchAPI, endResponse }) {
      const { req } = serverContext as Carrier;
      if (isExempt(request)) return req && unsent.exempt(req.socket);
      const caller = callerOf(request);
      if (req) unsent.attribute(req.socket, caller);
      const refusal = refusalFor(caller);
      if (refusal) endResponse(errorResponse(refusal, request, fetchAPI));
    },
    onResponse({ response: { headers }, serverContext }) {
      const { req, res } = serverContext as Carrier;
      if (!req || !res) return;
      unsent.recount(req.socket, Number(headers.get('content-length') ?? 0));
      res.once('close', () => unsent.recount(req.socket));
    },
    onRequestParse({ request }) {
      // While it waited for its place, other responses to the same caller may have been sent.
      const refusal = refusalFor(callerOf(request));
      if (refusal) throw refusal;
    },
  };
}
