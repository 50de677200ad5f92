import type { IncomingMessage } from 'node:http';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { LiveConnections } from './listen.ts';
import { createLiveSockets } from './live-sockets.ts';
import { createResultDelivery } from './result-delivery.ts';
import type { Access } from './use-access.ts';
import { createEventStreams } from './use-event-streams.ts';
import { createLiveOperations } from './use-live-operations.ts';
import type { Attempts } from './use-rate-limit.ts';

export interface LiveUpdateOptions {
  /** The path that GraphQL is served at. */
  readonly path: string;
  readonly access: Access;
  /** How many may fail to show who they are; any number where absent. */
  readonly attempts?: Attempts | undefined;
  /** Sites whose pages may connect. */
  readonly corsOrigins: readonly string[];
  /** The largest message over a WebSocket, in bytes. */
  readonly messageLimit: number;
  /** The largest answer, in bytes. */
  readonly answerLimit: number;
  /** How long such a message may take to come in, in milliseconds. */
  readonly patience: number;
  readonly log: Logger;
}

/** All ways in which updates reach clients: server-sent events, in both modes of graphql-sse, and graphql-ws. */
export interface LiveUpdates {
  readonly plugins: readonly Plugin[];
  /** What a port that is listened at hands over and has to end. */
  connections(answer: (request: Request, carrier: { readonly req: IncomingMessage }) => unknown): LiveConnections;
}

/** Makes live updates possible on a server; one request per response needs none of it. */
export function createLiveUpdates({
  path,
  access,
  attempts,
  corsOrigins,
  messageLimit,
  answerLimit,
  patience,
  log,
}: LiveUpdateOptions): LiveUpdates {
  const delivery = createResultDelivery();
  const operations = createLiveOperations(access.authenticator);
  const streams = createEventStreams(path, answerLimit, delivery);
  return {
    plugins: [streams.plugin, operations.plugin, delivery.plugin],
    connections(answer) {
      const sockets = createLiveSockets({
        path,
        answer: async (request, carrier) => (await answer(request, carrier)) as Response,
        deliver: delivery.deliver,
        authenticator: access.authenticator,
        attempts,
        origins: corsOrigins,
        messageLimit,
        answerLimit,
        patience,
        log,
      });
      return {
        upgrade: sockets.upgrade,
        cut: sockets.cut,
        async end(grace) {
          await operations.end();
          await Promise.all([streams.end(grace), sockets.end(grace)]);
        },
      };
    },
  };
}
