import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { testAddress } from '../../setup/database.ts';
import { expectShown } from '../../setup/expect-shown.ts';
import { readPage } from '../../setup/pages.ts';
import { serverProcess } from '../../setup/server-process.ts';
import { startCollector } from './collector.ts';
import { plainRequest, throughProtobuf } from './otlp-request.ts';
import { traceTree, withoutTimes } from './trace-tree.ts';

/** The query whose trace the page shows. */
const NESTED = readPage('docs/telemetry.md').blocks.find(({ info }) => info === 'traced')?.text ?? '';

const ask = async (graphql: string, query: string, headers: Record<string, string> = {}) => {
  const response = await fetch(graphql, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return { response, body: await response.json() };
};

const settingsFor = (endpoint: string) => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  OTEL_BSP_SCHEDULE_DELAY: '100',
  OTEL_BLRP_SCHEDULE_DELAY: '100',
  OTEL_METRIC_EXPORT_INTERVAL: '1000',
  OTEL_METRIC_EXPORT_TIMEOUT: '900',
  LOG_LEVEL: 'info',
});

describe('a server with OTEL_EXPORTER_OTLP_ENDPOINT', () => {
  it('sends the trace of a nested query, its metrics and its log to the collector', async () => {
    const collector = await startCollector();
    const server = await serverProcess(await testAddress(), settingsFor(collector.endpoint));
    try {
      await server.start();
      // Not the first request of all, for which the server is compiled.
      await ask(server.graphql, '{ areas(first: 1) { nodes { labs(first: 1) { nodes { name } } } } }');
      const traceId = '0af7651916cd43dd8448eb211c80319c';
      const { body } = await ask(server.graphql, NESTED, { traceparent: `00-${traceId}-b7ad6b7169203331-01` });
      expect(body).not.toHaveProperty('errors');
      const ofTrace = () => collector.spans().filter((span) => span.traceId === traceId);
      await expect.poll(() => ofTrace().map(({ name }) => name), { timeout: 20_000 }).toContain('query');
      const names = ofTrace().map(({ name }) => name);
      for (const name of [
        'graphql.parse',
        'graphql.validate',
        'graphql.execute',
        'silkgraph.plan',
        'graphql.serialize',
      ]) {
        expect(names).toContain(name);
      }
      await expectShown('docs/telemetry.md', 'the trace', traceTree(ofTrace()), withoutTimes);

      const execution = ofTrace().find(({ name }) => name === 'graphql.execute');
      const statements = ofTrace().filter(({ attributes }) => attributes.some(({ key }) => key === 'db.system.name'));
      expect(statements.length).toBeGreaterThan(0);
      for (const { parentSpanId } of statements) expect(parentSpanId).toBe(execution?.spanId);
      // The file that Jaeger, Grafana Tempo and others open.
      const folder = mkdtempSync(join(tmpdir(), 'silkgraph-trace-'));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      const file = join(folder, 'trace.json');
      writeFileSync(file, JSON.stringify(collector.traceOf(traceId)));
      const request = JSON.parse(readFileSync(file, 'utf8'));
      expect(request.resourceSpans).not.toEqual([]);
      expect(plainRequest(throughProtobuf(request))).toEqual(plainRequest(request));
      const faulty = { resourceSpans: request.resourceSpans.map((spans: object) => ({ ...spans, scopeSpan: [{}] })) };
      expect(plainRequest(throughProtobuf(faulty))).not.toEqual(plainRequest(faulty));
      await expect.poll(() => collector.metrics(), { timeout: 20_000 }).toContain('silkgraph.operation.duration');
      await expect
        .poll(() => collector.logs(), { timeout: 20_000 })
        .toContainEqual(expect.stringMatching(/operation$/));
      const root = ofTrace().find(({ name }) => name === 'query');
      await expect
        .poll(() => collector.spansOfLogs(), { timeout: 20_000 })
        .toContainEqual({ traceId, spanId: root?.spanId });
    } finally {
      await server.close();
      collector.close();
    }
  }, 120_000);

  it('is no slower while the collector hangs', async () => {
    const collector = await startCollector({ hangs: true });
    const server = await serverProcess(await testAddress(), settingsFor(collector.endpoint));
    try {
      await server.start();
      await expect.poll(() => collector.texts.length, { timeout: 20_000 }).toBeGreaterThan(0);
      for (let count = 0; count < 20; count += 1) {
        const { response } = await ask(server.graphql, '{ __typename }');
        expect(response.status).toBe(200);
      }
      const begun = performance.now();
      await Promise.all(Array.from({ length: 200 }, () => ask(server.graphql, '{ __typename }')));
      // Each would take the ten seconds of the exporter's timeout if anything waited for it.
      expect(performance.now() - begun).toBeLessThan(8_000);
    } finally {
      await server.close();
      collector.close();
    }
  }, 120_000);

  it('names in its log the variables that OpenTelemetry does not understand, and afterwards what cannot be sent', async () => {
    // The log reports one failure to send in a minute. Without metrics, it is that of the spans.
    const wrong = { OTEL_LOGS_EXPORTER: 'pigeon', OTEL_TRACES_SAMPLER: 'sometimes', OTEL_METRICS_EXPORTER: 'none' };
    const server = await serverProcess(await testAddress(), { ...settingsFor('http://127.0.0.1:9'), ...wrong });
    try {
      await server.start();
      await ask(server.graphql, '{ areas(first: 1) { totalCount } }');
      const faults = () => server.said().match(/"reason":".*","msg":"OpenTelemetry reports a fault\."/g) ?? [];
      for (const reason of ['pigeon', 'sometimes', '127.0.0.1:9']) {
        await expect.poll(faults, { timeout: 30_000 }).toContainEqual(expect.stringContaining(reason));
      }
    } finally {
      await server.close();
    }
  }, 120_000);
});
