import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasKeys } from '../access/api-key-store.ts';
import { type Authenticator, createAuthenticator } from '../access/authenticator.ts';
import { anonymous } from '../access/viewer.ts';
import { keepForgetting } from '../changes/apply/forget-requests.ts';
import { createGraphStates } from '../changes/history/graph-states.ts';
import { createChangeFeed } from '../changes/log/change-feed.ts';
import { createGraphRevisions, type GraphRevisions } from '../changes/log/graph-revisions.ts';
import { seedIfEmpty } from '../data/import/seed.ts';
import type { Graph } from '../graph/graph.ts';
import { keepStatistics } from '../graph/reads/statistics.ts';
import { createSharedSecret } from '../graph/shared-secret.ts';
import { createStatementTiers } from '../graph/statement-tiers.ts';
import { withTimeLimit } from '../graph/time-limit.ts';
import { listenError } from '../http/connections/listen.ts';
import { loadExamples } from '../http/documents/examples.ts';
import { readTrustedDocuments } from '../http/documents/trusted-documents.ts';
import { openAuditLog } from '../http/observability/audit-log.ts';
import { createMetrics } from '../http/observability/metrics.ts';
import { type MetricsServer, serveMetrics } from '../http/observability/serve-metrics.ts';
import { describeEntity } from '../linked-data/described-entity.ts';
import { mcpFor } from '../mcp-for.ts';
import { reconciliationFor } from '../reconciliation-for.ts';
import { announcingFeed } from '../replicas/announcing-feed.ts';
import { connectReplicas, type Replicas } from '../replicas/replicas.ts';
import { roleServices } from '../role-services.ts';
import { federatedSchema } from '../schema/federation/federated-schema.ts';
import { createContext } from '../schema/index.ts';
import { warmUp } from '../schema/warm-up/warm-up.ts';
import { readScope } from '../schema/watching/scope-text.ts';
import { createServer, type ServerOptions } from '../server.ts';
import type { Environment } from '../settings/settings-reader.ts';
import type { Silkgraph } from '../silkgraph.ts';
import { startTelemetry } from '../telemetry/telemetry.ts';
import { version } from '../version.ts';
import { keepDelivering, ScopeRefused } from '../watching/deliveries.ts';
import { describeImport } from './describe-import.ts';
import { createGraphCheck, type GraphCheck } from './graph-check.ts';
import { expectShortLives } from './session/expect-short-lives.ts';
import { graphOption } from './session/graph-option.ts';
import { createLog } from './session/log.ts';
import { type OpenGraph, openGraph } from './session/open-graph.ts';
import type { Session } from './session/session.ts';
import { unknownSettings } from './session/unknown-settings.ts';
import { unlessStopped } from './session/unless-stopped.ts';

/** Loads the seeds into an empty graph. */
async function loadSeeds({ graph }: OpenGraph, { screen, signal, silkgraph }: Session): Promise<void> {
  const { seeds } = await silkgraph();
  if (seeds === undefined) return;
  const begun = performance.now();
  const summary = await unlessStopped(signal, seedIfEmpty(graph, seeds, { report: screen.progress }));
  screen.finish();
  if (summary === undefined) return;
  screen.say('The graph was empty. Loaded the seeds.');
  for (const line of describeImport(graph.ontology, summary, performance.now() - begun)) screen.say(`  ${line}`);
}

/** Timeout of internal statements of the server in milliseconds. */
const OWN_TIME_LIMIT = 5_000;

/** Whether to say how a key is made: nobody can write yet. A database that does not respond is no reason to end. */
const lacksKey = async (graph: Graph, { tokens }: Session['config']) =>
  tokens === undefined && !(await hasKeys(graph).catch(() => true));

const trustedDocumentsOf = ({ trustedDocuments }: Session['config']) =>
  trustedDocuments === undefined ? undefined : readTrustedDocuments(trustedDocuments);

/** Reads the scope of a watch, which an ontology that has changed since may no longer know. */
const deliveredScope =
  ({ schema, ontology }: Silkgraph) =>
  (text: string) => {
    try {
      return readScope(schema, ontology, text);
    } catch (error) {
      throw new ScopeRefused(error instanceof Error ? error.message : String(error));
    }
  };

/**
 * Serves the graph until the signal is aborted, then finishes running requests and shuts down.
 * @param env what the settings were read from
 */
