import { expect, it } from 'vitest';
import { createMetrics } from '../../../src/server/observability/metrics.ts';
import { serveMetrics } from '../../../src/server/observability/serve-metrics.ts';

it('metrics have a port of their own, where nothing else is, and which is free again at the end', async () => {
  const metrics = createMetrics();
  const served = await serveMetrics(metrics, 0, '127.0.0.1');
  const at = `http://127.0.0.1:${served.port}`;
  const response = await fetch(`${at}/metrics`);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, metrics.contentType]);
  expect(await response.text()).toContain('silkgraph_');
  expect((await fetch(`${at}/graphql?query={__typename}`)).status).toBe(404);
  expect((await fetch(`${at}/metrics`, { method: 'POST' })).status).toBe(405);
  await expect(serveMetrics(metrics, served.port, '127.0.0.1')).rejects.toThrow('EADDRINUSE');
  await served.close();
  const again = await serveMetrics(metrics, served.port, '127.0.0.1');
  await again.close();
});

it('metrics that cannot be read are answered with 500', async () => {
  const text = () => Promise.reject(new Error('A gauge failed.'));
  const served = await serveMetrics({ ...createMetrics(), text }, 0, '127.0.0.1');
  expect((await fetch(`http://127.0.0.1:${served.port}/metrics`)).status).toBe(500);
  await served.close();
});
