import { bytesOf } from '../../engine/budgets/memory-budget.ts';
import type { QuotaOptions } from './quotas.ts';

/** Limits for each caller, and for all callers together. */
export interface CallerLimits {
  /** Connections of one address. Behind trusted proxies, which share one address, only `all` counts. */
  readonly connections: QuotaOptions;
  readonly webSockets: QuotaOptions;
  /** Event streams for many operations, whether reserved or open. */
  readonly eventStreams: QuotaOptions;
  readonly subscriptions: QuotaOptions;
  /** Operations in flight. */
  readonly places: QuotaOptions;
  /** Expensive operations in flight, which have places of their own. */
  readonly expensive: QuotaOptions;
  /** Exports at the same time, because each reads very much. */
  readonly exports: QuotaOptions;
  /** Operations waiting for a place, and as many expensive ones. */
  readonly waiting: QuotaOptions;
  /** Bytes of incomplete large request bodies; WebSocket messages have the same limit again. */
  readonly unfinishedBytes: QuotaOptions;
  /** Bytes of unread responses. */
  readonly unsentBytes: QuotaOptions;
}

export interface CallerLimitOptions {
  /** Maximum number of connections of one caller. */
  readonly connections: number;
  /** Maximum number of operations in flight. */
  readonly concurrency: number;
  /** Maximum size of a request body, in bytes. */
  readonly bodyLimit: number;
  /** Maximum number of connections that the process can hold. @default as many as are wanted */
  readonly possible?: number | undefined;
}

/** Maximum number of connections of one caller: enough for a few hundred people behind one address. */
export const DEFAULT_CONNECTIONS = 500;

const MOST_CONNECTIONS = 5_000;

/** One caller leaves a part of everything to the others. */
const share = (part: number, all: number): QuotaOptions => ({ each: Math.ceil(all * part), all });

/** The limits for callers. All are per server process. */
export function callerLimits({
  connections: wanted,
  concurrency,
  bodyLimit,
  possible,
}: CallerLimitOptions): CallerLimits {
  const all = Math.min(Math.max(MOST_CONNECTIONS, wanted), possible ?? Number.POSITIVE_INFINITY);
  const connections = Math.min(wanted, all);
  return {
    connections: { each: connections, all },
    webSockets: { each: connections, all },
    eventStreams: { each: Math.ceil(connections / 5), all },
    subscriptions: { each: connections * 2, all: all * 2 },
    exports: share(0.5, 4),
    // Less than the half, because what runs beside the operations of others delays them.
    places: share(0.4, concurrency),
    expensive: share(0.5, Math.ceil(concurrency / 8)),
    waiting: share(0.8, concurrency * 2),
    unfinishedBytes: share(0.1, Math.min(100 * bodyLimit, Math.max(bytesOf('uploads') / 2, 10 * bodyLimit))),
    unsentBytes: share(0.5, bytesOf('responses')),
  };
}
