import type { GraphQLSchema } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { type Logger, pino } from 'pino';
import type { ReadOptions } from './graph/graph.ts';
import { graphiql } from './http/graphiql.ts';
import { type Listening, listen } from './http/listen.ts';
import { createReadinessRoute, type Readiness, useReadiness } from './http/readiness.ts';
import { json } from './http/route.ts';
import { createSchemaText } from './http/schema-text.ts';
import { useAddressParameters } from './http/use-address-parameters.ts';
import { useCitations } from './http/use-citations.ts';
import { useErrorCodes } from './http/use-error-codes.ts';
import { useJsonBody } from './http/use-json-body.ts';
import { useRequestId } from './http/use-request-id.ts';
import { useRoutes } from './http/use-routes.ts';

export interface ServerOptions {
  readonly schema: GraphQLSchema;
  /** Makes what resolvers find in their context, once per request. Reads follow the signal and the time limit. */
  readonly context: (options: ReadOptions) => object;
  /** Ready at once where absent. */
  readonly readiness?: Readiness;
  /** How long the database may work on one statement, in milliseconds. */
  readonly timeout?: number;
  /** The largest body, in bytes. */
  readonly bodyLimit?: number;
  readonly log?: Logger;
}

/** The service: one fetch handler, and the way it is reached from outside. */
export interface Server {
  fetch(request: Request): Promise<Response>;
  listen(port: number, host: string): Promise<Listening>;
}

const alwaysReady: Readiness = { waitingFor: () => undefined, check: async () => undefined };

/** Puts a schema on HTTP. */
export function createServer({
  schema,
  context,
  readiness = alwaysReady,
  timeout = 10_000,
  bodyLimit = 1_000_000,
  log = pino({ level: 'silent' }),
}: ServerOptions): Server {
  const routes = {
    graphql: '/graphql',
    page: graphiql,
    others: {
      '/schema.graphql': createSchemaText(schema),
      '/health': () => json(200, { alive: true }),
      '/ready': createReadinessRoute(readiness),
    },
  };
  const yoga = createYoga({
    schema,
    context: ({ request }) => context({ signal: request.signal, timeout }),
    plugins: [
      useRequestId(),
      useRoutes(routes, log),
      useReadiness(readiness),
      useJsonBody(bodyLimit),
      useAddressParameters(),
      useCitations(),
      useErrorCodes(log),
    ],
    // Each of these is done by a plugin above.
    graphiql: false,
    landingPage: false,
    maskedErrors: false,
    maxRequestBodySize: false,
    multipart: false,
    // Yoga would take every address that ends in this for a health check; none holds a space.
    healthCheckEndpoint: ' ',
    // A page of another site may not read what this one answers.
    cors: false,
    logging: false,
  });
  return {
    fetch: async (request) => yoga.fetch(request),
    listen: (port, host) => listen(yoga, port, host),
  };
}
