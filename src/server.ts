import type { GraphQLSchema } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { type Logger, pino } from 'pino';
import { anonymous, type Viewer } from './access/viewer.ts';
import type { Graph, ReadOptions } from './graph/graph.ts';
import { useCallerAddress } from './http/caller.ts';
import type { Explaining } from './http/explaining.ts';
import { createExplorer } from './http/explorer.ts';
import { exportPath, useExport } from './http/export.ts';
import { createGraphiql } from './http/graphiql.ts';
import { createJsonBodies } from './http/json-bodies.ts';
import { type Listening, listen } from './http/listen.ts';
import { createLiveUpdates } from './http/live-updates.ts';
import { createMetrics, type Metrics } from './http/metrics.ts';
import type { MetricsAccess } from './http/metrics-access.ts';
import { createMetricsRoute } from './http/metrics-route.ts';
import { createOperationLog } from './http/operation-log.ts';
import { recordOf } from './http/operation-record.ts';
import { createReadinessRoute, type Readiness, useReadiness } from './http/readiness.ts';
import { stateOf } from './http/request-state.ts';
import { json, pathOf, wantsPage } from './http/route.ts';
import { createSchemaText } from './http/schema-text.ts';
import { useSecurityHeaders } from './http/security-headers.ts';
import { createSlowStatements } from './http/slow-statements.ts';
import { type Access, useAccess, viewerOf } from './http/use-access.ts';
import { useAddressParameters } from './http/use-address-parameters.ts';
import { useAnswerSize } from './http/use-answer-size.ts';
import { bookmarksOf, useBookmarks } from './http/use-bookmarks.ts';
import { useCitations } from './http/use-citations.ts';
import { useCompression } from './http/use-compression.ts';
import { useCors } from './http/use-cors.ts';
import { asksForCost, createTally, useCost } from './http/use-cost.ts';
import { timeLeftOf, useDeadline } from './http/use-deadline.ts';
import { useEntityTags } from './http/use-entity-tags.ts';
import { useErrorCodes } from './http/use-error-codes.ts';
import { asksForExplanation, mayExplain, useExplain } from './http/use-explain.ts';
import { useJsonBody } from './http/use-json-body.ts';
import { createDocumentCache, useLimits } from './http/use-limits.ts';
import { useOperationRecords } from './http/use-operation-records.ts';
import { startSlowly, useOverload } from './http/use-overload.ts';
import {
  operationNamesOf,
  type TrustedDocuments,
  usePersistedDocuments,
  withDocuments,
} from './http/use-persisted-operations.ts';
import { createRateLimiter, type RateLimit } from './http/use-rate-limit.ts';
import { useRequestId } from './http/use-request-id.ts';
import { useRoutes } from './http/use-routes.ts';
import { createWaitingLine } from './http/waiting-line.ts';
import { AnswerSize } from './schema/answer-size.ts';
import { limits } from './schema/limits.ts';

export interface ServerOptions {
  readonly schema: GraphQLSchema;
  /** Makes what resolvers find in their context, once per request. Reads follow the signal and the time limit. */
  readonly context: (options: ReadOptions & { readonly viewer?: Viewer; readonly answerSize?: AnswerSize }) => object;
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
  /** Where what happens is counted; where absent, in a place of its own. */
  readonly metrics?: Metrics;
  readonly metricsAccess?: MetricsAccess;
  /** Who is told how an operation was answered. */
  readonly explaining?: Explaining;
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
  /** How many proxies of one's own stand before the server. */
  readonly trustedProxies?: number;
  /** The only documents that are answered, beside those of the explorer; all where absent. */
  readonly trustedDocuments?: TrustedDocuments | undefined;
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
  trustedProxies = 0,
  trustedDocuments: documents,
  log = pino({ level: 'silent' }),
}: ServerOptions): Server {
  const explorer = createExplorer();
  const trustedDocuments = documents && withDocuments(documents, explorer.documents());
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
  const live = createLiveUpdates({
    path: routes.graphql,
    access,
    attempts: limiter?.attempts,
    corsOrigins,
    messageLimit: bodyLimit,
    answerLimit,
    patience,
    log,
  });
  const bodies = createJsonBodies(bodyLimit);
  const line = createWaitingLine({ places: concurrency, room: concurrency * 2, patience: WAIT });
  metrics.watchLine(line);
  if (trustedDocuments) metrics.knowOperations(operationNamesOf(trustedDocuments));
  const graphFor = (options: Parameters<ServerOptions['context']>[0]) =>
    (context(options) as { readonly graph?: Graph }).graph;
  const slowStatements = createSlowStatements(() => graphFor({}), log);

  /** What holds for whatever a request reads and writes. */
  const optionsFor = (request: Request) => {
    const { observe, metadata } = recordOf(request);
    return {
      signal: request.signal,
      timeout,
      timeLeft: timeLeftOf(request, timeout),
      viewer: viewerOf(request),
      bookmarks: bookmarksOf(request),
      observe,
      metadata,
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
      const profile = explain && mayExplain(options.viewer, explaining);
      return { ...context({ ...options, profile, tell: tally.tell }), tally, explain };
    },
    plugins: [
      useRequestId(),
      useCallerAddress(trustedProxies),
      ...(limiter ? [limiter.beforeAccess] : []),
      useAccess({
        ...access,
        isPublic: isFree,
        waitingFor: readiness.waitingFor,
        log,
      }),
      useSecurityHeaders(),
      useCors(corsOrigins),
      ...(limiter ? [limiter.afterAccess] : []),
      useExport({
        schema,
        graphFor: (request) => {
          const { signal } = request;
          return graphFor({ signal, timeout, viewer: viewerOf(request), bookmarks: bookmarksOf(request) });
        },
        forward: async (request, serverContext): Promise<Response> => yoga.fetch(request, serverContext),
        graphqlPath: routes.graphql,
        trustedDocuments,
        waitingFor: readiness.waitingFor,
        bodies,
        patience,
        log,
      }),
      useRoutes(routes, log),
      useReadiness(readiness),
      // Bodies are read before places are given out: one that comes slowly holds none, and has to be read off its connection
      // in any case.
      useJsonBody(bodies),
      useDeadline(),
      useOverload(line),
      useAddressParameters(),
      ...usePersistedDocuments(trustedDocuments),
      useLimits({ introspection }),
      useBookmarks(),
      // Before what tells the cost, which then is there to be told with the rest.
      useCost(costLimit),
      useExplain(explaining),
      useCitations(),
      useErrorCodes(log),
      useAnswerSize(answerLimit),
      useOperationRecords([metrics, createOperationLog({ log, slow, slowStatements }), startSlowly(line)]),
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
    listen: (port, host) => listen(yoga, port, host, { patience, live: live.connections(yoga.fetch) }),
  };
}
