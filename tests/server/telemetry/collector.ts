import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number | string };
}

export interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
}

interface ResourceSpans {
  readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
}

/** A collector that takes what is sent as JSON, or never answers. */
export async function startCollector({ hangs = false } = {}) {
  const texts: { readonly path: string; readonly text: string }[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
    texts.push({ path: request.url ?? '', text });
    if (!hangs) response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = (path: string) => texts.filter((sent) => sent.path === path).map(({ text }) => JSON.parse(text));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    texts,
    /** The spans of one trace as a request to export them. */
    traceOf: (traceId: string): { readonly resourceSpans: readonly ResourceSpans[] } => ({
      resourceSpans: at('/v1/traces').flatMap(({ resourceSpans }: { resourceSpans: ResourceSpans[] }) =>
        resourceSpans.flatMap(({ scopeSpans, ...resource }) => {
          const scopes = scopeSpans
            .map(({ spans, ...scope }) => ({ ...scope, spans: spans.filter((span) => span.traceId === traceId) }))
            .filter(({ spans }) => spans.length > 0);
          return scopes.length > 0 ? [{ ...resource, scopeSpans: scopes }] : [];
        }),
      ),
    }),
    spans: (): readonly SentSpan[] =>
      at('/v1/traces').flatMap(({ resourceSpans }: { resourceSpans: ResourceSpans[] }) =>
        resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
      ),
    metrics: (): readonly string[] =>
      at('/v1/metrics').flatMap(({ resourceMetrics }) =>
        resourceMetrics.flatMap(({ scopeMetrics }: { scopeMetrics: { metrics: { name: string }[] }[] }) =>
          scopeMetrics.flatMap(({ metrics }) => metrics.map(({ name }) => name)),
        ),
      ),
    logs: (): readonly string[] =>
      at('/v1/logs').flatMap(({ resourceLogs }) =>
        resourceLogs.flatMap(({ scopeLogs }: { scopeLogs: { logRecords: { body: { stringValue: string } }[] }[] }) =>
          scopeLogs.flatMap(({ logRecords }) => logRecords.map(({ body }) => body.stringValue)),
        ),
      ),
    /** The span that each line of the log names. */
    spansOfLogs: (): readonly { readonly traceId: string; readonly spanId: string }[] =>
      at('/v1/logs').flatMap(({ resourceLogs }) =>
        resourceLogs.flatMap(({ scopeLogs }: { scopeLogs: { logRecords: { traceId: string; spanId: string }[] }[] }) =>
          scopeLogs.flatMap(({ logRecords }) => logRecords.map(({ traceId, spanId }) => ({ traceId, spanId }))),
        ),
      ),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
