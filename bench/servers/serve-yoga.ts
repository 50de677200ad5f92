import { createYoga, type YogaServerOptions } from 'graphql-yoga';

type Options = YogaServerOptions<object, object>;

/** Yoga with nothing switched on that Silkgraph's server has switched off. */
export const serveYoga = (options: Pick<Options, 'schema' | 'context' | 'graphqlEndpoint'>) =>
  createYoga<object, object>({
    ...options,
    graphiql: false,
    landingPage: false,
    maskedErrors: false,
    maxRequestBodySize: false,
    multipart: false,
    healthCheckEndpoint: ' ',
    cors: false,
    logging: false,
  });
