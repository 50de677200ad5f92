import type { IncomingMessage } from 'node:http';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Attempts } from '../access/rate-limiter.ts';
import type { Access } from '../access/use-access.ts';
import type { LiveConnections } from '../connections/listen.ts';
import type { UnsentBytes } from '../connections/unsent-bytes.ts';
import type { CallerLimits } from '../limits/caller-limits.ts';
import { createShares } from '../limits/shares.ts';
import type { SocketRefusals } from '../observability/refusal-log.ts';
import type { Readiness } from '../observability/use-readiness.ts';
import { createEventStreams } from './event-streams.ts';
import { createLiveOperations } from './live-operations.ts';
import { createLiveSockets } from './live-sockets.ts';
import { useEventIds, useResultDelivery } from './use-result-delivery.ts';

export interface LiveUpdateOptions {
  /** The path that GraphQL is served at. */
  readonly path: string;
  readonly access: Access;
  /** Counts failed attempts to authenticate; absent if their number is unlimited. */
  readonly attempts?: Attempts | undefined;
  readonly refusals: SocketRefusals;
  /** Origins whose pages may connect. */
  readonly corsOrigins: readonly string[];
  /** Maximum size of a message over a WebSocket, in bytes. */
  readonly messageLimit: number;
  /** Maximum size of a response, in bytes. */
  readonly answerLimit: number;
  /** Timeout for receiving such a message, in milliseconds. */
  readonly messageTimeout: number;
  readonly limits: CallerLimits;
  readonly unsent: UnsentBytes;
  /** Number of trusted proxies in front of the server. */
  readonly proxies: number;
  /** Ends further connections that outlast a response, together with those of live updates. */
  readonly endOthers: () => Promise<void>;
  /** Why no operation is served at the moment, as a sentence; `undefined` once they are. */
  readonly waitingFor: Readiness['waitingFor'];
  readonly log: Logger;
}

/** The transports for live updates: server-sent events, in both modes of graphql-sse, and graphql-ws. */
export interface LiveUpdates {
  readonly plugins: readonly Plugin[];
  /** The connections that a listening server hands over, and has to end. */
  connections(answer: (request: Request, carrier: { readonly req: IncomingMessage }) => unknown): LiveConnections;
}

/** Adds live updates to a server. */
export function createLiveUpdates({
  path,
  access,
  attempts,
  refusals,
  corsOrigins,
  messageLimit,
  answerLimit,
  messageTimeout,
  limits,
  unsent,
  proxies,
  endOthers,
  waitingFor,
  log,
}: LiveUpdateOptions): LiveUpdates {
  const operations = createLiveOperations(access.authenticator, createShares(limits.subscriptions));
  const streams = createEventStreams({
    path,
    answerLimit,
    shares: createShares(limits.eventStreams),
    unsent,
  });
  return {
    plugins: [streams.plugin, operations.plugin, useResultDelivery(), useEventIds()],
    connections(answer) {
      const sockets = createLiveSockets({
        path,
        answer: async (request, carrier) => (await answer(request, carrier)) as Response,
        authenticator: access.authenticator,
        attempts,
        refusals,
        origins: corsOrigins,
        messageLimit,
        answerLimit,
        messageTimeout,
        limits,
        proxies,
        unsent,
        waitingFor,
        log,
      });
      return {
        upgrade: sockets.upgrade,
        cut: sockets.cut,
        async end(grace) {
          await operations.end();
          await Promise.all([streams.end(grace), sockets.end(grace), endOthers()]);
        },
      };
    },
  };
}
