import { createYoga } from 'graphql-yoga';
import { pino } from 'pino';
import { callerOf, useCallerAddress, viewerOf } from './http/access/caller.ts';
import { isPublic } from './http/access/is-public.ts';
import { createRateLimiter } from './http/access/rate-limiter.ts';
import { nobodyKnown, useAccess } from './http/access/use-access.ts';
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
import { useAcceptedTypes } from './http/documents/use-accepted-types.ts';
import { useAddressParameters } from './http/documents/use-address-parameters.ts';
import { useIntrospectionAnswers } from './http/documents/use-introspection-answers.ts';
import { useJsonBody } from './http/documents/use-json-body.ts';
import { operationNamesOf, usePersistedDocuments, withDocuments } from './http/documents/use-persisted-documents.ts';
import { useExport } from './http/exports/use-export.ts';
import { createAdmission } from './http/limits/admission.ts';
import { callerLimits, DEFAULT_CONNECTIONS } from './http/limits/caller-limits.ts';
import { createNewStatements } from './http/limits/new-statements.ts';
import { createShares } from './http/limits/shares.ts';
import { leavePlace } from './http/limits/take-place.ts';
import { useAnswerSize } from './http/limits/use-answer-size.ts';
import { asksForCost, createTally, useCost } from './http/limits/use-cost.ts';
import { useCutPages } from './http/limits/use-cut-pages.ts';
import { timeLeftOf, useDeadline } from './http/limits/use-deadline.ts';
import { useExpensiveOperations } from './http/limits/use-expensive-operations.ts';
import { createDocumentCache, useLimits } from './http/limits/use-limits.ts';
import { narrowWhereAway, startSlowly, useOverload } from './http/limits/use-overload.ts';
import { useLinkedData } from './http/linked-data/use-linked-data.ts';
import { createLiveUpdates } from './http/live/live-updates.ts';
import { useLiveQuestions } from './http/live/use-live-questions.ts';
import { positionOf } from './http/live/use-result-delivery.ts';
import { useMcp } from './http/mcp/use-mcp.ts';
import { createAudit } from './http/observability/audit.ts';
import { createMetrics } from './http/observability/metrics.ts';
import { createOperationLog } from './http/observability/operation-log.ts';
import { recordOf } from './http/observability/record-of.ts';
import { createRefusalLog } from './http/observability/refusal-log.ts';
import { createSlowStatements } from './http/observability/slow-statements.ts';
import { asksForExplanation, mayExplain, useExplain } from './http/observability/use-explain.ts';
import { useOperationRecords } from './http/observability/use-operation-records.ts';
import { alwaysReady, useReadiness } from './http/observability/use-readiness.ts';
import { createExplorer } from './http/pages/explorer.ts';
import { useReconciliation } from './http/reconciliation/use-reconciliation.ts';
import { type Carrier, stateOf } from './http/request-state.ts';
import { useRevisions } from './http/revisions/use-revisions.ts';
import { createPerService } from './http/roles/per-service.ts';
import { useHistoryRefusals } from './http/roles/use-history-refusals.ts';
import { createTraces } from './http/telemetry/use-traces.ts';
import { useCompression } from './http/use-compression.ts';
import { useEntityTags } from './http/use-entity-tags.ts';
import { useErrorCodes } from './http/use-error-codes.ts';
import { useRequestId } from './http/use-request-id.ts';
import { useRoutes } from './http/use-routes.ts';
import { createMcpSessions } from './mcp/sessions/mcp-sessions.ts';
import { oncePer } from './ontology/once-per.ts';
import { ownDocuments } from './own-documents.ts';
import { AnswerSize } from './schema/answer-size.ts';
import type { Context } from './schema/context.ts';
import { limits } from './schema/limits.ts';
import { createPlanCache } from './schema/plan-cache.ts';
import type { RequestOptions, ServerOptions, Service } from './server-options.ts';
import { countsToo, createRoutes } from './server-routes.ts';

export type { RequestOptions, ServerOptions } from './server-options.ts';

/** The service: a fetch handler, which can also listen on a port. */
export interface Server {
  /** Handles a request without a connection. A URL with options costs less than the platform's `Request`. */
  fetch(request: Request): Promise<Response>;
  fetch(address: string, init?: RequestInit): Promise<Response>;
  listen(port: number, host?: string): Promise<Listening>;
}

