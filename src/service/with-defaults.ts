import { pino } from 'pino';
import { REQUEST_TIME, times } from '../engine/budgets/time-budget.ts';
import { limits } from '../graphql/limits.ts';
import { nobodyKnown } from '../server/access/access.ts';
import { withDocuments } from '../server/documents/use-persisted-documents.ts';
import { callerLimits, DEFAULT_CONNECTIONS } from '../server/limits/caller-limits.ts';
import { createMetrics } from '../server/observability/metrics.ts';
import { alwaysReady } from '../server/observability/readiness.ts';
import type { ServerOptions, Service } from './server-options.ts';

export type CompleteOptions = ReturnType<typeof withDefaults>;

/** Completes the options of a server: `whole` is what is served of the whole graph, `limits` those for callers. */
export const withDefaults = ({
  serviceFor,
  access = nobodyKnown,
  readiness = alwaysReady,
  timeout = REQUEST_TIME,
  clientTimeout = times.client.ms,
  concurrency = 25,
  callerConnections = DEFAULT_CONNECTIONS,
  possibleConnections,
  callerLimits: otherLimits = {},
  hosts = [],
  metrics = createMetrics(),
  metricsAccess = 'open',
  explaining = 'admin',
  slow = 1_000,
  bodyLimit = 1_000_000,
  introspection = true,
  corsOrigins = [],
  frameOrigins = [],
  costLimit = limits.cost,
  answerLimit = limits.answer,
  rateLimit,
  costRate,
  replicas,
  newStatements: newStatementLimits = {},
  trustedProxies = 0,
  trustedDocuments,
  auditLog,
  publicUrl,
  reportAddress,
  exporting = trustedDocuments ? 'closed' : 'open',
  telemetry,
  log = pino({ level: 'silent' }),
  ...whole
}: ServerOptions) => ({
  ...{ serviceFor, access, readiness, timeout, clientTimeout, concurrency, hosts, metrics, metricsAccess, explaining },
  ...{ bodyLimit, introspection, corsOrigins, frameOrigins, costLimit, answerLimit, rateLimit, costRate, replicas },
  ...{ newStatementLimits, trustedProxies, auditLog, publicUrl, reportAddress, exporting, telemetry },
  ...{ slow, log },
  whole: whole as Service,
  limits: {
    ...callerLimits({ connections: callerConnections, possible: possibleConnections, concurrency, bodyLimit }),
    ...otherLimits,
  },
  // The explorer sends documents of its own.
  trustedDocuments: trustedDocuments && withDocuments(trustedDocuments, whole.explorer?.documents ?? []),
});
