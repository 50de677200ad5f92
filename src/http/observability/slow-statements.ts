import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Graph, PlanStep } from '../../graph/graph.ts';
import type { StatementRecord } from '../operation-record.ts';
import { planLines } from './plan-lines.ts';

/** Tells how Neo4j answers statements that were slow. */
export interface SlowStatements {
  /** Logs the plan of a statement, once for each text, and one at a time. */
  explain(statement: StatementRecord, requestId: string): void;
}

/** Texts that are remembered as explained. */
const REMEMBERED = 500;
const TIMEOUT = 5_000;

/** @param graphFor the graph, for whatever is no request's own */
export function createSlowStatements(graphFor: () => Graph | undefined, log: Logger): SlowStatements {
  const explained = new LRUCache<string, true>({ max: REMEMBERED });
  let isBusy = false;

  async function logPlan({ name, text }: StatementRecord, requestId: string): Promise<void> {
    let plan: PlanStep | undefined;
    // EXPLAIN runs nothing, and needs no values for the parameters.
    await graphFor()?.read(
      { name: 'explain', text: `EXPLAIN ${text}` },
      {},
      {
        timeout: TIMEOUT,
        observe: (ran) => {
          plan = ran.plan;
        },
      },
    );
    if (plan) log.warn({ requestId, statement: name, text, plan: planLines(plan) }, 'plan of a slow statement');
  }

  return {
    explain(statement, requestId) {
      // A statement that could not be run has nothing to explain, and a database that struggles is not asked for more.
      if (isBusy || explained.has(statement.text) || (statement.error && statement.error.fault !== 'TIMEOUT')) return;
      explained.set(statement.text, true);
      isBusy = true;
      logPlan(statement, requestId)
        .catch((error: unknown) =>
          log.debug({ requestId, reason: String(error) }, 'The plan of a statement could not be read.'),
        )
        .finally(() => {
          isBusy = false;
        });
    },
  };
}
