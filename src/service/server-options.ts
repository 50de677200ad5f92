import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { McpFeatures } from '../doors/mcp/server/mcp-features.ts';
import type { ReconciliationService } from '../doors/reconciliation/reconciliation-service.ts';
import type { Viewer } from '../engine/access/viewer.ts';
import type { ReadOptions } from '../engine/graph/graph.ts';
import type { ContextOptions } from '../graphql/context.ts';
import type { ExplorerContents } from '../pages/views/contents.ts';
import type { Access } from '../server/access/access.ts';
import type { RateLimit } from '../server/access/buckets.ts';
import type { Exporting } from '../server/access/exporting.ts';
import type { AnswerCacheOptions } from '../server/answers/answer-cache-options.ts';
import type { Examples } from '../server/documents/examples.ts';
import type { TrustedDocuments } from '../server/documents/trusted-documents.ts';
import type { CallerLimits } from '../server/limits/caller-limits.ts';
import type { NewStatementLimits } from '../server/limits/new-statements.ts';
import type { AuditLog } from '../server/observability/audit-log.ts';
import type { Explaining } from '../server/observability/explaining.ts';
import type { Metrics } from '../server/observability/metrics.ts';
import type { MetricsAccess } from '../server/observability/metrics-access.ts';
import type { Readiness } from '../server/observability/readiness.ts';
import type { Replicas } from '../server/replicas/replicas.ts';
import type { Telemetry } from '../server/telemetry/telemetry.ts';

/** Options for all reads and writes of a request. */
export type RequestOptions = Pick<
  ContextOptions,
  keyof ReadOptions | 'viewer' | 'leavePlace' | 'answerSize' | 'position' | 'plans'
>;

/** What is served to a caller: of the whole graph, or of the part that a role sees. */
export interface Service {
  readonly schema: GraphQLSchema;
  /** Example queries for the playground, or their folder. @default none */
  readonly examples?: Examples;
  /** What the explorer shows. @default there is no explorer */
  readonly explorer?: ExplorerContents | undefined;
  /** Creates the context of resolvers, once per request. Reads follow the signal and the timeout. */
  readonly context: (options: RequestOptions) => object;
  /** Stores answers until the graph changes. @default none are stored */
  readonly answers?: AnswerCacheOptions | undefined;
  /** What agents may use over the Model Context Protocol. @default the protocol is not served */
  readonly mcp?: McpFeatures | undefined;
  /** Matches names to entities. @default the Reconciliation API is not served */
  readonly reconciliation?: ReconciliationService | undefined;
}

export interface ServerOptions extends Service {
  /** What is served to a role that sees a part of the graph; `undefined` to one that sees all of it. @default all see all */
  readonly serviceFor?: ((viewer: Viewer) => Service | undefined) | undefined;
  /** @default everybody may read, and nobody can authenticate */
  readonly access?: Access;
  /** @default ready at once */
  readonly readiness?: Readiness;
  /** Timeout of an operation, in milliseconds. */
  readonly timeout?: number;
  /** Timeout for a client that is slow to send a request, or that reads nothing, in milliseconds. */
  readonly clientTimeout?: number;
  /** Maximum number of operations in flight. */
  readonly concurrency?: number;
  /** Maximum number of connections of one caller; its other limits follow from it. */
  readonly callerConnections?: number;
  /** Maximum number of connections that the process can hold. @default as many as are wanted */
  readonly possibleConnections?: number | undefined;
  /** Limits for callers, in place of those that follow from the above. */
  readonly callerLimits?: Partial<CallerLimits>;
  /** Host names of the server, beside IP addresses and names without a dot; `*` stands for any. */
  readonly hosts?: readonly string[];
  /** @default metrics of its own */
  readonly metrics?: Metrics;
  readonly metricsAccess?: MetricsAccess;
  /** Who may request explanations of operations. */
  readonly explaining?: Explaining;
  /** Who may export the graph. @default `closed` with trusted documents, which an open export would bypass, else `open` */
  readonly exporting?: Exporting;
  /** Threshold in milliseconds above which an operation is logged with its statements. */
  readonly slow?: number;
  /** Maximum size of a body, in bytes. */
  readonly bodyLimit?: number;
  /** Whether clients may query the schema. @default true */
  readonly introspection?: boolean;
  /** Origins whose pages may read responses. @default none */
  readonly corsOrigins?: readonly string[];
  /** Origins whose pages may show views of the explorer in frames; `*` stands for any. @default none */
  readonly frameOrigins?: readonly string[];
  /** Maximum cost of an operation. */
  readonly costLimit?: number;
  /** Maximum size of a response, in bytes; each event of a subscription counts as one. */
  readonly answerLimit?: number;
  /** Maximum rate of requests of one caller. @default unlimited */
  readonly rateLimit?: RateLimit | undefined;
  /** Maximum rate of the estimated costs of one caller's operations. @default unlimited */
  readonly costRate?: RateLimit | undefined;
  /** Other servers of the graph, together with which callers are counted. @default this one counts separately */
  readonly replicas?: Pick<Replicas, 'take'> | undefined;
  /** Limits on the planning of statements that the database has not seen before. */
  readonly newStatements?: Partial<NewStatementLimits>;
  /** Address under which the server is known, without a slash at the end. @default that of each request */
  readonly publicUrl?: string | undefined;
  /** Address to which errors in the data are reported, with `{page}` for the page of the entity. @default none */
  readonly reportAddress?: string | undefined;
  /** Number of trusted proxies in front of the server. */
  readonly trustedProxies?: number;
  /** The only documents that are accepted, beside those of the explorer. @default all are accepted */
  readonly trustedDocuments?: TrustedDocuments | undefined;
  /** Records who reads and exports what. @default none */
  readonly auditLog?: AuditLog | undefined;
  /** Traces requests, and sends metrics. @default nothing is sent */
  readonly telemetry?: Telemetry | undefined;
  readonly log?: Logger;
}
