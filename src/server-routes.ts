import { createSchemaText } from './http/documents/schema-text.ts';
import { createMetricsRoute } from './http/observability/metrics-route.ts';
import { createReadinessRoute } from './http/observability/use-readiness.ts';
import type { createExplorer } from './http/pages/explorer.ts';
import { createGraphiql } from './http/pages/graphiql.ts';
import { json } from './http/route.ts';
import type { Routes } from './http/use-routes.ts';
import type { ServerOptions } from './server-options.ts';

type RouteOptions = Pick<ServerOptions, 'schema' | 'examples'> &
  Required<Pick<ServerOptions, 'introspection' | 'readiness' | 'metrics' | 'metricsAccess'>> & {
    readonly explorer: ReturnType<typeof createExplorer> | undefined;
    /** Paths that plugins handle. */
    readonly elsewhere: readonly string[];
  };

/** What is served by its path alone. */
export function createRoutes(options: RouteOptions): Routes {
  const { schema, examples, introspection, readiness, metrics, metricsAccess, explorer, elsewhere } = options;
  const graphiql = createGraphiql(examples);
  return {
    graphql: '/graphql',
    page: graphiql.page,
    others: {
      ...(introspection ? { '/schema.graphql': createSchemaText(schema) } : {}),
      '/health': () => json(200, { alive: true }),
      '/ready': createReadinessRoute(readiness),
      ...(metricsAccess === 'off' ? {} : { '/metrics': createMetricsRoute(metrics, metricsAccess) }),
      ...(explorer ? { '/explore': explorer.page, '/explore/notice.txt': explorer.notice } : {}),
    },
    folders: { ...(explorer ? { '/explore/assets/': explorer.asset } : {}), '/graphql/assets/': graphiql.asset },
    elsewhere,
  };
}
