import type { IncomingMessage } from 'node:http';
import type { GraphQLError } from 'graphql';
import { badRequest } from '../bad-request.ts';
import { errorResponse } from '../error-response.ts';
import type { RequestPlugin } from '../phases.ts';
import { type RateLimitStatus, stateOf } from '../request-state.ts';
import { showsCredentials } from './access-credentials.ts';
import { createBuckets, createRates, type RateLimit, type Taken, type TakeShared } from './buckets.ts';
import { addressOfConnection, callerOf, viewerOf } from './caller.ts';

export interface RateLimitOptions {
  /** Maximum rate of requests of a caller whose key has none of its own. @default unlimited */
  readonly limit?: RateLimit | undefined;
  /** Maximum rate of the estimated costs of a caller's operations. @default unlimited */
  readonly costLimit?: RateLimit | undefined;
  /** Counts callers of several servers together. @default each server counts separately */
  readonly shared?: TakeShared | undefined;
  /** Number of trusted proxies in front of the server. */
  readonly proxies: number;
  /** Whether a request is exempt from the limit. */
  readonly isFree?: (request: Request) => boolean;
  /** Whether a request counts even though it is not an operation. */
  readonly countsToo?: (request: Request) => boolean;
  /** Whether every request needs credentials. */
  readonly mustShow?: boolean;
}

/** Counts attempts to authenticate on connections that bypass yoga. */
export interface Attempts {
  /** Why a client may not try at the moment: too many attempts failed. `undefined` if it may. */
  refusal(from: IncomingMessage): GraphQLError | undefined;
  /** Counts a failed attempt. */
  failed(from: IncomingMessage): void;
}

export interface RateLimiter {
  /** After too many refusals, a client's credentials are not even checked. */
  readonly beforeAccess: RequestPlugin;
  /** Counts the requests of callers that are known. */
  readonly afterAccess: RequestPlugin;
  /** Absent if attempts are not limited. */
  readonly attempts: Attempts | undefined;
  /** Charges the estimated cost of an operation. @returns why it is refused; `undefined` if it is not */
  readonly chargeCost: ((request: Request, cost: number) => Promise<GraphQLError | undefined>) | undefined;
  /** Charges an operation that is executed once more, as if it had been sent again. @returns why it is refused */
  readonly chargeAgain: (request: Request, cost: number) => Promise<GraphQLError | undefined>;
}

const within = ({ seconds }: RateLimit) => (seconds === 1 ? 'a second' : `${seconds} seconds`);

const limited = (message: string, { next }: RateLimitStatus) =>
  badRequest(`${message} Try again in ${next} s.`, 429, 'RATE_LIMITED', { 'retry-after': String(next) });

/** What is left of a limit, as in draft-ietf-httpapi-ratelimit-headers-10. */
const item = (name: string, { left, next, full }: RateLimitStatus) => `"${name}";r=${left};t=${left > 0 ? full : next}`;
const policyOf = (name: string, { requests, seconds }: RateLimit) => `"${name}";q=${requests};w=${seconds}`;

/**
 * Limits the rate of requests of each caller, and of their costs, and reports both as in
 * draft-ietf-httpapi-ratelimit-headers. Over a WebSocket each operation counts as a request. Refused requests have no
 * identified caller: they count by address, separately from anonymous requests and on each server, so that guessing keys is
 * stopped and does not use up the requests of others at the same address.
 */
