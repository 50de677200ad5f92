import { createCache, textBytes } from '../budgets/budgeted-cache.ts';
import type { Parameters, ReadOptions } from '../graph/graph.ts';
import type { Statement } from '../graph/statement.ts';
import { createTextHashes } from '../graph/text-hashes.ts';
import type { Planner, PlanningOptions } from './planner.ts';

/**
 * Which statements run as they are. Neo4j plans each text that it has not met, for 0.1 to several seconds, so a new one is
 * read by parts that are planned already. If it comes again, Neo4j plans it in the background; from then on it runs whole.
 */
export interface StatementTiers {
  /** Whether the statement was planned. If not, and if it was asked for before, it is planned in the background. */
  isPlanned(statement: Statement<Parameters>, parameters: Parameters, options: ReadOptions): boolean;
  /** Whether a statement was planned, as far as it is known. */
  knows(statement: Statement<Parameters>): boolean;
  /** A statement has run, so that it is planned now. */
  learn(statement: Statement<Parameters>): void;
  /** Has a statement planned, after those that wait already. Resolves once it is planned, or cannot be. */
  plan(statement: Statement<Parameters>, parameters: Parameters, options?: PlanningOptions): Promise<void>;
}

/** Number of texts that are taken to be planned, at most as many as Neo4j keeps plans. */
const PLANNED = 800;

/** Number of texts that are remembered as asked for once. */
const MET_ONCE = 5_000;

export function createStatementTiers(planner: Planner): StatementTiers {
  const hashOf = createTextHashes('base64url');
  const keyOf = ({ text }: Statement<Parameters>) => hashOf(text);
  const sizeOf = (_: true, key: string) => textBytes(key);
  const planned = createCache<true>('statements', { max: PLANNED, sizeOf });
  const metOnce = createCache<true>('statements', { max: MET_ONCE, sizeOf });

  async function plan(
    statement: Statement<Parameters>,
    parameters: Parameters,
    options: PlanningOptions = {},
  ): Promise<void> {
    const key = keyOf(statement);
    if (planned.has(key)) return;
    if (await planner.plan(statement, parameters, options)) planned.set(key, true);
  }

  return {
    isPlanned(statement, parameters, options) {
      const key = keyOf(statement);
      if (planned.get(key)) return true;
      // The caller may leave, but the plan is for the next one.
      if (metOnce.has(key)) void plan(statement, parameters, { admit: options.admit });
      else metOnce.set(key, true);
      return false;
    },
    knows: (statement) => planned.get(keyOf(statement)) === true,
    learn(statement) {
      const key = keyOf(statement);
      if (!planned.get(key)) planned.set(key, true);
    },
    plan,
  };
}
