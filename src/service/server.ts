import { createYoga } from 'graphql-yoga';
import { type Listening, listen } from '../server/connections/listen.ts';
import type { Forward } from '../server/forwarded-question.ts';
import { createDocumentCache } from '../server/limits/use-limits.ts';
import type { Carrier } from '../server/request-state.ts';
import { createParts } from './parts.ts';
import { createPlugins } from './plugins.ts';
import { createRequestContexts } from './request-contexts.ts';
import type { ServerOptions } from './server-options.ts';
import { createServices } from './services.ts';
import { withDefaults } from './with-defaults.ts';

export type { RequestOptions, ServerOptions } from './server-options.ts';

/** The service: a fetch handler, which can also listen on a port. */
export interface Server {
  /** Handles a request without a connection. A URL with options costs less than the platform's `Request`. */
  fetch(request: Request): Promise<Response>;
  fetch(address: string, init?: RequestInit): Promise<Response>;
  listen(port: number, host?: string): Promise<Listening>;
}

/** Creates a server for a schema. */
export function createServer(given: ServerOptions): Server {
  const options = withDefaults(given);
  const services = createServices(options);
  const parts = createParts(options, services);
  const forward: Forward = async (request, carrier) => yoga.fetch(request, carrier);
  const contexts = createRequestContexts(options, services, parts, forward);
  const { whole, serviceFor, hosts, corsOrigins, clientTimeout: requestTimeout, trustedProxies } = options;
  const { connections, unsent, live } = parts;

  const yoga = createYoga<Carrier>({
    schema: serviceFor ? ({ request }) => services.serviceOf(request).schema : whole.schema,
    context: ({ request, params, ...carrier }) => contexts.contextFor(request, params?.extensions, carrier),
    plugins: createPlugins({
      ...{ ...options, ...services, ...parts, ...contexts },
      forward,
    }),
    parserAndValidationCache: createDocumentCache(),
    // The plugins replace each of these.
    ...{ graphiql: false, landingPage: false, maskedErrors: false, maxRequestBodySize: false, multipart: false },
    // Yoga treats every URL that ends in this as a health check; none contains a space.
    healthCheckEndpoint: ' ',
    // CORS has a plugin of its own.
    cors: false,
    logging: false,
  });

  return {
    fetch: async (asked: Request | string, init: RequestInit = {}) =>
      typeof asked === 'string' ? yoga.fetch(asked, init) : yoga.fetch(asked),
    listen: (port, host = '127.0.0.1') =>
      listen(yoga, port, host, {
        ...{ requestTimeout, hosts, corsOrigins, connections, unsent },
        areCallers: trustedProxies === 0,
        live: live.connections(yoga.fetch),
      }),
  };
}
