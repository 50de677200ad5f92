import type { ShareOptions } from './shares.ts';

/** What each caller, and all callers together, may hold of this server at the same time. */
export interface CallerLimits {
  /** Connections of one address. Behind proxies of one's own, which share one address, only `all` counts. */
  readonly connections: ShareOptions;
  readonly webSockets: ShareOptions;
  /** Event streams for many operations, whether reserved or open. */
  readonly eventStreams: ShareOptions;
  readonly subscriptions: ShareOptions;
  /** Operations at work. */
  readonly places: ShareOptions;
  /** Operations that wait for a place. */
  readonly waiting: ShareOptions;
  /** Bytes of large request bodies that are not complete; WebSocket messages have as much again. */
  readonly unfinishedBytes: ShareOptions;
  /** Bytes of responses that clients have not taken. */
  readonly unsentBytes: ShareOptions;
}

export interface CallerLimitOptions {
  /** Maximum number of connections of one caller. */
  readonly connections: number;
  /** Maximum number of operations at work. */
  readonly concurrency: number;
  /** Maximum size of a request body, in bytes. */
  readonly bodyLimit: number;
}

/** Connections of one caller: those of a few hundred people behind one address. */
export const DEFAULT_CONNECTIONS = 500;

const MOST_CONNECTIONS = 5_000;
const MEGABYTE = 1_000_000;

/** Of everything, one caller alone leaves some to the others. */
const share = (all: number): ShareOptions => ({ each: Math.ceil(all * 0.8), all });

/** The limits for callers, in one place. All are per server process. */
export function callerLimits({ connections, concurrency, bodyLimit }: CallerLimitOptions): CallerLimits {
  const all = Math.max(MOST_CONNECTIONS, connections);
  return {
    connections: { each: connections, all },
    webSockets: { each: connections, all },
    eventStreams: { each: Math.ceil(connections / 5), all },
    subscriptions: { each: connections * 2, all: all * 2 },
    places: share(concurrency),
    waiting: share(concurrency * 2),
    unfinishedBytes: { each: 10 * bodyLimit, all: 100 * bodyLimit },
    unsentBytes: { each: 32 * MEGABYTE, all: 64 * MEGABYTE },
  };
}
