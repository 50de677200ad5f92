import type { Logger } from 'pino';
import type { Config } from '../../../config.ts';
import { anonymous } from '../../../engine/access/viewer.ts';
import type { RateLimit } from '../../../server/access/buckets.ts';
import { readTrustedDocuments } from '../../../server/documents/trusted-documents.ts';
import type { AuditLog } from '../../../server/observability/audit-log.ts';
import type { Metrics } from '../../../server/observability/metrics.ts';
import type { Telemetry } from '../../../server/telemetry/telemetry.ts';
import { mcpFor } from '../../../service/mcp-for.ts';
import { reconciliationFor } from '../../../service/reconciliation-for.ts';
import { answerBytesOf, roleServices } from '../../../service/role-services.ts';
import { createServer, type Server, type ServerOptions } from '../../../service/server.ts';
import type { Silkgraph } from '../../../service/silkgraph.ts';
import type { OpenGraph } from '../session/open-graph.ts';
import { possibleConnections } from '../session/possible-connections.ts';
import type { OpenService } from './open-service.ts';

/** How far the start of a server is, or its end. */
export interface Progress {
  opened?: OpenGraph;
  service?: OpenService;
  /** Why no operation is served yet, as a sentence. */
  waitingFor?: string | undefined;
  /** Why load balancers are to send nothing more, as a sentence. */
  leaving?: string;
}

/** The settings that are options of the server under the same name. */
const names = [
  ...([
    'timeout',
    'concurrency',
    'callerConnections',
    'hosts',
    'trustedProxies',
    'publicUrl',
    'reportAddress',
  ] as const),
  ...(['costLimit', 'answerLimit', 'rateLimit', 'costRate', 'introspection', 'corsOrigins', 'frameOrigins'] as const),
  ...(['metricsAccess', 'explaining', 'exporting', 'slow'] as const),
] satisfies readonly (keyof Config & keyof ServerOptions)[];

const optionsIn = (config: Config) =>
  Object.fromEntries(names.filter((name) => config[name] !== undefined).map((name) => [name, config[name]])) as Pick<
    Config,
    (typeof names)[number]
  >;

const limitsOf = ({ requests, seconds }: RateLimit) => ({
  characters: requests,
  charactersPerSecond: requests / seconds,
});

export interface ConfiguredOptions extends Pick<ServerOptions, 'schema'> {
  readonly config: Config;
  readonly silkgraph: Silkgraph;
  readonly metrics: Metrics;
  readonly auditLog: AuditLog | undefined;
  readonly telemetry: Telemetry | undefined;
  readonly log: Logger;
}

/** The server that the settings ask for. It listens before its graph is open, and then serves what the progress has. */
export function createConfiguredServer(
  { config, schema, silkgraph, metrics, auditLog, telemetry, log }: ConfiguredOptions,
  progress: Progress,
): Server {
  const { ontology, examples, explorer } = silkgraph;
  const { roles, federation, mcp, reading, cache, maxAge, redis, planningRate } = config;
  // With trusted documents nobody may ask what they do not.
  const reconciles = config.trustedDocuments === undefined;
  const answers = cache === undefined ? undefined : { bytes: answerBytesOf(cache, roles), maxAge };
  metrics.watchConnections(() => progress.opened?.connections());
  metrics.watchImport(() => progress.service?.check.isImportPending ?? false);
  return createServer({
    ...optionsIn(config),
    possibleConnections: possibleConnections(config),
    newStatements: planningRate ? limitsOf(planningRate) : {},
    ...{ schema, examples, explorer, metrics, auditLog, log },
    serviceFor: roleServices({
      ...{ silkgraph, roles, federation, mcp, reconciles, answers },
      opened: () => progress.service,
    }),
    context: (options) => progress.service?.contexts.of(options) ?? {},
    access: {
      authenticator: {
        authenticate: async (shown) => progress.service?.authenticator.authenticate(shown) ?? anonymous,
      },
      reading,
      providers: config.oidc,
    },
    readiness: {
      waitingFor: () => progress.waitingFor,
      leaving: () => progress.leaving,
      check: async () => progress.service?.check.check(),
      stalledImport: () => progress.service?.check.stalledImport(),
    },
    replicas:
      redis === undefined ? undefined : { take: async (...asked) => progress.service?.replicas?.take(...asked) },
    trustedDocuments: config.trustedDocuments === undefined ? undefined : readTrustedDocuments(config.trustedDocuments),
    answers: answers && { ...answers, ontology, revisions: () => progress.service?.revisions },
    mcp: mcpFor(silkgraph, mcp),
    reconciliation: reconciles ? reconciliationFor(silkgraph) : undefined,
    telemetry: telemetry && { ...telemetry, database: () => progress.opened?.address },
  });
}
