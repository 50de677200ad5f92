import * as api from '@opentelemetry/api';
import { core, tracing } from '@opentelemetry/sdk-node';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { ReadOptions } from '../../../src/graph/graph.ts';
import type { Telemetry } from '../../../src/telemetry/telemetry.ts';
import { createTinyServer, listeningLog } from '../tiny-server.ts';

const exporter = new tracing.InMemorySpanExporter();
const provider = new tracing.BasicTracerProvider({ spanProcessors: [new tracing.SimpleSpanProcessor(exporter)] });
api.propagation.setGlobalPropagator(new core.W3CTraceContextPropagator());
afterAll(() => api.propagation.disable());

const telemetry: Telemetry = {
  api,
  tracer: provider.getTracer('test'),
  meter: api.metrics.getMeter('test'),
  emit: () => {},
  reportTo: () => {},
  close: async () => {},
};

const SECRET = 'a secret value';

const { lines: _, operations, log } = listeningLog();
const { ask, request } = createTinyServer({
  telemetry,
  log,
  context: (read: ReadOptions) => {
    const statement = { name: 'labs', text: 'MATCH (lab) RETURN lab', parameters: { secret: SECRET } };
    const plan = { operatorType: 'All', arguments: {}, identifiers: [], children: [], dbHits: 7 };
    read.observe?.({ ...statement, milliseconds: 5, rows: 3, plan });
    return read;
  },
});

beforeEach(() => exporter.reset());

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';

const spans = () => new Map(exporter.getFinishedSpans().map((span) => [span.name, span]));

describe('a traced request', () => {
  it('has a span for each of its parts, below the span of the caller', async () => {
    const { response } = await ask(
      'query Greeting($name: String) { hello(name: $name) }',
      { name: SECRET },
      {
        traceparent: `00-${TRACE}-${PARENT}-01`,
      },
    );
    const found = spans();
    const root = found.get('query Greeting');
    expect([...found.keys()].sort()).toEqual([
      'graphql.execute',
      'graphql.parse',
      'graphql.serialize',
      'graphql.validate',
      'labs',
      'query Greeting',
    ]);
    expect(root?.parentSpanContext?.spanId).toBe(PARENT);
    expect(root?.attributes).toMatchObject({
      'http.route': '/graphql',
      'http.response.status_code': 200,
      'graphql.operation.type': 'query',
    });
    for (const [name, span] of found) {
      expect(span.spanContext().traceId).toBe(TRACE);
      if (name !== 'query Greeting') expect(span.parentSpanContext?.spanId, name).toBe(root?.spanContext().spanId);
    }
    expect(response.headers.get('traceresponse')).toBe(`00-${TRACE}-${root?.spanContext().spanId}-01`);
    expect(operations.at(-1)).toMatchObject({ traceId: TRACE });
  });

  it('names its statements, with rows and hits, and never a text or a value', async () => {
    await ask('query ($name: String) { hello(name: $name) }', { name: SECRET });
    const statement = spans().get('labs');
    expect(statement?.attributes).toMatchObject({
      'db.system.name': 'neo4j',
      'db.query.summary': 'labs',
      'db.response.returned_rows': 3,
      'silkgraph.db.hits': 7,
    });
    const written = JSON.stringify(
      exporter.getFinishedSpans().map(({ name, attributes, events }) => [name, attributes, events]),
    );
    expect(written).not.toContain(SECRET);
    expect(written).not.toMatch(/MATCH|hello/);
  });

  it('is marked if it fails, with the code of its error', async () => {
    await ask('{ fails }');
    expect(spans().get('query')?.attributes).toMatchObject({ 'error.type': 'INTERNAL_SERVER_ERROR' });
  });

  it('has no name of an entity in the name of its span', async () => {
    await request('/explore/assets/some-secret.js');
    await request('/health');
    expect([...spans().keys()]).toEqual(['GET /explore/assets/{name}', 'GET /health']);
  });
});

describe('without telemetry', () => {
  it('no response has a trace', async () => {
    const { response } = await createTinyServer().ask('{ hello }');
    expect(response.headers.has('traceresponse')).toBe(false);
  });
});
