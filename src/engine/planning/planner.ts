import type { Graph, ReadOptions } from '../graph/graph.ts';
import type { Row, Statement } from '../graph/statement.ts';

/**
 * Has Neo4j plan statements in the background, one after the other, without a time limit: Neo4j forgets a planning that is
 * aborted, so under a limit that is too short a statement would never run.
 */
export interface Planner {
  /**
   * Has a statement planned, after those that wait already. Each text is planned once for all who ask meanwhile.
   * @param parameters only their types count, and maps may be empty
   * @returns whether it is planned now. It is not if too many wait, or if it is refused, fails or its signal aborts.
   */
  plan(statement: Statement, parameters: object, options?: PlanningOptions): Promise<boolean>;
  /** The planning of a text that waits or is under way. */
  planning(text: string): Promise<boolean> | undefined;
}

export type PlanningOptions = Pick<ReadOptions, 'admit' | 'signal'>;

/** Number of statements that wait to be planned; more are not planned. */
const WAITING = 50;

export function createPlanner(graph: Graph): Planner {
  const inPlanning = new Map<string, Promise<boolean>>();
  let last: Promise<unknown> = Promise.resolve();

  async function explain(text: string, parameters: object, { admit, signal }: PlanningOptions): Promise<boolean> {
    const admission = await admit?.(text);
    let done = false;
    try {
      // EXPLAIN keeps the plan for the statement itself.
      const explained: Statement<object, Row> = { name: 'explain', text: `EXPLAIN ${text}` };
      await graph.read(explained, parameters, { timeout: Number.POSITIVE_INFINITY, signal });
      done = true;
    } finally {
      admission?.(done);
    }
    return done;
  }

  return {
    plan({ text }, parameters, options = {}) {
      const known = inPlanning.get(text);
      if (known) return known;
      if (inPlanning.size >= WAITING) return Promise.resolve(false);
      const planning = last
        .then(() => explain(text, parameters, options))
        // A caller with too many new statements, or a database in trouble.
        .catch(() => false)
        .finally(() => inPlanning.delete(text));
      inPlanning.set(text, planning);
      last = planning;
      return planning;
    },
    planning: (text) => inPlanning.get(text),
  };
}
