import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { RanStatement } from '../../graph/graph.ts';
import type { PlanCache } from '../../schema/plan-cache.ts';
import type { OperationRecord } from '../operation-record.ts';
import { createBoundedNames } from './bounded-names.ts';
import type { OperationObserver } from './use-operation-records.ts';

/** Number of connections of a driver. */
export interface Connections {
  readonly inUse: number;
  readonly idle: number;
}

/** Current numbers of an admission queue. */
export interface QueueLoad {
  readonly open: number;
  readonly atWork: number;
  readonly waiting: number;
}

/** Numbers of the answer cache. */
export interface AnswerCounts {
  readonly hits: number;
  readonly misses: number;
  readonly bypasses: number;
  /** Size of all stored answers. */
  readonly bytes: number;
  readonly answers: number;
  readonly evictions: number;
}

/** The metrics of a server. */
export interface Metrics extends Required<OperationObserver> {
  /** A statement has ended. */
  statement(ran: RanStatement): void;
  /** Sets the names of operations that are counted separately. Callers choose other names freely, so these count as one. */
  knowOperations(names: ReadonlySet<string>): void;
  watchQueue(load: () => QueueLoad): void;
  watchPlans(plans: Pick<PlanCache, 'hits' | 'misses'>): void;
  watchAnswers(counts: AnswerCounts): void;
  watchConnections(connections: () => Connections | undefined): void;
  /** @param isPending whether an import is incomplete */
  watchImport(isPending: () => boolean): void;
  /** All metrics in the format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** Maximum number of statement names that are counted separately. */
const MOST_STATEMENTS = 200;

const durations = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * The name under which a statement is counted. The name of a statement for several fields is made of all of theirs, and that
 * of a relation for many parents of both kinds.
 */
export function statementGroup(name: string): string {
  if (name.includes('+')) return 'several';
  const dot = name.indexOf('.');
  return dot === -1 ? name : `relation-${name.slice(0, dot)}`;
}

/** @param process whether to include metrics of the process: memory, event loop and the like */
export function createMetrics({ process = false }: { readonly process?: boolean } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (process) collectDefaultMetrics({ register: registry });

  const operations = new Counter({
    name: 'silkgraph_operations_total',
    help: 'Completed GraphQL operations, by name, type and OK or the code of their first error.',
    labelNames: ['operation', 'type', 'code'],
    registers,
  });
  const operationSeconds = new Histogram({
    name: 'silkgraph_operation_duration_seconds',
    help: 'Time from the arrival of a request to its response, without subscriptions.',
    labelNames: ['operation', 'type'],
    buckets: durations,
    registers,
  });
  const errors = new Counter({
    name: 'silkgraph_errors_total',
    help: 'Errors in responses, by code: LIMIT_EXCEEDED, RATE_LIMITED, OVERLOADED, TIMEOUT and the others.',
    labelNames: ['code'],
    registers,
  });
  const responses = new Counter({
    name: 'silkgraph_http_responses_total',
    help: 'HTTP responses, by status. 202 stands for results over a WebSocket or an event stream.',
    labelNames: ['status'],
    registers,
  });
  const statements = new Histogram({
    name: 'silkgraph_statement_duration_seconds',
    help: 'Duration of statements in Neo4j, by name and outcome.',
    labelNames: ['statement', 'outcome'],
    buckets: durations,
    registers,
  });
  const rows = new Counter({
    name: 'silkgraph_statement_rows_total',
    help: 'Rows that statements returned.',
    labelNames: ['statement'],
    registers,
  });
  const subscriptions = new Gauge({ name: 'silkgraph_subscriptions', help: 'Active subscriptions.', registers });

  let operationNames: ReadonlySet<string> = new Set();
  const nameOperation = (name: string) => (name === '' || operationNames.has(name) ? name : 'other');
  const nameStatement = createBoundedNames(MOST_STATEMENTS);

  return {
    ended({ name, type, outcome, codes, milliseconds }: OperationRecord) {
      const labels = { operation: type === undefined ? '' : nameOperation(name), type: type ?? '' };
      operations.inc({ ...labels, code: outcome });
      if (type !== undefined && type !== 'subscription') operationSeconds.observe(labels, milliseconds / 1000);
      for (const code of codes) errors.inc({ code });
    },
    subscribed: (change) => subscriptions.inc(change),
    statement({ name, milliseconds, rows: count, error }) {
      const statement = nameStatement(statementGroup(name));
      statements.observe({ statement, outcome: error?.fault ?? 'OK' }, milliseconds / 1000);
      rows.inc({ statement }, count);
    },
    responded: (status) => responses.inc({ status }),
    knowOperations(names) {
      operationNames = names;
    },
    watchQueue(load) {
      new Gauge({
        name: 'silkgraph_places_open',
        help: 'Maximum number of operations in flight: all places, or fewer after the database was unavailable.',
        registers,
        collect() {
          this.set(load().open);
        },
      });
      new Gauge({
        name: 'silkgraph_operations_in_flight',
        help: 'Operations in flight.',
        registers,
        collect() {
          this.set(load().atWork);
        },
      });
      new Gauge({
        name: 'silkgraph_operations_waiting',
        help: 'Operations waiting for a place.',
        registers,
        collect() {
          this.set(load().waiting);
        },
      });
    },
    watchPlans(plans) {
      new Counter({
        name: 'silkgraph_plan_cache_lookups_total',
        help: 'Number of selection plans found in the cache, or compiled.',
        labelNames: ['result'],
        registers,
        collect() {
          this.reset();
          this.inc({ result: 'hit' }, plans.hits);
          this.inc({ result: 'miss' }, plans.misses);
        },
      });
    },
    watchAnswers(counts) {
      new Counter({
        name: 'silkgraph_answer_cache_lookups_total',
        help: 'Number of questions answered from the cache (hit), executed (miss), or executed because the cache could not be used (bypass).',
        labelNames: ['result'],
        registers,
        collect() {
          this.reset();
          this.inc({ result: 'hit' }, counts.hits);
          this.inc({ result: 'miss' }, counts.misses);
          this.inc({ result: 'bypass' }, counts.bypasses);
        },
      });
      new Counter({
        name: 'silkgraph_answer_cache_evictions_total',
        help: 'Number of answers evicted because the cache was full.',
        registers,
        collect() {
          this.reset();
          this.inc(counts.evictions);
        },
      });
      new Gauge({
        name: 'silkgraph_answer_cache_bytes',
        help: 'Size of all stored answers in bytes.',
        registers,
        collect() {
          this.set(counts.bytes);
        },
      });
      new Gauge({
        name: 'silkgraph_answer_cache_answers',
        help: 'Number of stored answers.',
        registers,
        collect() {
          this.set(counts.answers);
        },
      });
    },
    watchConnections(connections) {
      new Gauge({
        name: 'silkgraph_database_connections',
        help: 'Connections to Neo4j.',
        labelNames: ['state'],
        registers,
        collect() {
          const { inUse, idle } = connections() ?? { inUse: 0, idle: 0 };
          this.set({ state: 'in_use' }, inUse);
          this.set({ state: 'idle' }, idle);
        },
      });
    },
    watchImport(isPending) {
      new Gauge({
        name: 'silkgraph_import_pending',
        help: '1 while an import is incomplete, as the last check found it, at most 15 seconds ago.',
        registers,
        collect() {
          this.set(isPending() ? 1 : 0);
        },
      });
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