/** Creates a server for a schema. */
export function createServer({
  serviceFor,
  access = nobodyKnown,
  readiness = alwaysReady,
  timeout = 10_000,
  clientTimeout = 30_000,
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
  mcpSessions = replicas === undefined,
  newStatements: planning = {},
  trustedProxies = 0,
  trustedDocuments: documents,
  auditLog,
  publicUrl,
  reportAddress,
  exporting = documents ? 'closed' : 'open',
  telemetry,
  log = pino({ level: 'silent' }),
  ...whole
}: ServerOptions): Server {
  const { schema, examples, explorer: shown, context, answers }: Service = whole;
  const serviceOf = (request: Request): Service => serviceFor?.(viewerOf(request)) ?? whole;
  const explainingOf = (service: Service) => (service === whole ? explaining : 'admin');
  const perService = createPerService(whole, serviceFor && serviceOf);
  const explorerDocuments = shown?.documents ?? [];
  const trustedDocuments = documents && withDocuments(documents, explorerDocuments);
  const known = trustedDocuments ?? withDocuments(new Map(), [...explorerDocuments, ...ownDocuments(examples)]);
  metrics.knowOperations(operationNamesOf(known));
  const explorerOf = oncePer(({ explorer }: Service) => explorer && createExplorer(explorer, frameOrigins, publicUrl));
  const routesOf = oncePer((service: Service) =>
    createRoutes(service, explorerOf(service), {
      ...{ introspection, readiness, metrics, publicUrl },
      metricsAccess: service === whole || metricsAccess === 'open' ? metricsAccess : 'off',
    }),
  );
  const routes = routesOf(whole);
  // A proxy may pass on another `Host` than the one that pages of the server were opened with.
  const pageOrigins = publicUrl === undefined ? corsOrigins : [...corsOrigins, new URL(publicUrl).origin];
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
    ...callerLimits({ connections: callerConnections, possible: possibleConnections, concurrency, bodyLimit }),
    ...otherLimits,
  };
  const unsent = createUnsentBytes({ ...bounds.unsentBytes, timeout: clientTimeout });
  const connections = createShares(bounds.connections);
  const sessions = createMcpSessions({ places: createShares(mcpSessions ? bounds.mcpSessions : { each: 0, all: 0 }) });
  const live = createLiveUpdates({
    path: routes.graphql,
    access,
    attempts: limiter.attempts,
    refusals: refusals.sockets,
    origins: pageOrigins,
    messageLimit: bodyLimit,
    answerLimit,
    messageTimeout: clientTimeout,
    limits: bounds,
    unsent,
    proxies: trustedProxies,
    ...{ endOthers: sessions.end, waitingFor: readiness.waitingFor },
    log,
  });
  const bodies = createJsonBodies(bodyLimit, createShares(bounds.unfinishedBytes));
  const exportPlaces = createShares(bounds.exports);
  const admission = createAdmission(bounds);
  metrics.watchQueue(admission.load);
  const traces = telemetry && createTraces(telemetry);
  const plansOf = oncePer((_: Service) => createPlanCache());
  metrics.watchPlans(plansOf(whole));
  const contextOf = (service: Service, options: RequestOptions) =>
    service.context({ plans: plansOf(service), ...options }) as Partial<Context>;
  const graphFor = (options: RequestOptions) => contextOf(whole, options).graph;
  const bookmarks = createSignedBookmarks({ graphFor, places: Math.ceil(concurrency / 2) });
  const slowStatements = createSlowStatements(() => graphFor({}), log);
  const newStatements = createNewStatements(planning);
  const storedOf = oncePer((service: Service) => ({
    ...(service.answers &&
      useAnswerCache({ ...service.answers, timeout, trustedDocuments, isOpen: access.reading === 'open' })),
  }));
  const stored = answers && storedOf(whole);
  if (stored?.counts) metrics.watchAnswers(stored.counts);
  const liveQuestions = useLiveQuestions({
    revisions: () => answers?.revisions(),
    context: ({ viewer, caller, signal, bookmarks }) => {
      const end = performance.now() + timeout;
      return context({
        ...{ viewer, signal, timeout, plans: plansOf(whole) },
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
      ...{ viewer: viewerOf(request), bookmarks: bookmarksOf(request), position: positionOf(request) },
      observe: traces?.observing(request, observe) ?? observe,
      metadata,
      plans: traces?.plansOf(request, plansOf(serviceOf(request))) ?? plansOf(serviceOf(request)),
      leavePlace: () => leavePlace(request),
    };
  };

  const forward = async (request: Request, carrier: Carrier): Promise<Response> => yoga.fetch(request, carrier);

  const yoga = createYoga({
    schema: serviceFor ? ({ request }) => serviceOf(request).schema : schema,
    context: ({ request, params }) => {
      const explain = asksForExplanation(request, params?.extensions);
      const answerSize = new AnswerSize(answerLimit);
      stateOf(request).answerSize = answerSize;
      const options = { ...optionsFor(request), answerSize };
      const { context } = serviceOf(request);
      if (!explain && !asksForCost(request, params?.extensions)) return context(options);
      const tally = createTally();
      const profile = explain && mayExplain(viewerOf(request), explainingOf(serviceOf(request)));
      return { ...context({ ...options, profile, report: tally.report }), tally, explain };
    },
    plugins: [
      useRequestId(),
      ...(traces ? [traces.plugin] : []),
      useCallerAddress(trustedProxies, log),
      refusals.plugin,
      limiter.beforeAccess,
      ...(audit ? [audit.plugin] : []),
      useAddressParameters(),
      useAccess({
        authenticator: narrowWhereAway(admission.queue, access.authenticator),
        ...{ reading: access.reading, isPublic: isFree, waitingFor: readiness.waitingFor, log },
      }),
      useSecurityHeaders(),
      useCors(corsOrigins),
      limiter.afterAccess,
      useUnsentBytes(unsent, isFree),
      ...(serviceFor ? [useHistoryRefusals((request) => serviceOf(request) !== whole)] : []),
      perService((service) =>
        useExport({
          schema: service.schema,
          readsFor: (request) => {
            const { signal } = request;
            return contextOf(service, { signal, timeout, viewer: viewerOf(request), bookmarks: bookmarksOf(request) });
          },
          ...{ forward, graphqlPath: routes.graphql, publicUrl, trustedDocuments, exporting, exportPlaces, bookmarks },
          ...{ waitingFor: readiness.waitingFor, bodies, clientTimeout, log, exported: audit?.exported },
        }),
      ),
      perService((service) =>
        useLinkedData({
          schema: service.schema,
          readsFor: (request) => {
            const { graph, states } = contextOf(service, optionsFor(request));
            return graph && states ? { graph, states } : undefined;
          },
          ...{ publicUrl, bookmarks, queue: admission.queue, waitingFor: readiness.waitingFor, log },
          ...{ files: explorerOf(service)?.files, previews: explorerOf(service)?.previews, reportAddress },
          isOpen: access.reading === 'open',
        }),
      ),
      perService(({ reconciliation: service }) =>
        service ? useReconciliation({ service, forward, graphqlPath: routes.graphql, publicUrl, bodies, log }) : {},
      ),
      perService(({ mcp: features }) =>
        features ? useMcp({ features, sessions, forward, graphqlPath: routes.graphql, bodies, pageOrigins, log }) : {},
      ),
      perService((service) => useRoutes(routesOf(service), log)),
      useReadiness(readiness),
      useAcceptedTypes(),
      // Bodies are read before the admission queue: a slow upload occupies no place, and has to be read in any case.
      useJsonBody(bodies),
      useDeadline(),
      // A request that waits for the state of its bookmark occupies no place, and a stored answer needs none.
      useBookmarks(bookmarks),
      perService((service) => storedOf(service).lookup ?? {}),
      useOverload(admission.queue),
      ...usePersistedDocuments(trustedDocuments),
      useLimits({ introspection }),
      // Before the plugin for explanations, which repeats the cost.
      perService(() => useCost(costLimit, limiter.chargeCost)),
      useExpensiveOperations(admission.expensiveQueue),
      perService(() => useIntrospectionAnswers(answerLimit)),
      perService((service) => useExplain(explainingOf(service))),
      useCitations(),
      perService((service) =>
        service === whole
          ? useRevisions({
              known: () => answers?.revisions(),
              endpointOf: ({ url }) => `${publicUrl ?? new URL(url).origin}${routes.graphql}`,
              isOpen: trustedDocuments === undefined,
            })
          : {},
      ),
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
      perService((service) => storedOf(service).recording ?? {}),
      useEntityTags(),
      useCompression(),
      perService((service) => storedOf(service).headers ?? {}),
      liveQuestions.plugin,
      ...live.plugins,
    ],
    parserAndValidationCache: createDocumentCache(),
    // The plugins above replace each of these.
    ...{ graphiql: false, landingPage: false, maskedErrors: false, maxRequestBodySize: false, multipart: false },
    // Yoga treats every URL that ends in this as a health check; none contains a space.
    healthCheckEndpoint: ' ',
    // CORS has a plugin of its own.
    cors: false,
    logging: false,
  });
  return {
    fetch: async (asked: Request | string, init: RequestInit = {}) =>
      typeof asked === 'string' ? yoga.fetch(asked, init) : yoga.fetch(asked),
    listen: (port, host = '127.0.0.1') =>
      listen(yoga, port, host, {
        requestTimeout: clientTimeout,
        ...{ hosts, corsOrigins },
        connections,
        areCallers: trustedProxies === 0,
        unsent,
        live: live.connections(yoga.fetch),
      }),
  };
}
