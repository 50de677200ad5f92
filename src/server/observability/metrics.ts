import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { usedMemory } from '../../engine/budgets/budgeted-cache.ts';
import { smallBounds } from '../../engine/budgets/memory-budget.ts';
import type { RanStatement } from '../../engine/graph/graph.ts';
import type { PlanCache } from '../../graphql/plan-cache.ts';
import type { OperationRecord } from '../operation-record.ts';
import { createBoundedNames } from './bounded-names.ts';
import type { OperationObserver } from './operation-observer.ts';

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

/** Milliseconds between two measurements of the event loop: one each 10 ms, as usual, would keep an idle processor awake. */
const EVENT_LOOP_INTERVAL = 100;

/** @param process whether to include metrics of the process: memory, event loop and the like */
export function createMetrics({ process = false }: { readonly process?: boolean } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (process) collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: EVENT_LOOP_INTERVAL });

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
  new Gauge({
    ...{
      name: 'silkgraph_memory_used_bytes',
      help: 'Bytes that the process keeps, by line of its budget; an estimate.',
    },
    labelNames: ['line'],
    registers,
    collect() {
      for (const { name, used } of usedMemory()) this.set({ line: name }, used);
    },
  });
  new Gauge({
    ...{ name: 'silkgraph_memory_allowed_bytes', help: 'Bytes that the process may keep, by line of its budget.' },
    labelNames: ['line'],
    registers,
    collect() {
      for (const { name, allowed } of usedMemory()) this.set({ line: name }, allowed);
    },
  });
  const subscriptions = new Gauge({ name: 'silkgraph_subscriptions', help: 'Active subscriptions.', registers });

  /** A gauge of what is known elsewhere, which is read whenever metrics are. */
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      ...{ name, help, registers },
      collect() {
        this.set(value());
      },
    });

  /** A counter of the results of a cache. */
  const lookups = (name: string, help: string, counts: () => Readonly<Record<string, number>>) =>
    new Counter({
      ...{ name, help, registers, labelNames: ['result'] },
      collect() {
        this.reset();
        for (const [result, count] of Object.entries(counts())) this.inc({ result }, count);
      },
    });

  let operationNames: ReadonlySet<string> = new Set();
  const nameOperation = (name: string) => (name === '' || operationNames.has(name) ? name : 'other');
  const nameStatement = createBoundedNames(smallBounds.statementNames.most);

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
      gauge(
        'silkgraph_places_open',
        'Maximum number of operations in flight: all places, or fewer after the database was unavailable.',
        () => load().open,
      );
      gauge('silkgraph_operations_in_flight', 'Operations in flight.', () => load().atWork);
      gauge('silkgraph_operations_waiting', 'Operations waiting for a place.', () => load().waiting);
    },
    watchPlans(plans) {
      lookups(
        'silkgraph_plan_cache_lookups_total',
        'Number of selection plans found in the cache, or compiled.',
        () => ({ hit: plans.hits, miss: plans.misses }),
      );
    },
    watchAnswers(counts) {
      lookups(
        'silkgraph_answer_cache_lookups_total',
        'Number of questions answered from the cache (hit), executed (miss), or executed because the cache could not be used (bypass).',
        () => ({ hit: counts.hits, miss: counts.misses, bypass: counts.bypasses }),
      );
      new Counter({
        name: 'silkgraph_answer_cache_evictions_total',
        help: 'Number of answers evicted because the cache was full.',
        registers,
        collect() {
          this.reset();
          this.inc(counts.evictions);
        },
      });
      gauge('silkgraph_answer_cache_bytes', 'Size of all stored answers in bytes.', () => counts.bytes);
      gauge('silkgraph_answer_cache_answers', 'Number of stored answers.', () => counts.answers);
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
      gauge(
        'silkgraph_import_pending',
        '1 while an import is incomplete, as the last check found it, at most 15 seconds ago.',
        () => (isPending() ? 1 : 0),
      );
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
