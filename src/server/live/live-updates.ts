import type { IncomingMessage } from 'node:http';
import type { Access } from '../access/access.ts';
import type { LiveConnections } from '../connections/listen.ts';
import type { UnsentBytes } from '../connections/unsent-bytes.ts';
import { useUnbufferedStreams } from '../connections/use-unbuffered-streams.ts';
import type { CallerLimits } from '../limits/caller-limits.ts';
import { createQuotas } from '../limits/quotas.ts';
import type { RequestPlugin } from '../phases.ts';
import { createEventStreams } from './event-streams/event-streams.ts';
import { createLiveOperations } from './live-operations.ts';
import { createLiveSockets, type LiveSocketOptions } from './live-sockets.ts';
import { useEventIds, useResultDelivery } from './use-result-delivery.ts';

/** Those of WebSockets, and what the other transports need. */
export interface LiveUpdateOptions extends Omit<LiveSocketOptions, 'answer' | 'authenticator'> {
  readonly access: Access;
  readonly limits: CallerLimits;
  readonly unsent: UnsentBytes;
  /** Ends further connections that outlast a response, together with those of live updates. */
  readonly endOthers: () => Promise<void>;
}

/** The transports for live updates: server-sent events, in both modes of graphql-sse, and graphql-ws. */
export interface LiveUpdates {
  readonly plugins: readonly RequestPlugin[];
  /** The connections that a listening server hands over, and has to end. */
  connections(answer: (request: Request, carrier: { readonly req: IncomingMessage }) => unknown): LiveConnections;
}

/** Adds live updates to a server. */
export function createLiveUpdates({ access, endOthers, ...shared }: LiveUpdateOptions): LiveUpdates {
  const { path, answerLimit, limits, unsent } = shared;
  const { authenticator } = access;
  const operations = createLiveOperations(authenticator, createQuotas(limits.subscriptions));
  const streams = createEventStreams({ path, answerLimit, quotas: createQuotas(limits.eventStreams), unsent });
  return {
    plugins: [streams.plugin, operations.plugin, useResultDelivery(), useEventIds(), useUnbufferedStreams()],
    connections(answer) {
      const sockets = createLiveSockets({
        ...shared,
        authenticator,
        answer: async (request, carrier) => (await answer(request, carrier)) as Response,
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
