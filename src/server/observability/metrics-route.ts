import { may } from '../../engine/access/viewer.ts';
import { credentialsMissing } from '../access/access-refusal.ts';
import { viewerOf } from '../access/caller.ts';
import { json, type Route } from '../route.ts';
import type { Metrics } from './metrics.ts';
import type { MetricsAccess } from './metrics-access.ts';

/** The metrics for Prometheus. They contain names and numbers of operations and statements, but nothing of the graph. */
export function createMetricsRoute(metrics: Metrics, access: MetricsAccess): Route {
  return async (request) => {
    if (access === 'closed' && !may(viewerOf(request), 'reader')) {
      const { message, extensions } = credentialsMissing('Reading the metrics requires authentication.');
      return json(401, { message }, extensions.http?.headers);
    }
    return {
      headers: { 'content-type': metrics.contentType, 'cache-control': 'no-store' },
      body: await metrics.text(),
    };
  };
}
