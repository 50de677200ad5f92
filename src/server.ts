import { type GraphQLSchema, getIntrospectionQuery } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { type Logger, pino } from 'pino';
import { anonymous, type Viewer } from './access/viewer.ts';
import { changesDocument, endDocument } from './client/changes-document.ts';
import type { Graph, ReadOptions } from './graph/graph.ts';
import { callerOf, useCallerAddress } from './http/access/caller.ts';
import type { Exporting } from './http/access/exporting.ts';
import { createRateLimiter, type RateLimit } from './http/access/rate-limiter.ts';
import { type Access, useAccess, viewerOf } from './http/access/use-access.ts';
import { useCors } from './http/access/use-cors.ts';
import { useSecurityHeaders } from './http/access/use-security-headers.ts';
import { createSignedBookmarks } from './http/bookmarks/signed-bookmarks.ts';
import { bookmarksOf, useBookmarks } from './http/bookmarks/use-bookmarks.ts';
import { useCitations } from './http/citations/use-citations.ts';
import { type Listening, listen } from './http/connections/listen.ts';
import { createUnsentBytes } from './http/connections/unsent-bytes.ts';
import { useUnsentBytes } from './http/connections/use-unsent-bytes.ts';
import { loadExamples } from './http/documents/examples.ts';
import { createJsonBodies } from './http/documents/json-bodies.ts';
import { createSchemaText } from './http/documents/schema-text.ts';
import { useAddressParameters } from './http/documents/use-address-parameters.ts';
import { useJsonBody } from './http/documents/use-json-body.ts';
import {
  operationNamesOf,
  type TrustedDocuments,
  usePersistedDocuments,
  withDocuments,
} from './http/documents/use-persisted-documents.ts';
import { exportPath, useExport } from './http/exports/use-export.ts';
import { createAdmissionQueue } from './http/limits/admission-queue.ts';
import { type CallerLimits, callerLimits, DEFAULT_CONNECTIONS } from './http/limits/caller-limits.ts';
import { createNewStatements, type NewStatementLimits } from './http/limits/new-statements.ts';
import { createShares } from './http/limits/shares.ts';
import { useAnswerSize } from './http/limits/use-answer-size.ts';
import { asksForCost, createTally, useCost } from './http/limits/use-cost.ts';
import { timeLeftOf, useDeadline } from './http/limits/use-deadline.ts';
import { createDocumentCache, useLimits } from './http/limits/use-limits.ts';
import { startSlowly, useOverload } from './http/limits/use-overload.ts';
import { createLiveUpdates } from './http/live/live-updates.ts';
import { createAudit } from './http/observability/audit.ts';
import type { AuditLog } from './http/observability/audit-log.ts';
import type { Explaining } from './http/observability/explaining.ts';
import { createMetrics, type Metrics } from './http/observability/metrics.ts';
import type { MetricsAccess } from './http/observability/metrics-access.ts';
import { createMetricsRoute } from './http/observability/metrics-route.ts';
import { createOperationLog } from './http/observability/operation-log.ts';
import { recordOf } from './http/observability/operation-record.ts';
import { createRefusalLog } from './http/observability/refusal-log.ts';
import { createSlowStatements } from './http/observability/slow-statements.ts';
import { asksForExplanation, mayExplain, useExplain } from './http/observability/use-explain.ts';
import { useOperationRecords } from './http/observability/use-operation-records.ts';
import { createReadinessRoute, type Readiness, useReadiness } from './http/observability/use-readiness.ts';
import { createExplorer } from './http/pages/explorer.ts';
import { createGraphiql } from './http/pages/graphiql.ts';
import { stateOf } from './http/request-state.ts';
import { json, pathOf, wantsPage } from './http/route.ts';
import { useCompression } from './http/use-compression.ts';
import { useEntityTags } from './http/use-entity-tags.ts';
import { useErrorCodes } from './http/use-error-codes.ts';
import { useRequestId } from './http/use-request-id.ts';
import { useRoutes } from './http/use-routes.ts';
import { AnswerSize } from './schema/answer-size.ts';
import { limits } from './schema/limits.ts';

/** What holds for whatever a request reads and writes. */
export interface RequestOptions extends ReadOptions {
  readonly viewer?: Viewer;
  /** Gives the place of the request back, before it waits for something else than an answer. */
  readonly leavePlace?: () => void;
  /** Counts the bytes of the answer while it is built. */
  readonly answerSize?: AnswerSize;
}