export async function start(session: Session, env: Environment): Promise<void> {
  expectShortLives();
  const { config, screen, signal } = session;
  const silkgraph = await session.silkgraph();
  const { ontology, examples, explorer } = silkgraph;
  const schema = config.federation ? federatedSchema(silkgraph.schema, ontology) : silkgraph.schema;
  const telemetry = config.telemetry ? await startTelemetry(version) : undefined;
  const log = createLog(config, telemetry?.emit);
  telemetry?.reportTo((message) => log.warn({ reason: message }, 'OpenTelemetry reports a fault.'));
  for (const fault of unknownSettings(env)) log.warn(fault);
  const auditLog = config.audit === undefined ? undefined : openAuditLog(config.audit, log);
  const metrics = createMetrics({ process: true });
  let opened: OpenGraph | undefined;
  let graphCheck: GraphCheck | undefined;
  let revisions: GraphRevisions | undefined;
  let replicas: Replicas | undefined;
  let stopForgetting = () => {};
  let stopChecking = () => {};
  let stopDelivering = async () => {};
  let warmedUp: Promise<void> | undefined;
  let context: ServerOptions['context'] = () => ({});
  let own: Graph | undefined;
  let authenticator: Authenticator = { authenticate: async () => anonymous };
  let waitingFor: string | undefined = 'The graph is being prepared.';
  let leaving: string | undefined;

  // With trusted documents nobody may ask what they do not.
  const reconciles = config.trustedDocuments === undefined;
  const answers = config.cache === undefined ? undefined : { bytes: config.cache, maxAge: config.maxAge };

  const server = createServer({
    serviceFor: roleServices({
      ...{ silkgraph, roles: config.roles, federation: config.federation, mcp: config.mcp, reconciles, answers },
      opened: () => (opened && own && revisions ? { graph: opened.graph, own, revisions } : undefined),
    }),
    schema,
    examples,
    explorer,
    context: (options) => context(options),
    access: { authenticator: { authenticate: (shown) => authenticator.authenticate(shown) }, reading: config.reading },
    readiness: {
      waitingFor: () => waitingFor,
      leaving: () => leaving,
      check: async () => graphCheck?.check(),
      stalledImport: () => graphCheck?.stalledImport(),
    },
    timeout: config.timeout,
    concurrency: config.concurrency,
    callerConnections: config.callerConnections,
    hosts: config.hosts,
    metrics,
    metricsAccess: config.metricsAccess,
    explaining: config.explaining,
    ...(config.mcpSessions === undefined ? {} : { mcpSessions: config.mcpSessions }),
    ...(config.exporting === undefined ? {} : { exporting: config.exporting }),
    slow: config.slow,
    introspection: config.introspection,
    corsOrigins: config.corsOrigins,
    frameOrigins: config.frameOrigins,
    costLimit: config.costLimit,
    answerLimit: config.answerLimit,
    rateLimit: config.rateLimit,
    costRate: config.costRate,
    replicas: config.redis === undefined ? undefined : { take: async (...asked) => replicas?.take(...asked) },
    trustedProxies: config.trustedProxies,
    publicUrl: config.publicUrl,
    reportAddress: config.reportAddress,
    trustedDocuments: trustedDocumentsOf(config),
    answers: answers && { ...answers, ontology, revisions: () => revisions },
    auditLog,
    mcp: mcpFor(silkgraph, config.mcp),
    reconciliation: reconciles ? reconciliationFor(silkgraph) : undefined,
    telemetry: telemetry && { ...telemetry, database: () => opened?.address },
    log,
  });
  // First, so that no database is started if the port is in use.
  metrics.watchConnections(() => opened?.connections());
  metrics.watchImport(() => graphCheck?.isImportPending ?? false);
  const listening = await server.listen(config.port, config.host);
  let metricsServer: MetricsServer | undefined;
  try {
    if (config.metricsPort !== undefined) {
      const at = [config.metricsPort, config.host] as const;
      metricsServer = await serveMetrics(metrics, ...at).catch((error: unknown) => {
        throw listenError(error as NodeJS.ErrnoException, ...at, 'SILKGRAPH_METRICS_PORT');
      });
    }
    opened = await openGraph(session, { observe: metrics.statement });
    await loadSeeds(opened, session);
    const { graph, isRouted } = opened;
    const limited = withTimeLimit(graph, OWN_TIME_LIMIT);
    own = limited;
    graphCheck = createGraphCheck(limited, log);
    stopChecking = graphCheck.keepChecking();
    const statistics = keepStatistics(limited);
    authenticator = createAuthenticator({
      graph: limited,
      roles: config.roles,
      tokens: config.tokens,
      oidc: config.oidc,
      clockTolerance: config.clockTolerance,
      report: ({ issuer, error }) => {
        if (error)
          log.warn({ issuer, reason: (error as Error).message }, 'An identity provider does not respond as it should.');
        else log.info({ issuer }, 'An identity provider responds again.');
      },
    });
    const feed = createChangeFeed(limited, {
      report: (error) => log.warn({ reason: String(error) }, 'The change log is temporarily unavailable.'),
    });
    stopForgetting = keepForgetting(graph, {
      report: (error) =>
        log.warn({ reason: String(error) }, 'Expired responses of idempotent requests could not be deleted.'),
    });
    const tiers = createStatementTiers(graph);
    const known = createGraphRevisions(limited, { isRouted });
    if (config.redis !== undefined) {
      replicas = await connectReplicas({
        address: config.redis,
        // Servers of one graph have this in common, and others cannot guess it.
        graph: await createSharedSecret(() => graph, 'replicas')(),
        onChange() {
          feed.wake();
          known.expire();
        },
        report: (error) => {
          if (error)
            log.warn(
              { reason: String(error) },
              'The store of SILKGRAPH_REDIS does not respond: this server counts separately.',
            );
          else log.info('The store of SILKGRAPH_REDIS responds again.');
        },
      });
    }
    const announced = replicas ? announcingFeed(feed, replicas) : feed;
    const states = createGraphStates(graph, { bytes: config.history });
    const shared = { feed: announced, tiers, revisions: known, states };
    stopDelivering = keepDelivering(limited, {
      allowPrivate: config.watchPrivate,
      states: () => states,
      readScope: deliveredScope(silkgraph),
      report: (error) => log.warn({ reason: String(error) }, 'Changes could not be posted to those who watch.'),
    });
    context = (options) => createContext(graph, statistics, { ...options, ...shared });
    revisions = known;
    // Otherwise the first operations would wait for these. If the database ends now, they are read later.
    const readAhead = [statistics().catch(() => {}), known.refresh()];
    const [isKeyMissing] = await unlessStopped(signal, Promise.all([lacksKey(limited, config), ...readAhead]));
    waitingFor = undefined;

    const { origin } = listening;
    log.info({ origin }, 'serving');
    screen.say('Silkgraph is ready.');
    screen.say(`  Explorer                ${origin}/explore`);
    screen.say(`  GraphQL and playground  ${origin}/graphql`);
    if (config.mcp !== 'off') screen.say(`  Agents (MCP)            ${origin}/mcp`);
    screen.say(`  Schema                  ${origin}/schema.graphql`);
    screen.say(`  Health                  ${origin}/health and ${origin}/ready`);
    if (config.metricsAccess !== 'off') screen.say(`  Metrics                 ${origin}/metrics`);
    if (isKeyMissing) {
      screen.say(`  To write, create a key  npx silkgraph key create${graphOption(config)} --role editor --name "…"`);
    }
    if (config.warmUp) {
      // Readers come to the explorer first.
      const documents = [...explorer.documents, ...loadExamples(examples).map(({ query }) => query)];
      // Links from elsewhere lead to the pages of entities.
      const reads = [(limited: Graph) => describeEntity(limited, '')];
      const isBusy = () => (opened?.connections()?.inUse ?? 0) > 0;
      warmedUp = warmUp({ schema, graph, statistics, tiers, documents, reads, isBusy, signal }).catch(
        (error: unknown) => log.warn({ reason: String(error) }, 'Likely questions could not be planned ahead.'),
      );
    }
    const reportDatabase = (step: string) => log.warn(`${step}.`);
    if (!signal.aborted) await Promise.race([once(signal, 'abort'), opened.keepDatabase(reportDatabase)]);
    if (signal.aborted && config.drain > 0) {
      leaving = 'The server is about to stop.';
      listening.drain();
      screen.say(`Stopping in ${config.drain} s, when load balancers have let go of the server.`);
      log.info({ seconds: config.drain }, 'draining');
      await sleep(config.drain * 1000);
    }
    screen.say('Stopping after running requests.');
    log.info('stopping');
  } catch (error) {
    if (!signal.aborted) throw error;
    screen.say('Stopped before it was ready.');
  } finally {
    // Requests that arrive on open connections are still served.
    leaving = 'The server is stopping.';
    await listening.close();
    await metricsServer?.close();
    await warmedUp;
    stopForgetting();
    stopChecking();
    await stopDelivering();
    await opened?.close();
    await replicas?.close();
    await auditLog?.close();
    await telemetry?.close();
  }
}
