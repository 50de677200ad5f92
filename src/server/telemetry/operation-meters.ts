import type { Meter } from '@opentelemetry/api';

/** What is measured of an operation or a statement, in metrics of OpenTelemetry. */
export interface OperationMeters {
  operation(milliseconds: number, attributes: { readonly type: string; readonly code: string }): void;
  error(code: string): void;
  statement(milliseconds: number, rows: number, attributes: { readonly outcome: string }): void;
  subscribed(change: 1 | -1): void;
}

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const inSeconds = { unit: 's', advice: { explicitBucketBoundaries: buckets } };

/** The metrics that a collector without Prometheus gets; `/metrics` has more of them. */
export function createOperationMeters(meter: Meter): OperationMeters {
  const operations = meter.createHistogram('silkgraph.operation.duration', {
    description: 'Time from the arrival of a request to its response, without subscriptions.',
    ...inSeconds,
  });
  const errors = meter.createCounter('silkgraph.errors', { description: 'Errors in responses, by code.' });
  const statements = meter.createHistogram('silkgraph.statement.duration', {
    description: 'Duration of statements in Neo4j.',
    ...inSeconds,
  });
  const rows = meter.createCounter('silkgraph.statement.rows', { description: 'Rows that statements returned.' });
  const subscriptions = meter.createUpDownCounter('silkgraph.subscriptions', { description: 'Active subscriptions.' });
  return {
    operation: (milliseconds, attributes) => operations.record(milliseconds / 1000, attributes),
    error: (code) => errors.add(1, { code }),
    statement(milliseconds, count, attributes) {
      statements.record(milliseconds / 1000, attributes);
      rows.add(count);
    },
    subscribed: (change) => subscriptions.add(change),
  };
}
