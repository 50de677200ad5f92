import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import type { RateLimiterRedis } from 'rate-limiter-flexible';
import { smallBounds } from '../../engine/budgets/memory-budget.ts';
import { times } from '../../engine/budgets/time-budget.ts';

/** What a caller has left of a rate limit that several servers share. */
export interface SharedRate {
  readonly taken: boolean;
  readonly left: number;
  /** Seconds until there is one more, and until there are all. */
  readonly next: number;
  readonly full: number;
}

/** What the servers of one graph share, in a Redis or Valkey. */
export interface Replicas {
  /**
   * Takes points out of what a caller has left on all servers together.
   * @returns `undefined` while the store is away, so that the server counts separately
   */
  take(
    caller: string,
    limit: { readonly requests: number; readonly seconds: number },
    amount?: number,
  ): Promise<SharedRate | undefined>;
  /** Tells the other servers that the graph was changed. */
  announce(): void;
  close(): Promise<void>;
}

export interface ReplicaOptions {
  /** Address of the store, `redis://` or `rediss://`. */
  readonly address: string;
  /** Tells the servers of one graph from those of others. */
  readonly graph: string;
  /** Is called when another server has changed the graph. */
  readonly onChange: () => void;
  /** Is called when the store stops to respond, with the error, and when it responds again, without. */
  readonly report?: (error?: unknown) => void;
}

const inSeconds = (milliseconds: number) => Math.max(1, Math.ceil(milliseconds / 1000));

/** Connects to the store. It need not be there yet: until it is, each server counts separately. */
export async function connectReplicas({
  address,
  graph,
  onChange,
  report = () => {},
}: ReplicaOptions): Promise<Replicas> {
  // Loaded here only, so that a server without replicas takes no time for it.
  const [{ Redis }, limiters] = await Promise.all([import('ioredis'), import('rate-limiter-flexible')]);
  const prefix = `silkgraph:${graph}`;
  const channel = `${prefix}:changes`;
  let isAway = false;
  let awayUntil = Number.NEGATIVE_INFINITY;

  const failed = (error: unknown) => {
    if (!isAway) report(error);
    isAway = true;
    awayUntil = performance.now() + times.storePause.ms;
  };
  const responded = () => {
    if (isAway) report();
    isAway = false;
  };

  const options = {
    // A request never waits for a store that is away.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: times.store.ms,
    connectTimeout: times.storeConnection.ms,
    retryStrategy: (times: number) => Math.min(100 * times, 2_000),
  };
  const store: Redis = new Redis(address, options);
  // A connection that listens can send nothing else.
  const listener: Redis = new Redis(address, { ...options, commandTimeout: 2_000, enableOfflineQueue: true });
  for (const connection of [store, listener]) connection.on('error', failed);
  const self = randomUUID();
  listener.on('message', (_: string, sender: string) => sender !== self && onChange());
  // What was announced while the connection was away is looked for when it is back, or there at last.
  listener.on('ready', () => {
    listener.subscribe(channel).catch(failed);
    onChange();
  });

  // Otherwise the first requests would be counted separately.
  await new Promise<void>((resolve) => {
    store.once('ready', resolve).once('error', () => resolve());
    setTimeout(resolve, times.storeConnection.ms).unref();
  });

  const known = new LRUCache<string, RateLimiterRedis>({ max: smallBounds.rateLimits.most });
  function limiterOf({ requests, seconds }: { readonly requests: number; readonly seconds: number }): RateLimiterRedis {
    const key = `${requests}/${seconds}`;
    const limiter =
      known.get(key) ??
      new limiters.RateLimiterRedis({
        storeClient: store,
        keyPrefix: `${prefix}:rate:${key}`,
        points: requests,
        duration: seconds,
      });
    known.set(key, limiter);
    return limiter;
  }

  return {
    async take(caller, limit, amount = 1) {
      if (performance.now() < awayUntil) return undefined;
      const rate = (
        taken: boolean,
        { remainingPoints, msBeforeNext }: { remainingPoints: number; msBeforeNext: number },
      ) => ({
        taken,
        left: Math.max(0, remainingPoints),
        next: inSeconds(msBeforeNext),
        full: inSeconds(msBeforeNext),
      });
      try {
        const result = await limiterOf(limit).consume(caller, amount);
        responded();
        return rate(true, result);
      } catch (error) {
        if (error instanceof limiters.RateLimiterRes) {
          responded();
          return rate(false, error);
        }
        failed(error);
        return undefined;
      }
    },
    announce() {
      store.publish(channel, self).then(responded, failed);
    },
    async close() {
      store.disconnect();
      listener.disconnect();
    },
  };
}
