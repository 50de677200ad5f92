import type { Logger } from 'pino';
import { type Authenticator, createAuthenticator } from '../../../engine/access/authenticator.ts';
import { timeOf, times } from '../../../engine/budgets/time-budget.ts';
import { keepPurging } from '../../../engine/changes/apply/purge-idempotency-keys.ts';
import { createChangeFeed } from '../../../engine/changes/log/change-feed.ts';
import { createGraphRevisions, type GraphRevisions } from '../../../engine/changes/log/graph-revisions.ts';
import type { Graph } from '../../../engine/graph/graph.ts';
import { createSharedSecret } from '../../../engine/graph/shared-secret.ts';
import { withTimeLimit } from '../../../engine/graph/time-limit.ts';
import { withLatePlanning } from '../../../engine/planning/late-planning.ts';
import { createPlanner } from '../../../engine/planning/planner.ts';
import { type Contexts, createContexts } from '../../../graphql/index.ts';
import { readScope } from '../../../graphql/watching/scope-text.ts';
import { createGraphStates } from '../../../history/revisions/graph-states.ts';
import { keepDelivering, ScopeRefused } from '../../../history/watching/deliveries.ts';
import { announcingFeed } from '../../../server/replicas/announcing-feed.ts';
import { connectReplicas, type Replicas } from '../../../server/replicas/replicas.ts';
import type { Silkgraph } from '../../../service/silkgraph.ts';
import type { OpenGraph } from '../session/open-graph.ts';
import type { Session } from '../session/session.ts';
import { createGraphCheck, type GraphCheck } from './graph-check.ts';
import { planOwnStatements } from './own-statements.ts';

/** What a server does with a graph that is open and whole. */
export interface OpenService {
  readonly graph: Graph;
  /** The same for statements of the server itself. */
  readonly own: Graph;
  readonly contexts: Contexts;
  readonly revisions: GraphRevisions;
  /** Resolves once the database has planned how the log is read, or cannot. */
  readonly isLogPlanned: Promise<unknown>;
  readonly authenticator: Authenticator;
  readonly check: GraphCheck;
  readonly replicas: Replicas | undefined;
  /** Ends checks, deliveries, and what is shared with other servers. */
  close(): Promise<void>;
}

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

/** Warns with the reason. */
const warning = (log: Logger, message: string) => (error: unknown) => log.warn({ reason: String(error) }, message);

const authenticatorOf = (graph: Graph, { roles, tokens, oidc, clockTolerance }: Session['config'], log: Logger) =>
  createAuthenticator({
    graph,
    ...{ roles, tokens, oidc, clockTolerance },
    report: ({ issuer, error }) => {
      if (error)
        log.warn({ issuer, reason: (error as Error).message }, 'An identity provider does not respond as it should.');
      else log.info({ issuer }, 'An identity provider responds again.');
    },
  });

/** Servers of one graph have a secret in common, and others cannot guess it. */
const replicasOf = async (address: string, graph: Graph, onChange: () => void, log: Logger): Promise<Replicas> =>
  connectReplicas({
    address,
    graph: await createSharedSecret(() => graph, 'replicas')(),
    onChange,
    report: (error) => {
      if (error)
        log.warn(
          { reason: String(error) },
          'The store of SILKGRAPH_REDIS does not respond: this server counts separately.',
        );
      else log.info('The store of SILKGRAPH_REDIS responds again.');
    },
  });

/** Begins what a server does with an open graph. @throws GraphError */
export async function openService(
  { graph: opened, isRouted }: OpenGraph,
  { config, silkgraph }: { readonly config: Session['config']; readonly silkgraph: Silkgraph },
  log: Logger,
): Promise<OpenService> {
  const planner = createPlanner(opened);
  const graph = withLatePlanning(opened, planner);
  // A planner of its own, so that statements of the server do not wait behind those of callers.
  const ownPlanner = createPlanner(opened);
  const own = withTimeLimit(withLatePlanning(opened, ownPlanner), times.ownStatement.ms);
  const planned = planOwnStatements(ownPlanner, opened.ontology);
  const feed = createChangeFeed(own, {
    report: warning(log, 'The change log is temporarily unavailable.'),
    // A single database is never behind itself.
    ...(isRouted ? {} : { lostAfter: 0 }),
  });
  const revisions = createGraphRevisions(own, { isRouted, timeout: timeOf('log', config.timeout) / 2 });
  const onChange = () => {
    feed.wake();
    revisions.expire();
  };
  // First, as nothing has to be ended if it fails.
  const replicas = config.redis === undefined ? undefined : await replicasOf(config.redis, graph, onChange, log);
  const states = createGraphStates(graph, { bytes: config.history });
  const announced = replicas ? announcingFeed(feed, replicas) : feed;
  const contexts = createContexts(graph, { own, planner, feed: announced, revisions, states });
  const check = createGraphCheck(own, log);
  const stopChecking = check.keepChecking();
  const stopForgetting = keepPurging(graph, {
    report: warning(log, 'Expired responses of idempotent requests could not be deleted.'),
  });
  const stopDelivering = keepDelivering(own, {
    begin: planned.all,
    isReady: () => check.isReady,
    allowPrivate: config.watchPrivate,
    states: () => states,
    readScope: deliveredScope(silkgraph),
    report: warning(log, 'Changes could not be posted to those who watch.'),
  });
  return {
    ...{ graph, own, revisions, replicas, contexts, check },
    isLogPlanned: planned.log,
    authenticator: authenticatorOf(own, config, log),
    async close() {
      stopForgetting();
      stopChecking();
      await stopDelivering();
      await replicas?.close();
    },
  };
}
