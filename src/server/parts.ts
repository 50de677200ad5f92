import { timeOf } from '../budgets/time-budget.ts';
import { isPublic } from '../http/access/is-public.ts';
import { createRateLimiter } from '../http/access/rate-limiter.ts';
import { createSignedBookmarks } from '../http/bookmarks/signed-bookmarks.ts';
import { createUnsentBytes } from '../http/connections/unsent-bytes.ts';
import { createJsonBodies } from '../http/documents/json-bodies.ts';
import { operationNamesOf, withDocuments } from '../http/documents/use-persisted-documents.ts';
import { createAdmission } from '../http/limits/admission.ts';
import { createNewStatements } from '../http/limits/new-statements.ts';
import { createShares } from '../http/limits/shares.ts';
import { createLiveUpdates } from '../http/live/live-updates.ts';
import { createAudit } from '../http/observability/audit.ts';
import { createRefusalLog } from '../http/observability/refusal-log.ts';
import { createSlowStatements } from '../http/observability/slow-statements.ts';
import { createTraces } from '../http/telemetry/use-traces.ts';
import { createMcpSessions } from '../mcp/sessions/mcp-sessions.ts';
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
  const places = createShares(options.mcpSessions ? limits.mcpSessions : { each: 0, all: 0 });
  const sessions = createMcpSessions({ places });
  const live = createLiveUpdates({
    path: routesOf(whole).graphql,
    attempts: limiter.attempts,
    refusals: refusals.sockets,
    origins: pageOrigins,
    messageLimit: bodyLimit,
    messageTimeout: clientTimeout,
    endOthers: sessions.end,
    waitingFor: readiness.waitingFor,
    ...{ access, answerLimit, limits, unsent, proxies, log },
  });
  const newStatements = createNewStatements(options.newStatementLimits);
  const admission = createAdmission(limits, options.timeout);
  metrics.watchQueue(admission.load);
  return {
    ...{ pageOrigins, isFree, limiter, refusals, unsent, sessions, live, newStatements, admission },
    connections: createShares(limits.connections),
    exportPlaces: createShares(limits.exports),
    bodies: createJsonBodies(bodyLimit, createShares(limits.unfinishedBytes, 'uploads')),
    bookmarks: createSignedBookmarks({
      ...{ graphFor, places: Math.ceil(concurrency / 2), timeout: timeOf('bookmarks', options.timeout) / 2 },
    }),
    slowStatements: createSlowStatements(() => graphFor({}), log),
    audit: options.auditLog && createAudit(options.auditLog),
    traces: options.telemetry && createTraces(options.telemetry),
  };
}