export interface ServerOptions {
  readonly schema: GraphQLSchema;
  /** Makes what resolvers find in their context, once per request. Reads follow the signal and the time limit. */
  readonly context: (options: RequestOptions) => object;
  /** Where absent, everybody reads, and nobody can say who they are. */
  readonly access?: Access;
  /** Ready at once where absent. */
  readonly readiness?: Readiness;
  /** How long one operation may take, in milliseconds. */
  readonly timeout?: number;
  /** How long a caller may take to send a request, and may take nothing of a file, in milliseconds. */
  readonly patience?: number;
  /** How many operations may be at work at the same time. */
  readonly concurrency?: number;
  /** Maximum number of connections of one caller; what else a caller may hold is sized by it. */
  readonly callerConnections?: number;
  /** Other limits for callers than those that follow from the above. */
  readonly callerLimits?: Partial<CallerLimits>;
  /** Names of this server, beside its IP addresses and names without a dot; `*` stands for all. */
  readonly hosts?: readonly string[];
  /** Where what happens is counted; where absent, in a place of its own. */
  readonly metrics?: Metrics;
  readonly metricsAccess?: MetricsAccess;
  /** Who is told how an operation was answered. */
  readonly explaining?: Explaining;
  /** Who may export the graph. @default `closed` with trusted documents, which would cover nothing otherwise, else `open` */
  readonly exporting?: Exporting;
  /** An operation that takes so many milliseconds is logged with its statements. */
  readonly slow?: number;
  /** The largest body, in bytes. */
  readonly bodyLimit?: number;
  /** Whether clients may ask for the schema; true where absent. */
  readonly introspection?: boolean;
  /** Sites whose pages may read what is answered; none where absent. */
  readonly corsOrigins?: readonly string[];
  /** What one operation may cost. */
  readonly costLimit?: number;
  /** The largest answer, in bytes; each event of a subscription is one. */
  readonly answerLimit?: number;
  /** How many requests a caller may send; any number where absent. */
  readonly rateLimit?: RateLimit | undefined;
  /** Bounds on the planning of statements that the database has not seen before. */
  readonly newStatements?: Partial<NewStatementLimits>;
  /** How many proxies of one's own stand before the server. */
  readonly trustedProxies?: number;
  /** The only documents that are answered, beside those of the explorer; all where absent. */
  readonly trustedDocuments?: TrustedDocuments | undefined;
  /** Keeps who read and exported what; nobody does where absent. */
  readonly auditLog?: AuditLog | undefined;
  readonly log?: Logger;
}

/** The service: one fetch handler, and the way it is reached from outside. */
export interface Server {
  /** Answers without a connection. An address and what is asked there cost less than the platform's `Request`. */
  fetch(request: Request): Promise<Response>;
  fetch(address: string, init?: RequestInit): Promise<Response>;
  listen(port: number, host: string): Promise<Listening>;
}

/** What tells nothing of the graph: whether the server is well, and pages, which ask for what they show. */
const publicPaths: ReadonlySet<string> = new Set(['/', '/health', '/ready', '/explore', '/explore/notice.txt']);

const isPublic = (request: Request, metricsAccess: MetricsAccess) => {
  // Who asks where another site may is a browser, and it shows nothing.
  if (request.method === 'OPTIONS') return true;
  const path = pathOf(request.url);
  if (path === '/metrics') return metricsAccess !== 'closed';
  if (path.startsWith('/explore/assets/') || path.startsWith('/graphql/assets/')) return true;
  return publicPaths.has(path) || (path === '/graphql' && wantsPage(request));
};

/** What costs something, and is no operation: reserving an event stream, and a file, of which each page then counts too. */
const countsToo = ({ method, url }: Request) => method === 'PUT' || pathOf(url) === exportPath;

/** Documents of our own: what the examples, the playground and the client ask. */
const ownDocuments = () => [
  ...loadExamples().map(({ query }) => query),
  getIntrospectionQuery(),
  changesDocument,
  endDocument,
];

/** So long an operation may wait for its turn, in milliseconds: longer, and callers would rather have been told. */
const WAIT = 1_000;

const nobodyKnown: Access = { authenticator: { authenticate: async () => anonymous }, reading: 'open' };

const alwaysReady: Readiness = { waitingFor: () => undefined, check: async () => undefined };

