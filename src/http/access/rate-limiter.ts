import type { IncomingMessage } from 'node:http';
import type { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import { badRequest } from '../bad-request.ts';
import { errorResponse } from '../error-response.ts';
import { type RateLimitStatus, stateOf } from '../request-state.ts';
import { showsCredentials } from './access-credentials.ts';
import { addressOfConnection, callerOf } from './caller.ts';

/** So many requests in so many seconds, for each caller. */
export interface RateLimit {
  readonly requests: number;
  readonly seconds: number;
}

/** Callers that are remembered; one that was forgotten begins anew. */
const REMEMBERED = 50_000;

interface Bucket {
  tokens: number;
  at: number;
}

/** Buckets that fill evenly: a caller may spend all at once, and then goes on at the rate. */
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
    /** What is left in a caller's bucket. */
    look: (caller: string): RateLimitStatus => statusOf(fill(caller)),
    /** Takes some out of a caller's bucket, one request unless told. @returns whether there was enough, and what is left */
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
  /** How many proxies of one's own stand before the server. */
  readonly proxies: number;
  /** Whether a request is answered however many there are. */
  readonly isFree?: (request: Request) => boolean;
  /** Whether a request counts although it is no operation. */
  readonly countsToo?: (request: Request) => boolean;
  /** Whether everybody has to show who they are. */
  readonly mustShow?: boolean;
}

/** Those who try to show who they are, on ways that do not pass yoga. */
export interface Attempts {
  /** Why somebody may not try now: too many tries failed. Nothing where they may. */
  refusal(from: IncomingMessage): GraphQLError | undefined;
  /** Counts one that failed. */
  failed(from: IncomingMessage): void;
}

export interface RateLimiter {
  /** To stand before what tells who asks: who was refused too often is not even looked at. */
  readonly beforeAccess: Plugin;
  /** To stand behind it. */
  readonly afterAccess: Plugin;
  readonly attempts: Attempts;
}

/**
 * Holds each caller to a number of requests in a time, told as draft-ietf-httpapi-ratelimit-headers says. Over a WebSocket
 * each operation counts as a request. Who is refused is nobody yet, and counts by their address, apart from those there
 * who show nothing: guessing keys comes to an end, and spends nothing of what a neighbour may ask.
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

  /** Requests made in this process are those of one caller. */
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
        // Who asked for several at once tells how it stands after the last of them.
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
