import { type ChangeFeed, createChangeFeed } from '../engine/changes/log/change-feed.ts';
import type { GraphRevisions } from '../engine/changes/log/graph-revisions.ts';
import type { Graph } from '../engine/graph/graph.ts';
import { createPlanner, type Planner } from '../engine/planning/planner.ts';
import { createStatementTiers, type StatementTiers } from '../engine/planning/statement-tiers.ts';
import { keepStatistics, type Statistics } from '../engine/reads/statistics.ts';
import type { GraphStates } from '../history/revisions/graph-states.ts';
import { type Context, type ContextOptions, createContext } from './context.ts';

interface ContextsOptions {
  /** The same graph for statements of the server itself. @default the graph */
  readonly own?: Graph;
  /** Plans statements of the graph. @default one of its own */
  readonly planner?: Planner;
  /** @default one of its own */
  readonly feed?: ChangeFeed;
  /** Is notified of each write. @default nothing is */
  readonly revisions?: GraphRevisions;
  /** Earlier states of the graph. @default those of the graph, at their usual size */
  readonly states?: GraphStates;
}

/** The contexts of all requests of a server, and what they share. */
export interface Contexts {
  readonly statistics: () => Promise<Statistics>;
  readonly tiers: StatementTiers;
  /** The context of one request. */
  readonly of: (options: ContextOptions) => Context;
}

/** Begins what the requests of a server share, once per graph. */
export function createContexts(
  graph: Graph,
  { own = graph, planner = createPlanner(graph), feed = createChangeFeed(own), ...others }: ContextsOptions = {},
): Contexts {
  const statistics = keepStatistics(own);
  const tiers = createStatementTiers(planner);
  return {
    statistics,
    tiers,
    of: (options) => createContext(graph, statistics, { ...options, ...others, feed, tiers }),
  };
}
