import type { Logger } from 'pino';
import { describePending, type FoundImport, pendingImport } from '../data/import-marker.ts';
import { GraphError } from '../graph/errors.ts';
import type { Graph } from '../graph/graph.ts';
import type { Readiness } from '../http/observability/use-readiness.ts';
import { unlessStopped } from './unless-stopped.ts';

/** Maximum wait for the database to say that it is ready, in milliseconds. */
const TIMEOUT = 3_000;

/** An import without progress for longer than this stands still, in seconds: a batch takes a few. */
const STALLED = 60;

export interface GraphCheck extends Required<Pick<Readiness, 'check' | 'stalledImport'>> {
  /** Whether the last check found an import that is not complete. */
  readonly isImportPending: boolean;
}

const isUnanswered = (error: unknown) =>
  error instanceof GraphError || (error instanceof DOMException && error.name === 'TimeoutError');

/**
 * Tells whether the graph can be read. While an import is under way it holds a part of it, and a balancer should prefer
 * other servers or wait; the same holds until the first import into an empty graph is complete. An import that stands
 * still on a graph that was complete before may never go on, and all servers see it: they answer, and say so.
 */
export function createGraphCheck(graph: Graph, log: Logger): GraphCheck {
  let pending: FoundImport | undefined;
  let reported: string | undefined;

  const isStalled = ({ intoEmptyGraph, idleSeconds }: FoundImport) => !intoEmptyGraph && idleSeconds > STALLED;

  function report(found: FoundImport): void {
    const { digest, written } = found;
    const name = `${digest} ${written}`;
    if (name === reported) return;
    reported = name;
    log.warn({ files: found.files, written, total: found.total }, describePending(found));
  }

  return {
    async check() {
      try {
        pending = await unlessStopped(AbortSignal.timeout(TIMEOUT), pendingImport(graph));
      } catch (error) {
        if (isUnanswered(error)) return 'The database does not answer.';
        throw error;
      }
      if (!pending) reported = undefined;
      else if (!isStalled(pending))
        return `An import is not complete: ${pending.written} of ${pending.total} records are written.`;
      else report(pending);
      return undefined;
    },
    stalledImport() {
      return pending && isStalled(pending)
        ? { written: pending.written, total: pending.total, stalled: true }
        : undefined;
    },
    get isImportPending() {
      return pending !== undefined;
    },
  };
}
