import { createServer } from 'node:http';
import { times } from '../../engine/budgets/time-budget.ts';
import type { Metrics } from './metrics.ts';

/** A server of nothing but metrics. */
export interface MetricsServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Maximum number of connections: Prometheus needs one, and two servers of it two. */
const MOST_CONNECTIONS = 20;

/**
 * Serves `/metrics` at a port of its own, without keys: a network says more simply who reaches a port than a key that every
 * Prometheus would have to be given. Port 0 takes any free one.
 * @throws the error of Node.js if the port cannot be had
 */
export async function serveMetrics(metrics: Metrics, port: number, host: string): Promise<MetricsServer> {
  const server = createServer(
    { requestTimeout: times.metricsClient.ms, headersTimeout: times.metricsClient.ms },
    async ({ method, url }, response) => {
      if (url?.split('?')[0] !== '/metrics') return void response.writeHead(404).end('Only /metrics is here.\n');
      if (method !== 'GET' && method !== 'HEAD') return void response.writeHead(405, { allow: 'GET, HEAD' }).end();
      const text = await metrics.text().catch(() => undefined);
      if (text === undefined) return void response.writeHead(500).end('The metrics cannot be read.\n');
      response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' });
      response.end(method === 'HEAD' ? undefined : text);
    },
  );
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