export function createRateLimiter({
  limit,
  costLimit,
  shared,
  proxies,
  isFree = () => false,
  countsToo = () => false,
  mustShow = false,
}: RateLimitOptions): RateLimiter {
  const rates = createRates(shared);
  const refused = limit && createBuckets(limit);

  /** All requests made in this process count as one caller. */
  const addressIn = (request: Request) => stateOf(request).address ?? 'unknown';
  const addressAt = (incoming: IncomingMessage) => addressOfConnection(incoming, proxies);
  const callerIn = (request: Request) => callerOf(request) ?? addressIn(request);
  const limitOf = (request: Request) => viewerOf(request).rate ?? limit;

  /** Notes what is left, and refuses the request if there was not enough. */
  function noted(request: Request, allowed: RateLimit, status: Taken): GraphQLError | undefined {
    stateOf(request).rateLimit = { ...status, policy: policyOf('requests', allowed) };
    return status.taken
      ? undefined
      : limited(`More than ${allowed.requests} requests were sent within ${within(allowed)}.`, status);
  }

  function charge(request: Request): GraphQLError | undefined | Promise<GraphQLError | undefined> {
    const allowed = limitOf(request);
    if (!allowed) return undefined;
    const status = rates.take(callerIn(request), allowed);
    return status instanceof Promise
      ? status.then((taken) => noted(request, allowed, taken))
      : noted(request, allowed, status);
  }

  async function chargeCost(request: Request, cost: number): Promise<GraphQLError | undefined> {
    if (!costLimit) return undefined;
    // An operation that costs more than all of a window would never run: it takes a whole one.
    const amount = Math.min(Math.ceil(cost), costLimit.requests);
    const status = await rates.take(`cost ${callerIn(request)}`, costLimit, amount);
    stateOf(request).costRate = { ...status, policy: policyOf('cost', costLimit) };
    if (status.taken) return undefined;
    return limited(
      `Your operations cost more than ${costLimit.requests} within ${within(costLimit)}; this one is estimated at ${Math.ceil(cost)}.`,
      status,
    );
  }

  function refusalAt(address: string): GraphQLError | undefined {
    const status = refused?.look(address);
    if (!limit || !status || status.left >= 1) return undefined;
    return limited(
      `More than ${limit.requests} requests from this address were refused within ${within(limit)}.`,
      status,
    );
  }

  const notedRefusal = (request: Request, status: RateLimitStatus | undefined) => {
    if (limit && status) stateOf(request).rateLimit = { ...status, policy: policyOf('requests', limit) };
  };

  return {
    beforeAccess: {
      phase: 'identify',
      onRequest({ request, fetchAPI, endResponse }) {
        if (isFree(request) || !(mustShow || showsCredentials(request))) return;
        const address = addressIn(request);
        const refusal = refusalAt(address);
        if (!refusal) return;
        notedRefusal(request, refused?.look(address));
        endResponse(errorResponse(refusal, request, fetchAPI));
      },
      onResponse({ request, response: { status, headers } }) {
        const state = stateOf(request);
        if (status === 401 && !state.rateLimit && !isFree(request)) {
          notedRefusal(request, refused?.take(addressIn(request)));
        }
        const { rateLimit, costRate } = state;
        // An export already carries the state after its last page.
        if ((!rateLimit && !costRate) || headers.has('ratelimit')) return;
        const items = [
          ...(rateLimit ? [item('requests', rateLimit)] : []),
          ...(costRate ? [item('cost', costRate)] : []),
        ];
        const policies = [rateLimit, costRate].flatMap((one) => one?.policy ?? []);
        headers.set('ratelimit', items.join(', '));
        headers.set('ratelimit-policy', policies.join(', '));
      },
    },
    afterAccess: {
      phase: 'admit',
      async onRequest({ request, fetchAPI, endResponse }) {
        if (!countsToo(request)) return;
        const refusal = await charge(request);
        if (refusal) endResponse(errorResponse(refusal, request, fetchAPI));
      },
      async onRequestParse({ request }) {
        const refusal = await charge(request);
        if (refusal) throw refusal;
      },
    },
    attempts: refused && {
      refusal: (from) => refusalAt(addressAt(from)),
      failed: (from) => void refused.take(addressAt(from)),
    },
    chargeCost: costLimit && chargeCost,
    chargeAgain: async (request, cost) => (await charge(request)) ?? chargeCost(request, cost),
  };
}
