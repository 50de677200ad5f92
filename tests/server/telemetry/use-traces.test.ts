import * as api from '@opentelemetry/api';
import { core, tracing } from '@opentelemetry/sdk-node';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { ReadOptions } from '../../../src/engine/graph/graph.ts';
import { forwardQuestion } from '../../../src/server/forwarded-question.ts';
import { stateOf } from '../../../src/server/request-state.ts';
import type { Telemetry } from '../../../src/server/telemetry/telemetry.ts';
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
  database: () => ({ uri: 'neo4j://db.example.org', database: 'graph' }),
  close: async () => {},
};

const SECRET = 'a secret value';

const { lines: _, operations, log } = listeningLog();
const { ask, request, server } = createTinyServer({
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
    const root = found.get('query');
    expect([...found.keys()].sort()).toEqual([
      'graphql.execute',
      'graphql.parse',
      'graphql.serialize',
      'graphql.validate',
      'labs',
      'query',
    ]);
    expect(root?.parentSpanContext?.spanId).toBe(PARENT);
    expect(root?.attributes).toMatchObject({
      'http.route': '/graphql',
      'http.response.status_code': 200,
      'graphql.operation.type': 'query',
      'graphql.operation.name': 'Greeting',
    });
    for (const [name, span] of found) {
      expect(span.spanContext().traceId).toBe(TRACE);
      if (name !== 'query') expect(span.parentSpanContext?.spanId, name).toBe(root?.spanContext().spanId);
    }
    expect(response.headers.get('traceresponse')).toBe(`00-${TRACE}-${root?.spanContext().spanId}-01`);
    expect(operations.at(-1)).toMatchObject({ traceId: TRACE, spanId: root?.spanContext().spanId });
  });

  it('names its statements, with rows and hits, and never a text or a value', async () => {
    await ask('query ($name: String) { hello(name: $name) }', { name: SECRET });
    const statement = spans().get('labs');
    expect(statement?.attributes).toMatchObject({
      'db.system.name': 'neo4j',
      'db.namespace': 'graph',
      'server.address': 'db.example.org',
      'server.port': 7687,
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

  it('has parts that lie within it', async () => {
    await ask('{ hello }');
    const time = ([seconds, nanoseconds]: api.HrTime) => BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds);
    const root = spans().get('query');
    if (!root) throw new Error('There is no span of the request.');
    for (const { name, startTime, endTime } of exporter.getFinishedSpans()) {
      // The statement of this test says that it took longer than there was time.
      if (name !== 'labs') expect(time(startTime), name).toBeGreaterThanOrEqual(time(root.startTime));
      expect(time(endTime), name).toBeGreaterThanOrEqual(time(startTime));
      expect(time(endTime), name).toBeLessThanOrEqual(time(root.endTime));
    }
  });

  it('is marked as an error if the server is at fault, with the code', async () => {
    await ask('{ fails }');
    const failed = spans().get('query');
    expect(failed?.attributes).toMatchObject({ 'error.type': 'INTERNAL_SERVER_ERROR' });
    expect(failed?.status.code).toBe(api.SpanStatusCode.ERROR);
    exporter.reset();
    await ask('{ refused }');
    const refused = spans().get('query');
    expect(refused?.attributes).toMatchObject({ 'error.type': 'INVALID_CURSOR' });
    expect(refused?.status.code).toBe(api.SpanStatusCode.UNSET);
  });

  it('is named after the type of its operation also if that is refused', async () => {
    const { response } = await ask('mutation Greet { greet }');
    expect(response.status).toBe(401);
    expect([...spans().keys()]).toContain('mutation');
  });

  it('has no name of an entity in the name of its span', async () => {
    await request('/explore/assets/some-secret.js');
    await request('/schema.graphql');
    expect([...spans().keys()]).toEqual(['GET /explore/assets/{name}', 'GET /schema.graphql']);
  });

  it('is none of those that load balancers and Prometheus send all the time', async () => {
    for (const path of ['/health', '/ready', '/metrics']) await request(path);
    expect([...spans().keys()]).toEqual([]);
  });

  it('is not named after a path, a method or an operation that callers make up', async () => {
    await request('/made-up');
    await request('/schema.graphql', { method: 'INVENTED' });
    const [unknown, odd] = exporter.getFinishedSpans();
    expect(unknown?.name).toBe('GET');
    expect(unknown?.attributes).not.toHaveProperty('http.route');
    expect(unknown?.attributes).toMatchObject({ 'url.path': '/made-up', 'http.response.status_code': 404 });
    expect(odd?.name).toMatch(/^HTTP/);
    expect(odd?.attributes).toMatchObject({
      'http.request.method': '_OTHER',
      'http.request.method_original': 'INVENTED',
    });
    exporter.reset();
    await ask('query MadeUp { hello }');
    expect(spans().get('query')?.attributes).toMatchObject({ 'graphql.operation.name': 'MadeUp' });
    expect([...spans().keys()].join()).not.toContain('MadeUp');
  });

  it('contains the questions that the server asks in its name', async () => {
    const outer = new Request('http://silkgraph/schema.graphql');
    await server.fetch(outer);
    const how = { body: { query: '{ hello }' }, graphqlPath: '/graphql', isTrusted: false };
    await forwardQuestion(outer, {}, { ...how, forward: async (asked) => server.fetch(asked) });
    const inner = spans().get('query');
    expect(inner?.parentSpanContext?.spanId).toBe(spans().get('GET /schema.graphql')?.spanContext().spanId);
    expect(inner?.kind).toBe(api.SpanKind.INTERNAL);
    expect(Object.keys(inner?.attributes ?? {}).filter((name) => /^(http|url)\./.test(name))).toEqual([]);
  });

  it('over a WebSocket has no method and no status', async () => {
    const headers = { 'content-type': 'application/json' };
    const asked = new Request('http://silkgraph/graphql', { method: 'POST', headers, body: '{"query":"{ hello }"}' });
    stateOf(asked).isOverSocket = true;
    await server.fetch(asked);
    const { attributes, kind } = spans().get('query') ?? {};
    expect(kind).toBe(api.SpanKind.SERVER);
    expect(attributes).toMatchObject({ 'network.protocol.name': 'websocket', 'url.path': '/graphql' });
    expect(Object.keys(attributes ?? {}).filter((name) => name.startsWith('http.'))).toEqual([]);
  });
});

describe('without telemetry', () => {
  it('no response has a trace', async () => {
    const { response } = await createTinyServer().ask('{ hello }');
    expect(response.headers.has('traceresponse')).toBe(false);
  });
});
