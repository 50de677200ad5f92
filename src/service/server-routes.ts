import { exportPath } from '../doors/exports/use-export.ts';
import { sendLostPage } from '../doors/linked-data/http/lost-page.ts';
import { isLinkedData, linkedDataPaths } from '../doors/linked-data/http/use-linked-data.ts';
import { mcpPath } from '../doors/mcp/http/use-mcp.ts';
import { isReconciliation, reconciliationPath } from '../doors/reconciliation/use-reconciliation.ts';
import type { createExplorer } from '../pages/serving/explorer.ts';
import { createGraphiql } from '../pages/serving/graphiql.ts';
import { createSchemaText } from '../server/documents/schema-text.ts';
import { createMetricsRoute } from '../server/observability/metrics-route.ts';
import { createReadinessRoute } from '../server/observability/use-readiness.ts';
import { json, pathOf } from '../server/route.ts';
import type { Routes } from '../server/use-routes.ts';
import type { ServerOptions, Service } from './server-options.ts';

type RouteOptions = Required<Pick<ServerOptions, 'introspection' | 'readiness' | 'metrics' | 'metricsAccess'>> &
  Pick<ServerOptions, 'publicUrl'>;

/**
 * Whether a request counts towards the rate limit even though it is not an operation: reserving a stream, an export, linked
 * data, a message of an agent, or a reconciliation.
 */
export const countsToo = (request: Request) => {
  const path = pathOf(request.url);
  return (
    request.method === 'PUT' ||
    path === exportPath ||
    path === mcpPath ||
    isReconciliation(path) ||
    isLinkedData(request)
  );
};

/** What is served by its path alone. */
export function createRoutes(
  { schema, examples, explorer: shown, mcp, reconciliation }: Service,
  explorer: ReturnType<typeof createExplorer> | undefined,
  { introspection, readiness, metrics, metricsAccess, publicUrl }: RouteOptions,
): Routes {
  const graphiql = createGraphiql(examples, shown);
  return {
    graphql: '/graphql',
    page: graphiql.page,
    home: explorer ? 'explore' : 'graphql',
    others: {
      ...(introspection ? { '/schema.graphql': createSchemaText(schema) } : {}),
      '/health': () => json(200, { alive: true }),
      '/ready': createReadinessRoute(readiness),
      ...(metricsAccess === 'off' ? {} : { '/metrics': createMetricsRoute(metrics, metricsAccess) }),
      ...(explorer ? { '/explore': explorer.page, '/explore/notice.txt': explorer.notice } : {}),
    },
    folders: { ...(explorer ? { '/explore/assets/': explorer.asset } : {}), '/graphql/assets/': graphiql.asset },
    // Paths that plugins handle.
    elsewhere: [
      ...[exportPath, ...linkedDataPaths],
      ...(mcp ? [mcpPath] : []),
      ...(reconciliation ? [reconciliationPath] : []),
    ],
    lost: sendLostPage(publicUrl, explorer?.files),
  };
}
