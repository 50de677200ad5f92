import type { Logger } from 'pino';
import { describePending, type FoundImport, pendingImport } from '../../../doors/data/import-marker.ts';
import { times } from '../../../engine/budgets/time-budget.ts';
import { GraphError } from '../../../engine/graph/errors.ts';
import type { Graph } from '../../../engine/graph/graph.ts';
import type { Readiness } from '../../../server/observability/readiness.ts';
import { unlessStopped } from '../session/unless-stopped.ts';

/** Time in seconds without progress after which an import counts as stalled. A batch takes a few seconds. */
const STALLED = 60;

export interface GraphCheck extends Required<Pick<Readiness, 'check' | 'stalledImport'>> {
  /** Whether the last check found an import that is not complete. */
  readonly isImportPending: boolean;
  /** Whether the last check has found that the graph is ready; not before the first. */
  readonly isReady: boolean;
  /** Checks now and at intervals, also where readiness is never requested. @returns how to stop */
  keepChecking(interval?: number): () => void;
}

const isUnanswered = (error: unknown) =>
  error instanceof GraphError || (error instanceof DOMException && error.name === 'TimeoutError');

/**
 * Checks whether the graph is ready. During an import, or until the first import into an empty graph is complete, the graph
 * is incomplete, and load balancers should prefer other servers or wait. A stalled import into a complete graph affects all
 * servers and may never continue: they stay ready, and report it.
 */
export function createGraphCheck(graph: Graph, log: Logger): GraphCheck {
  let pending: FoundImport | undefined;
  let reported: string | undefined;
  let isReady = false;

  const isStalled = ({ intoEmptyGraph, idleSeconds }: FoundImport) => !intoEmptyGraph && idleSeconds > STALLED;

  function report(found: FoundImport): void {
    const { digest, written } = found;
    const name = `${digest} ${written}`;
    if (name === reported) return;
    reported = name;
    log.warn({ files: found.files, written, total: found.total }, describePending(found));
  }

  async function findObstacle(): Promise<string | undefined> {
    try {
      pending = await unlessStopped(AbortSignal.timeout(times.ready.ms), pendingImport(graph));
    } catch (error) {
      if (isUnanswered(error)) return 'The database does not respond.';
      throw error;
    }
    if (!pending) reported = undefined;
    else if (!isStalled(pending))
      return `An import is incomplete: ${pending.written} of ${pending.total} records written.`;
    else report(pending);
    return undefined;
  }

  async function check(): Promise<string | undefined> {
    const obstacle = await findObstacle();
    isReady = obstacle === undefined;
    return obstacle;
  }

  return {
    check,
    keepChecking(interval = times.readyAgain.ms) {
      // Requests for readiness report what else may be wrong.
      const look = () => void check().catch(() => {});
      look();
      const timer = setInterval(look, interval);
      return () => clearInterval(timer);
    },
    stalledImport() {
      return pending && isStalled(pending)
        ? { written: pending.written, total: pending.total, stalled: true }
        : undefined;
    },
    get isReady() {
      return isReady;
    },
    get isImportPending() {
      return pending !== undefined;
    },
  };
}
