import { createYoga } from 'graphql-yoga';
import { pino } from 'pino';
import { anonymous } from './access/viewer.ts';
import { callerOf, useCallerAddress, viewerOf } from './http/access/caller.ts';
import { isPublic } from './http/access/is-public.ts';
import { createRateLimiter } from './http/access/rate-limiter.ts';
import { type Access, useAccess } from './http/access/use-access.ts';
import { useCors } from './http/access/use-cors.ts';
import { useSecurityHeaders } from './http/access/use-security-headers.ts';
import { useAnswerCache } from './http/answers/use-answer-cache.ts';
import { createSignedBookmarks } from './http/bookmarks/signed-bookmarks.ts';
import { bookmarksOf, useBookmarks } from './http/bookmarks/use-bookmarks.ts';
import { useCitations } from './http/citations/use-citations.ts';
import { type Listening, listen } from './http/connections/listen.ts';
import { createUnsentBytes } from './http/connections/unsent-bytes.ts';
import { useUnsentBytes } from './http/connections/use-unsent-bytes.ts';
import { createJsonBodies } from './http/documents/json-bodies.ts';
import { useAddressParameters } from './http/documents/use-address-parameters.ts';
import { useIntrospectionAnswers } from './http/documents/use-introspection-answers.ts';
import { useJsonBody } from './http/documents/use-json-body.ts';
import { operationNamesOf, usePersistedDocuments, withDocuments } from './http/documents/use-persisted-documents.ts';
import { exportPath, useExport } from './http/exports/use-export.ts';
import { createAdmission } from './http/limits/admission.ts';
import { callerLimits, DEFAULT_CONNECTIONS } from './http/limits/caller-limits.ts';
import { createNewStatements } from './http/limits/new-statements.ts';
import { createShares } from './http/limits/shares.ts';
import { useAnswerSize } from './http/limits/use-answer-size.ts';
import { asksForCost, createTally, useCost } from './http/limits/use-cost.ts';
import { useCutPages } from './http/limits/use-cut-pages.ts';
import { timeLeftOf, useDeadline } from './http/limits/use-deadline.ts';
import { useExpensiveOperations } from './http/limits/use-expensive-operations.ts';
import { createDocumentCache, useLimits } from './http/limits/use-limits.ts';
import { startSlowly, useOverload } from './http/limits/use-overload.ts';
import { isLinkedData, linkedDataPaths, useLinkedData } from './http/linked-data/use-linked-data.ts';
import { createLiveUpdates } from './http/live/live-updates.ts';
import { useLiveQuestions } from './http/live/use-live-questions.ts';
import { mcpPath, useMcp } from './http/mcp/use-mcp.ts';
import { createAudit } from './http/observability/audit.ts';
import { createMetrics } from './http/observability/metrics.ts';
import { createOperationLog } from './http/observability/operation-log.ts';
import { recordOf } from './http/observability/record-of.ts';
import { createRefusalLog } from './http/observability/refusal-log.ts';
import { createSlowStatements } from './http/observability/slow-statements.ts';
import { asksForExplanation, mayExplain, useExplain } from './http/observability/use-explain.ts';
import { useOperationRecords } from './http/observability/use-operation-records.ts';
import { type Readiness, useReadiness } from './http/observability/use-readiness.ts';
import { createExplorer } from './http/pages/explorer.ts';
import { isReconciliation, reconciliationPath, useReconciliation } from './http/reconciliation/use-reconciliation.ts';
import { type Carrier, stateOf } from './http/request-state.ts';
import { useRevisions } from './http/revisions/use-revisions.ts';
import { pathOf } from './http/route.ts';
import { createTraces } from './http/telemetry/use-traces.ts';
import { useCompression } from './http/use-compression.ts';
import { useEntityTags } from './http/use-entity-tags.ts';
import { useErrorCodes } from './http/use-error-codes.ts';
import { useRequestId } from './http/use-request-id.ts';
import { useRoutes } from './http/use-routes.ts';
import { ownDocuments } from './own-documents.ts';
import { AnswerSize } from './schema/answer-size.ts';
import type { Context } from './schema/context.ts';
import { limits } from './schema/limits.ts';
import { createPlanCache } from './schema/plan-cache.ts';
import type { RequestOptions, ServerOptions } from './server-options.ts';
import { createRoutes } from './server-routes.ts';

export type { RequestOptions, ServerOptions } from './server-options.ts';

/** The service: a fetch handler, which can also listen on a port. */
export interface Server {
  /** Handles a request without a connection. A URL with options costs less than the platform's `Request`. */
  fetch(request: Request): Promise<Response>;
  fetch(address: string, init?: RequestInit): Promise<Response>;
  listen(port: number, host: string): Promise<Listening>;
}

/**
 * Whether a request counts towards the rate limit even though it is not an operation: reserving a stream, an export, linked
 * data, a message of an agent, or a reconciliation.
 */
