import { LRUCache } from 'lru-cache';
import { createCache, textBytes } from '../../engine/budgets/budgeted-cache.ts';
import { smallBounds } from '../../engine/budgets/memory-budget.ts';
import { getOrInsert } from '../../ontology/get-or-insert.ts';
import type { RateLimitStatus } from '../request-state.ts';

/** Maximum number of requests of one caller, or of points of cost, within a number of seconds. */
export interface RateLimit {
  readonly requests: number;
  readonly seconds: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** Whether there were enough, and what is left. */
export type Taken = RateLimitStatus & { readonly taken: boolean };

/** Token buckets that refill continuously: a caller may use a full bucket at once, and then continues at the rate. */
export function createBuckets({ requests, seconds }: RateLimit, now: () => number = () => performance.now() / 1000) {
  // A caller that is forgotten starts with a full bucket.
  const buckets = createCache<Bucket>('callers', { sizeOf: (_, caller) => textBytes(caller) });
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
    take(caller: string, amount = 1): Taken {
      const bucket = fill(caller);
      const taken = bucket.tokens >= amount;
      if (taken) bucket.tokens -= amount;
      buckets.set(caller, bucket);
      return { taken, ...statusOf(bucket, amount) };
    },
  };
}

/** Takes from what a caller has left on all servers together; `undefined` while that is not known. */
export type TakeShared = (caller: string, limit: RateLimit, amount: number) => Promise<Taken | undefined>;

/** Counts callers of all servers together, if these share a store that responds, and those of this server otherwise. */
export function createRates(shared: TakeShared | undefined) {
  const known = new LRUCache<string, ReturnType<typeof createBuckets>>({ max: smallBounds.rateLimits.most });
  const bucketsOf = (limit: RateLimit) => {
    const key = `${limit.requests}/${limit.seconds}`;
    return getOrInsert(known, key, () => createBuckets(limit));
  };
  const takeHere = (caller: string, limit: RateLimit, amount: number): Taken => bucketsOf(limit).take(caller, amount);
  return {
    take: (caller: string, limit: RateLimit, amount = 1): Taken | Promise<Taken> =>
      shared
        ? shared(caller, limit, amount).then((taken) => taken ?? takeHere(caller, limit, amount))
        : takeHere(caller, limit, amount),
  };
}