/** Puts a schema on HTTP. */
export function createServer({
  schema,
  context,
  access = nobodyKnown,
  readiness = alwaysReady,
  timeout = 10_000,
  patience = 30_000,
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
  newStatements: planning = {},
  trustedProxies = 0,
  trustedDocuments: documents,
  auditLog,
  exporting = documents ? 'closed' : 'open',
  log = pino({ level: 'silent' }),
}: ServerOptions): Server {
  const explorer = createExplorer();
  const trustedDocuments = documents && withDocuments(documents, explorer.documents());
  const known = trustedDocuments ?? withDocuments(new Map(), [...explorer.documents(), ...ownDocuments()]);
  metrics.knowOperations(operationNamesOf(known));
  const graphiql = createGraphiql();
  const routes = {
    graphql: '/graphql',
    page: graphiql.page,
    others: {
      ...(introspection ? { '/schema.graphql': createSchemaText(schema) } : {}),
      '/health': () => json(200, { alive: true }),
      '/ready': createReadinessRoute(readiness),
      ...(metricsAccess === 'off' ? {} : { '/metrics': createMetricsRoute(metrics, metricsAccess) }),
      '/explore': explorer.page,
      '/explore/notice.txt': explorer.notice,
    },
    folders: { '/explore/assets/': explorer.asset, '/graphql/assets/': graphiql.asset },
    elsewhere: [exportPath],
  };
  const isFree = (request: Request) => isPublic(request, metricsAccess);
  const limiter =
    rateLimit &&
    createRateLimiter({
      limit: rateLimit,
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
  const unsent = createUnsentBytes({ ...bounds.unsentBytes, patience });
  const connections = createShares(bounds.connections);
  const live = createLiveUpdates({
    path: routes.graphql,
    access,
    attempts: limiter?.attempts,
    refusals: refusals.sockets,
    corsOrigins,
    messageLimit: bodyLimit,
    answerLimit,
    patience,
    limits: bounds,
    unsent,
    proxies: trustedProxies,
    log,
  });
  const bodies = createJsonBodies(bodyLimit, createShares(bounds.unfinishedBytes));
  const line = createAdmissionQueue({
    places: bounds.places.all,
    room: bounds.waiting.all,
    patience: WAIT,
    each: { places: bounds.places.each, room: bounds.waiting.each },
  });
  metrics.watchQueue(line);
  const graphFor = (options: RequestOptions) => (context(options) as { readonly graph?: Graph }).graph;
  const bookmarks = createSignedBookmarks({ graphFor, places: Math.ceil(concurrency / 2) });
  const slowStatements = createSlowStatements(() => graphFor({}), log);

  const newStatements = createNewStatements(planning);

  const optionsFor = (request: Request): RequestOptions => {
    const record = recordOf(request);
    const { observe, metadata } = record;
    return {
      // A change that was made is answered, whatever is selected of it: to refuse that would look as if nothing had changed.
      admit: (text: string, signal?: AbortSignal) =>
        record.type === 'mutation' ? undefined : newStatements.admit(text, callerOf(request), signal),
      signal: request.signal,
      timeout,
      timeLeft: timeLeftOf(request, timeout),
      viewer: viewerOf(request),
      bookmarks: bookmarksOf(request),
      observe,
      metadata,
      leavePlace: () => stateOf(request).leavePlace?.(),
    };
  };

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
      useCallerAddress(trustedProxies),
      refusals.plugin,
      ...(limiter ? [limiter.beforeAccess] : []),
      ...(audit ? [audit.plugin] : []),
      useAccess({
        ...access,
        isPublic: isFree,
        waitingFor: readiness.waitingFor,
        log,
      }),
      useSecurityHeaders(),
      useCors(corsOrigins),
      ...(limiter ? [limiter.afterAccess] : []),
      useUnsentBytes(unsent, isFree),
      useExport({
        schema,
        graphFor: (request) => {
          const { signal } = request;
          return graphFor({ signal, timeout, viewer: viewerOf(request), bookmarks: bookmarksOf(request) });
        },
        forward: async (request, serverContext): Promise<Response> => yoga.fetch(request, serverContext),
        graphqlPath: routes.graphql,
        trustedDocuments,
        exporting,
        bookmarks,
        waitingFor: readiness.waitingFor,
        bodies,
        patience,
        log,
        exported: audit?.exported,
      }),
      useRoutes(routes, log),
      useReadiness(readiness),
      // Bodies are read before places are given out: one that comes slowly holds none, and has to be read off its connection
      // in any case.
      useJsonBody(bodies),
      useDeadline(),
      // A request that waits for the state of its bookmark holds no place meanwhile.
      useBookmarks(bookmarks),
      useOverload(line),
      useAddressParameters(),
      ...usePersistedDocuments(trustedDocuments),
      useLimits({ introspection }),
      // Before what tells the cost, which then is there to be told with the rest.
      useCost(costLimit),
      useExplain(explaining),
      useCitations(),
      useErrorCodes(log),
      useAnswerSize(answerLimit),
      useOperationRecords([
        metrics,
        createOperationLog({ log, slow, slowStatements }),
        startSlowly(line),
        ...(audit ? [audit.observer] : []),
      ]),
      useEntityTags(),
      useCompression(),
      ...live.plugins,
    ],
    parserAndValidationCache: createDocumentCache(),
    // Each of these is done by a plugin above.
    graphiql: false,
    landingPage: false,
    maskedErrors: false,
    maxRequestBodySize: false,
    multipart: false,
    // Yoga would take every address that ends in this for a health check; none holds a space.
    healthCheckEndpoint: ' ',
    // A page of another site may not read what this one answers.
    cors: false,
    logging: false,
  });
  return {
    fetch: async (asked: Request | string, init: RequestInit = {}) =>
      typeof asked === 'string' ? yoga.fetch(asked, init) : yoga.fetch(asked),
    listen: (port, host) =>
      listen(yoga, port, host, {
        patience,
        hosts,
        connections,
        areCallers: trustedProxies === 0,
        unsent,
        live: live.connections(yoga.fetch),
      }),
  };
}
