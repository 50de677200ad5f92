import { once } from 'node:events';
import { type Authenticator, createAuthenticator } from '../access/authenticator.ts';
import { hasKeys } from '../access/kept-keys.ts';
import { anonymous } from '../access/viewer.ts';
import { createChangeFeed } from '../changes/change-feed.ts';
import { pendingImport } from '../data/import-marker.ts';
import { seedIfEmpty } from '../data/seed.ts';
import { GraphError } from '../graph/errors.ts';
import { keepStatistics } from '../graph/statistics.ts';
import { createMetrics } from '../http/metrics.ts';
import { readTrustedDocuments } from '../http/use-persisted-operations.ts';
import { createContext, schema } from '../schema/index.ts';
import { createServer, type ServerOptions } from '../server.ts';
import { describeImport } from './describe-import.ts';
import { createLog } from './log.ts';
import { type OpenGraph, openGraph } from './open-graph.ts';
import { seeds } from './seeds.ts';
import type { Session } from './session.ts';
import { unlessStopped } from './unless-stopped.ts';

/** Loads the seeds where the graph is empty, and says so. */
async function loadSeeds({ graph }: OpenGraph, { screen, signal }: Session): Promise<void> {
  const begun = performance.now();
  const summary = await unlessStopped(signal, seedIfEmpty(graph, seeds, { report: screen.progress }));
  screen.finish();
  if (summary === undefined) return;
  screen.say('The graph was empty; the seeds are loaded.');
  for (const line of describeImport(summary, performance.now() - begun)) screen.say(`  ${line}`);
}

/** So long is waited for the database to say that it is ready, in milliseconds. */
const PATIENCE = 3_000;

/** Why the graph cannot be read at the moment; nothing when it can. */
async function checkGraph({ graph }: OpenGraph): Promise<string | undefined> {
  try {
    const pending = await unlessStopped(AbortSignal.timeout(PATIENCE), pendingImport(graph));
    return pending && `An import is not complete: ${pending.written} of ${pending.total} records are written.`;
  } catch (error) {
    if (error instanceof GraphError || (error instanceof DOMException && error.name === 'TimeoutError')) {
      return 'The database does not answer.';
    }
    throw error;
  }
}

const trustedDocumentsOf = ({ trustedDocuments }: Session['config']) =>
  trustedDocuments === undefined ? undefined : readTrustedDocuments(trustedDocuments);

/** Serves the graph until the signal is aborted; then lets running requests finish and closes what it opened. */
export async function start(session: Session): Promise<void> {
  const { config, screen, signal } = session;
  const log = createLog(config);
  const metrics = createMetrics({ process: true });
  let opened: OpenGraph | undefined;
  let context: ServerOptions['context'] = () => ({});
  let authenticator: Authenticator = { authenticate: async () => anonymous };
  let waitingFor: string | undefined = 'The graph is being prepared.';

  const server = createServer({
    schema,
    context: (options) => context(options),
    access: { authenticator: { authenticate: (shown) => authenticator.authenticate(shown) }, reading: config.reading },
    readiness: {
      waitingFor: () => waitingFor,
      check: async () => opened && checkGraph(opened),
    },
    timeout: config.timeout,
    concurrency: config.concurrency,
    metrics,
    metricsAccess: config.metricsAccess,
    explaining: config.explaining,
    slow: config.slow,
    introspection: config.introspection,
    corsOrigins: config.corsOrigins,
    costLimit: config.costLimit,
    answerLimit: config.answerLimit,
    rateLimit: config.rateLimit,
    trustedProxies: config.trustedProxies,
    trustedDocuments: trustedDocumentsOf(config),
    log,
  });
  // First of all, so that a taken port costs nobody a database.
  metrics.watchConnections(() => opened?.connections());
  const listening = await server.listen(config.port, config.host);
  try {
    opened = await openGraph(session, { observe: metrics.statement });
    await loadSeeds(opened, session);
    const { graph } = opened;
    const statistics = keepStatistics(graph);
    authenticator = createAuthenticator({ graph, tokens: config.tokens });
    const feed = createChangeFeed(graph, {
      report: (error) => log.warn({ reason: String(error) }, 'The change log cannot be read at the moment.'),
    });
    context = (options) => createContext(graph, statistics, { ...options, feed });
    waitingFor = undefined;

    const { origin } = listening;
    log.info({ origin }, 'serving');
    screen.say('Silkgraph is ready.');
    screen.say(`  Explorer                ${origin}/explore`);
    screen.say(`  GraphQL and playground  ${origin}/graphql`);
    screen.say(`  Schema                  ${origin}/schema.graphql`);
    screen.say(`  Health                  ${origin}/health and ${origin}/ready`);
    if (config.metricsAccess !== 'off') screen.say(`  Metrics                 ${origin}/metrics`);
    if (!config.tokens && !(await hasKeys(graph))) {
      screen.say('  To write, make a key    npx silkgraph key create --role editor --name "…"');
    }
    if (!signal.aborted) await once(signal, 'abort');
    screen.say('Stopping: running requests may finish.');
    log.info('stopping');
  } catch (error) {
    if (!signal.aborted) throw error;
    screen.say('Stopped before it was ready.');
  } finally {
    waitingFor = 'The server is stopping.';
    await listening.close();
    await opened?.close();
  }
}