const countsToo = (request: Request) => {
  const path = pathOf(request.url);
  return (
    request.method === 'PUT' ||
    path === exportPath ||
    path === mcpPath ||
    isReconciliation(path) ||
    isLinkedData(request)
  );
};

const nobodyKnown: Access = { authenticator: { authenticate: async () => anonymous }, reading: 'open' };

const alwaysReady: Readiness = { waitingFor: () => undefined, check: async () => undefined };

/** Creates a server for a schema. */
export function createServer({
  schema,
  examples,
  explorer: shown,
  context,
  access = nobodyKnown,
  readiness = alwaysReady,
  timeout = 10_000,
  clientTimeout = 30_000,
  concurrency = 25,
  callerConnections = DEFAULT_CONNECTIONS,
  callerLimits: otherLimits = {},
  hosts = [],
  metrics = createMetrics(),
  metricsAccess = 'open',
  explaining = 'admin',
  slow = 1_000,
  bodyLimit = 1_000_000,
  introspection = true,
  corsOrigins = [],
  costLimit = limits.cost,
  answerLimit = limits.answer,
  rateLimit,
  costRate,
  replicas,
  newStatements: planning = {},
  trustedProxies = 0,
  trustedDocuments: documents,
  auditLog,
  answers,
  publicUrl,
  exporting = documents ? 'closed' : 'open',
  mcp,
  reconciliation,
  telemetry,
  log = pino({ level: 'silent' }),
}: ServerOptions): Server {
  const explorerDocuments = shown?.documents ?? [];
  const trustedDocuments = documents && withDocuments(documents, explorerDocuments);
  const known = trustedDocuments ?? withDocuments(new Map(), [...explorerDocuments, ...ownDocuments(examples)]);
  metrics.knowOperations(operationNamesOf(known));
  const explorer = shown && createExplorer(shown);
  const routes = createRoutes({
    ...{ schema, examples, introspection, readiness, metrics, metricsAccess },
    explorer,
    elsewhere: [
      exportPath,
      ...linkedDataPaths,
      ...(mcp ? [mcpPath] : []),
      ...(reconciliation ? [reconciliationPath] : []),
    ],
  });
  const isFree = (request: Request) => isPublic(request, metricsAccess !== 'closed');
  const limiter = createRateLimiter({
    limit: rateLimit,
    costLimit: costRate,
    shared: replicas?.take,
    proxies: trustedProxies,
    isFree,
    countsToo,
    mustShow: access.reading === 'closed',
  });
  const refusals = createRefusalLog(log, trustedProxies);
  const audit = auditLog && createAudit(auditLog);
  const bounds = {
    ...callerLimits({ connections: callerConnections, concurrency, bodyLimit }),
    ...otherLimits,
  };
  const unsent = createUnsentBytes({ ...bounds.unsentBytes, timeout: clientTimeout });
  const connections = createShares(bounds.connections);
  const live = createLiveUpdates({
    path: routes.graphql,
    access,
    attempts: limiter.attempts,
    refusals: refusals.sockets,
    corsOrigins,
    messageLimit: bodyLimit,
    answerLimit,
    messageTimeout: clientTimeout,
    limits: bounds,
    unsent,
    proxies: trustedProxies,
    log,
  });
  const bodies = createJsonBodies(bodyLimit, createShares(bounds.unfinishedBytes));
  const admission = createAdmission(bounds);
  metrics.watchQueue(admission.load);
  const traces = telemetry && createTraces(telemetry);
  const plans = createPlanCache();
  metrics.watchPlans(plans);
  const contextFor = (options: RequestOptions) => context({ plans, ...options }) as Partial<Context>;
  const graphFor = (options: RequestOptions) => contextFor(options).graph;
  const bookmarks = createSignedBookmarks({ graphFor, places: Math.ceil(concurrency / 2) });
  const slowStatements = createSlowStatements(() => graphFor({}), log);
  const newStatements = createNewStatements(planning);
  const stored =
    answers && useAnswerCache({ ...answers, timeout, trustedDocuments, isOpen: access.reading === 'open' });
  if (stored) metrics.watchAnswers(stored.counts);
  const liveQuestions = useLiveQuestions({
    revisions: () => answers?.revisions(),
    context: ({ viewer, caller, signal, bookmarks }) => {
      const end = performance.now() + timeout;
      return context({
        ...{ viewer, signal, timeout, plans },
        ...(bookmarks ? { bookmarks } : {}),
        timeLeft: () => end - performance.now(),
        admit: (text, until) => newStatements.admit(text, caller, until),
        answerSize: new AnswerSize(answerLimit),
      });
    },
  });

  const optionsFor = (request: Request): RequestOptions => {
    const record = recordOf(request);
    const { observe, metadata } = record;
    return {
      // The reads after a change are exempt: to refuse them would look as if nothing had changed.
      admit: (text: string, signal?: AbortSignal) =>
        record.type === 'mutation' ? undefined : newStatements.admit(text, callerOf(request), signal),
      signal: request.signal,
      timeout,
      timeLeft: timeLeftOf(request, timeout),
      viewer: viewerOf(request),
      bookmarks: bookmarksOf(request),
      observe: traces?.observing(request, observe) ?? observe,
      metadata,
      plans: traces?.plansOf(request, plans) ?? plans,
      leavePlace: () => stateOf(request).leavePlace?.(),
    };
  };

  const forward = async (request: Request, carrier: Carrier): Promise<Response> => yoga.fetch(request, carrier);

  const yoga = createYoga({
    schema,
    context: ({ request, params }) => {
      const explain = asksForExplanation(request, params?.extensions);
      const answerSize = new AnswerSize(answerLimit);
      stateOf(request).answerSize = answerSize;
      const options = { ...optionsFor(request), answerSize };
      if (!explain && !asksForCost(request, params?.extensions)) return context(options);
      const tally = createTally();
      const profile = explain && mayExplain(viewerOf(request), explaining);
      return { ...context({ ...options, profile, report: tally.report }), tally, explain };
    },
    plugins: [
      useRequestId(),
      ...(traces ? [traces.plugin] : []),
      useCallerAddress(trustedProxies),
      refusals.plugin,
      limiter.beforeAccess,
      ...(audit ? [audit.plugin] : []),
      useAddressParameters(),
      useAccess({
        ...access,
        isPublic: isFree,
        waitingFor: readiness.waitingFor,
        log,
      }),
      useSecurityHeaders(),
      useCors(corsOrigins),
      limiter.afterAccess,
      useUnsentBytes(unsent, isFree),
      useExport({
        schema,
        graphFor: (request) => {
          const { signal } = request;
          return graphFor({ signal, timeout, viewer: viewerOf(request), bookmarks: bookmarksOf(request) });
        },
        forward,
        graphqlPath: routes.graphql,
        publicUrl,
        trustedDocuments,
        exporting,
        bookmarks,
        waitingFor: readiness.waitingFor,
        bodies,
        clientTimeout,
        log,
        exported: audit?.exported,
      }),
      useLinkedData({
        schema,
        readsFor: (request) => {
          const { graph, states } = contextFor(optionsFor(request));
          return graph && states ? { graph, states } : undefined;
        },
        publicUrl,
        bookmarks,
        queue: admission.queue,
        waitingFor: readiness.waitingFor,
        files: explorer?.files,
        isOpen: access.reading === 'open',
        log,
      }),
      ...(reconciliation
        ? [useReconciliation({ service: reconciliation, forward, graphqlPath: routes.graphql, publicUrl, bodies, log })]
        : []),
      ...(mcp ? [useMcp({ features: mcp, forward, graphqlPath: routes.graphql, bodies, corsOrigins, log })] : []),
      useRoutes(routes, log),
      useReadiness(readiness),
      // Bodies are read before the admission queue: a slow upload occupies no place, and has to be read in any case.
      useJsonBody(bodies),
      useDeadline(),
      // A request that waits for the state of its bookmark occupies no place.
      useBookmarks(bookmarks),
      // A stored answer needs no place either.
      ...(stored ? [stored.lookup] : []),
      useOverload(admission.queue),
      ...usePersistedDocuments(trustedDocuments),
      useLimits({ introspection }),
      // Before the plugin for explanations, which repeats the cost.
      useCost(costLimit, limiter.chargeCost),
      useExpensiveOperations(admission.expensiveQueue),
      useIntrospectionAnswers(),
      useExplain(explaining),
      useCitations(),
      useRevisions({
        known: () => answers?.revisions(),
        endpointOf: ({ url }) => `${publicUrl ?? new URL(url).origin}${routes.graphql}`,
        isOpen: trustedDocuments === undefined,
      }),
      useCutPages(),
      useErrorCodes(log),
      useAnswerSize(answerLimit),
      useOperationRecords([
        metrics,
        createOperationLog({ log, slow, slowStatements }),
        startSlowly(admission.queue),
        ...(audit ? [audit.observer] : []),
        ...(traces ? [traces.observer] : []),
      ]),
      ...(stored ? [stored.recording] : []),
      useEntityTags(),
      useCompression(),
      ...(stored ? [stored.headers] : []),
      liveQuestions.plugin,
      ...live.plugins,
    ],
    parserAndValidationCache: createDocumentCache(),
    // The plugins above replace each of these.
    graphiql: false,
    landingPage: false,
    maskedErrors: false,
    maxRequestBodySize: false,
    multipart: false,
    // Yoga treats every URL that ends in this as a health check; none contains a space.
    healthCheckEndpoint: ' ',
    // CORS has a plugin of its own.
    cors: false,
    logging: false,
  });
  return {
    fetch: async (asked: Request | string, init: RequestInit = {}) =>
      typeof asked === 'string' ? yoga.fetch(asked, init) : yoga.fetch(asked),
    listen: (port, host) =>
      listen(yoga, port, host, {
        requestTimeout: clientTimeout,
        hosts,
        connections,
        areCallers: trustedProxies === 0,
        unsent,
        live: live.connections(yoga.fetch),
      }),
  };
}
