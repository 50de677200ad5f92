import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { seedIfEmpty } from '../../doors/data/import/seed.ts';
import { describeEntity } from '../../doors/linked-data/described-entity.ts';
import { readsOfToday } from '../../doors/linked-data/entity-reads.ts';
import { hasKeys } from '../../engine/access/api-key-store.ts';
import type { Graph } from '../../engine/graph/graph.ts';
import { federatedSchema } from '../../graphql/federation/federated-schema.ts';
import { warmUp } from '../../graphql/warm-up/warm-up.ts';
import { type Listening, listenError } from '../../server/connections/listen.ts';
import { loadExamples } from '../../server/documents/examples.ts';
import { openAuditLog } from '../../server/observability/audit-log.ts';
import { createMetrics, type Metrics } from '../../server/observability/metrics.ts';
import { type MetricsServer, serveMetrics } from '../../server/observability/serve-metrics.ts';
import { startTelemetry } from '../../server/telemetry/telemetry.ts';
import type { Environment } from '../../service/settings/settings-reader.ts';
import type { Silkgraph } from '../../service/silkgraph.ts';
import { version } from '../../service/version.ts';
import { describeImport } from './describe-import.ts';
import { createConfiguredServer, type Progress } from './serving/configured-server.ts';
import { greet } from './serving/greet.ts';
import { type OpenService, openService } from './serving/open-service.ts';
import { builtInGraph } from './session/graph-option.ts';
import { createLog } from './session/log.ts';
import { type OpenGraph, openGraph } from './session/open-graph.ts';
import type { Session } from './session/session.ts';
import { tuneYoungGeneration } from './session/tune-young-generation.ts';
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

/** Whether nobody can write yet. A database that does not respond is no reason to end. */
const lacksKey = async (graph: Graph, { tokens }: Session['config']) =>
  tokens === undefined && !(await hasKeys(graph).catch(() => true));

/** Serves the metrics on a port of their own. @throws ListenError */
const serveMetricsAt = (port: number, host: string, metrics: Metrics): Promise<MetricsServer> =>
  serveMetrics(metrics, port, host).catch((error: unknown) => {
    throw listenError(error as NodeJS.ErrnoException, port, host, 'SILKGRAPH_METRICS_PORT');
  });

/** Has the database plan what is likely to be asked. */
function planAhead(
  { graph, contexts }: OpenService,
  { connections }: OpenGraph,
  silkgraph: Silkgraph,
  signal: AbortSignal,
) {
  const { schema, explorer, examples } = silkgraph;
  return warmUp({
    ...{ schema, graph, signal, statistics: contexts.statistics, tiers: contexts.tiers },
    // Readers come to the explorer first.
    documents: [...explorer.documents, ...loadExamples(examples).map(({ query }) => query)],
    // Links from elsewhere lead to the pages of entities.
    reads: [(limited) => describeEntity(readsOfToday(limited), '')],
    isBusy: () => (connections()?.inUse ?? 0) > 0,
  });
}

/** Serves on until load balancers have let go of the server. */
async function drain(listening: Listening, seconds: number, progress: Progress): Promise<void> {
  progress.leaving = 'The server is about to stop.';
  listening.drain();
  await sleep(seconds * 1000);
}

/**
 * Serves the graph until the signal is aborted, then finishes running requests and shuts down.
 * @param env what the settings were read from
 */
export async function start(session: Session, env: Environment): Promise<void> {
  tuneYoungGeneration();
  const { config, screen, signal } = session;
  const whole = await session.silkgraph();
  const schema = config.federation ? federatedSchema(whole.schema, whole.ontology) : whole.schema;
  const telemetry = config.telemetry ? await startTelemetry(version) : undefined;
  const log = createLog(config, telemetry?.emit);
  telemetry?.reportTo((message) => log.warn({ reason: message }, 'OpenTelemetry reports a fault.'));
  for (const fault of unknownSettings(env)) log.warn(fault);
  const auditLog = config.audit === undefined ? undefined : openAuditLog(config.audit, log);
  const metrics = createMetrics({ process: true });
  const progress: Progress = { waitingFor: 'The graph is being prepared.' };
  const server = createConfiguredServer(
    { config, schema, silkgraph: whole, metrics, auditLog, telemetry, log },
    progress,
  );
  // First, so that no database is started if the port is in use.
  const listening = await server.listen(config.port, config.host);
  let metricsServer: MetricsServer | undefined;
  let plannedAhead: Promise<void> | undefined;
  try {
    if (config.metricsPort !== undefined)
      metricsServer = await serveMetricsAt(config.metricsPort, config.host, metrics);
    if (config.graph === undefined) screen.say(builtInGraph);
    const opened = await openGraph(session, { observe: metrics.statement });
    progress.opened = opened;
    await loadSeeds(opened, session);
    const service = await openService(opened, { config, silkgraph: whole }, log);
    progress.service = service;
    // Otherwise the first operations would wait for these. If the database ends now, they are read later.
    const readAhead = [
      service.contexts.statistics().catch(() => {}),
      service.isLogPlanned.then(() => service.revisions.refresh()),
    ];
    const [isKeyMissing] = await unlessStopped(signal, Promise.all([lacksKey(service.own, config), ...readAhead]));
    progress.waitingFor = undefined;
    log.info({ origin: listening.origin }, 'serving');
    greet(screen, config, { origin: listening.origin, lacksKey: isKeyMissing });
    if (config.warmUp) {
      plannedAhead = planAhead(service, opened, { ...whole, schema }, signal).catch((error: unknown) =>
        log.warn({ reason: String(error) }, 'Likely questions could not be planned ahead.'),
      );
    }
    const reportDatabase = (step: string) => log.warn(`${step}.`);
    if (!signal.aborted) await Promise.race([once(signal, 'abort'), opened.keepDatabase(reportDatabase)]);
    if (signal.aborted && config.drain > 0) {
      screen.say(`Stopping in ${config.drain} s, when load balancers have let go of the server.`);
      log.info({ seconds: config.drain }, 'draining');
      await drain(listening, config.drain, progress);
    }
    screen.say('Stopping after running requests.');
    log.info('stopping');
  } catch (error) {
    if (!signal.aborted) throw error;
    screen.say('Stopped before it was ready.');
  } finally {
    // Requests that arrive on open connections are still served.
    progress.leaving = 'The server is stopping.';
    await listening.close();
    await metricsServer?.close();
    await plannedAhead;
    await progress.service?.close();
    await progress.opened?.close();
    await auditLog?.close();
    await telemetry?.close();
  }
}
