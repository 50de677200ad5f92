import { createMcpMessages } from '../doors/mcp/http/answer-message.ts';
import { timeOf } from '../engine/budgets/time-budget.ts';
import { isPublic } from '../server/access/is-public.ts';
import { createRateLimiter } from '../server/access/rate-limiter.ts';
import { createSignedBookmarks } from '../server/bookmarks/signed-bookmarks.ts';
import { createUnsentBytes } from '../server/connections/unsent-bytes.ts';
import { createJsonBodies } from '../server/documents/json-bodies.ts';
import { operationNamesOf, withDocuments } from '../server/documents/use-persisted-documents.ts';
import { createAdmission } from '../server/limits/admission.ts';
import { createNewStatements } from '../server/limits/new-statements.ts';
import { createQuotas } from '../server/limits/quotas.ts';
import { createLiveUpdates } from '../server/live/live-updates.ts';
import { createAudit } from '../server/observability/audit.ts';
import { createRefusalLog } from '../server/observability/refusal-log.ts';
import { createSlowStatements } from '../server/observability/slow-statements.ts';
import { createTraces } from '../server/telemetry/use-traces.ts';
import { ownDocuments } from './own-documents.ts';
import { countsToo } from './server-routes.ts';
import type { Services } from './services.ts';
import type { CompleteOptions } from './with-defaults.ts';

export type Parts = ReturnType<typeof createParts>;

/** What all requests share: limits, queues, logs, live connections. */
export function createParts(options: CompleteOptions, { routesOf, graphFor }: Services) {
  const { whole, access, readiness, clientTimeout, concurrency, metrics, log } = options;
  const { bodyLimit, answerLimit, trustedProxies: proxies, trustedDocuments, publicUrl, corsOrigins, limits } = options;
  const { examples, explorer } = whole;
  const known =
    trustedDocuments ?? withDocuments(new Map(), [...(explorer?.documents ?? []), ...ownDocuments(examples)]);
  metrics.knowOperations(operationNamesOf(known));
  // A proxy may pass on another `Host` than the one that pages of the server were opened with.
  const pageOrigins = publicUrl === undefined ? corsOrigins : [...corsOrigins, new URL(publicUrl).origin];
  const isFree = (request: Request) => isPublic(request, options.metricsAccess !== 'closed');
  const limiter = createRateLimiter({
    limit: options.rateLimit,
    costLimit: options.costRate,
    shared: options.replicas?.take,
    mustShow: access.reading === 'closed',
    ...{ proxies, isFree, countsToo },
  });
  const refusals = createRefusalLog(log, proxies);
  const unsent = createUnsentBytes({ ...limits.unsentBytes, timeout: clientTimeout });
  const messages = createMcpMessages();
  const live = createLiveUpdates({
    path: routesOf(whole).graphql,
    attempts: limiter.attempts,
    refusals: refusals.sockets,
    origins: pageOrigins,
    messageLimit: bodyLimit,
    messageTimeout: clientTimeout,
    endOthers: messages.end,
    waitingFor: readiness.waitingFor,
    ...{ access, answerLimit, limits, unsent, proxies, log },
  });
  const newStatements = createNewStatements(options.newStatementLimits);
  const admission = createAdmission(limits, options.timeout);
  metrics.watchQueue(admission.load);
  return {
    ...{ pageOrigins, isFree, limiter, refusals, unsent, messages, live, newStatements, admission },
    connections: createQuotas(limits.connections),
    exportPlaces: createQuotas(limits.exports),
    bodies: createJsonBodies(bodyLimit, createQuotas(limits.unfinishedBytes, 'uploads')),
    bookmarks: createSignedBookmarks({
      ...{ graphFor, places: Math.ceil(concurrency / 2), timeout: timeOf('bookmarks', options.timeout) / 2 },
    }),
    slowStatements: createSlowStatements(() => graphFor({}), log),
    audit: options.auditLog && createAudit(options.auditLog),
    traces: options.telemetry && createTraces(options.telemetry),
  };
}
