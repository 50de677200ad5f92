import type { Logger } from 'pino';
import { createCache, textBytes } from '../../engine/budgets/budgeted-cache.ts';
import { times } from '../../engine/budgets/time-budget.ts';
import type { Graph, PlanStep } from '../../engine/graph/graph.ts';
import { emptyMaps } from '../../engine/graph/statement.ts';
import type { StatementRecord } from '../operation-record.ts';
import { planLines } from './plan-lines.ts';

/** Logs the plans of slow statements. */
export interface SlowStatements {
  /** Logs the plan of a statement, once for each text, one at a time. */
  explain(statement: StatementRecord, requestId: string): void;
}

/** Maximum number of texts that are remembered as explained. */
const REMEMBERED = 500;

/** @param graphFor the graph, for work that belongs to no request */
export function createSlowStatements(graphFor: () => Graph | undefined, log: Logger): SlowStatements {
  const explained = createCache<true>('statements', { max: REMEMBERED, sizeOf: (_, text) => textBytes(text) });
  let isBusy = false;

  async function logPlan({ name, text }: StatementRecord, requestId: string): Promise<void> {
    let plan: PlanStep | undefined;
    // EXPLAIN does not run the statement, and needs no values for its parameters. What was planned is not planned again.
    await graphFor()?.read({ name: 'explain', text: `EXPLAIN ${text}` }, emptyMaps(text), {
      timeout: times.ownStatement.ms,
      observe: (ran) => {
        plan = ran.plan;
      },
    });
    if (plan) log.warn({ requestId, statement: name, text, plan: planLines(plan) }, 'plan of a slow statement');
  }

  return {
    explain(statement, requestId) {
      // A failed statement has no plan, and a database in trouble is not queried further.
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
