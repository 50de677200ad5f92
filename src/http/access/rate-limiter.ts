import type { IncomingMessage } from 'node:http';
import type { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import { badRequest } from '../bad-request.ts';
import { errorResponse } from '../error-response.ts';
import { type RateLimitStatus, stateOf } from '../request-state.ts';
import { showsCredentials } from './access-credentials.ts';
import { addressOfConnection, callerOf } from './caller.ts';

/** Maximum number of requests of one caller within a number of seconds. */
export interface RateLimit {
  readonly requests: number;
  readonly seconds: number;
}

/** Maximum number of callers with a bucket; a caller beyond that starts with a full one. */
const REMEMBERED = 50_000;

interface Bucket {
  tokens: number;
  at: number;
}

/** Token buckets that refill continuously: a caller may use a full bucket at once, and then continues at the rate. */
export function createBuckets({ requests, seconds }: RateLimit, now: () => number = () => performance.now() / 1000) {
  const buckets = new LRUCache<string, Bucket>({ max: REMEMBERED });
  const rate = requests / seconds;

  function fill(caller: string): Bucket {
    const time = now();
    const bucket = buckets.get(caller) ?? { tokens: requests, at: time };
    bucket.tokens = Math.min(requests, bucket.tokens + (time - bucket.at) * rate);
    bucket.at = time;
    return bucket;
  }

  function statusOf({ tokens }: Bucket, amount = 1): RateLimitStatus {
    const left = Math.floor(tokens);
    const wanted = Math.max(left + 1, amount);
    return { left, next: Math.ceil((wanted - tokens) / rate), full: Math.ceil((requests - tokens) / rate) };
  }

  return {
    /** The state of a caller's bucket. */
    look: (caller: string): RateLimitStatus => statusOf(fill(caller)),
    /** Takes tokens out of a caller's bucket, by default one. @returns whether there were enough, and the state afterwards */
    take(caller: string, amount = 1): RateLimitStatus & { readonly taken: boolean } {
      const bucket = fill(caller);
      const taken = bucket.tokens >= amount;
      if (taken) bucket.tokens -= amount;
      buckets.set(caller, bucket);
      return { taken, ...statusOf(bucket, amount) };
    },
  };
}

export interface RateLimitOptions {
  readonly limit: RateLimit;
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
  /** Has to precede authentication: after too many refusals a client's credentials are not even checked. */
  readonly beforeAccess: Plugin;
  /** Has to follow authentication. */
  readonly afterAccess: Plugin;
  readonly attempts: Attempts;
}

/**
 * Limits the rate of requests of each caller, and reports it as in draft-ietf-httpapi-ratelimit-headers. Over a WebSocket
 * each operation counts as a request. Refused requests have no identified caller: they count by address, separately from
 * anonymous requests, so that guessing keys is stopped and does not use up the requests of others at the same address.
 */
export function createRateLimiter({
  limit,
  proxies,
  isFree = () => false,
  countsToo = () => false,
  mustShow = false,
}: RateLimitOptions): RateLimiter {
  const buckets = createBuckets(limit);
  const policy = `"requests";q=${limit.requests};w=${limit.seconds}`;
  const within = limit.seconds === 1 ? 'a second' : `${limit.seconds} seconds`;

  /** All requests made in this process count as one caller. */
  const addressIn = (request: Request) => stateOf(request).address ?? 'unknown';
  const addressAt = (incoming: IncomingMessage) => addressOfConnection(incoming, proxies);
  const refusedAt = (address: string) => `refused ${address}`;

  const tooMany = (what: string, { next }: RateLimitStatus) =>
    badRequest(`More than ${limit.requests} ${what} within ${within}. Try again in ${next} s.`, 429, 'RATE_LIMITED', {
      'retry-after': String(next),
    });

  function charge(request: Request): GraphQLError | undefined {
    const status = buckets.take(callerOf(request) ?? addressIn(request));
    stateOf(request).rateLimit = status;
    return status.taken ? undefined : tooMany('requests were sent', status);
  }

  function refusalAt(address: string): GraphQLError | undefined {
    const status = buckets.look(refusedAt(address));
    return status.left < 1 ? tooMany('requests from this address were refused', status) : undefined;
  }

  return {
    beforeAccess: {
      onRequest({ request, fetchAPI, endResponse }) {
        if (isFree(request) || !(mustShow || showsCredentials(request))) return;
        const address = addressIn(request);
        const refusal = refusalAt(address);
        if (!refusal) return;
        stateOf(request).rateLimit = buckets.look(refusedAt(address));
        endResponse(errorResponse(refusal, request, fetchAPI));
      },
      onResponse({ request, response: { status, headers } }) {
        const state = stateOf(request);
        if (status === 401 && !state.rateLimit && !isFree(request)) {
          state.rateLimit = buckets.take(refusedAt(addressIn(request)));
        }
        // An export already carries the state after its last page.
        if (!state.rateLimit || headers.has('ratelimit')) return;
        const { left, next, full } = state.rateLimit;
        headers.set('ratelimit', `"requests";r=${left};t=${left > 0 ? full : next}`);
        headers.set('ratelimit-policy', policy);
      },
    },
    afterAccess: {
      onRequest({ request, fetchAPI, endResponse }) {
        if (!countsToo(request)) return;
        const refusal = charge(request);
        if (refusal) endResponse(errorResponse(refusal, request, fetchAPI));
      },
      onRequestParse({ request }) {
        const refusal = charge(request);
        if (refusal) throw refusal;
      },
    },
    attempts: {
      refusal: (from) => refusalAt(addressAt(from)),
      failed: (from) => void buckets.take(refusedAt(addressAt(from))),
    },
  };
}
