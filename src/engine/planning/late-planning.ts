import { GraphError } from '../graph/errors.ts';
import { type Admission, type Graph, overdue, type ReadOptions, stopped, timeLimitOf } from '../graph/graph.ts';
import { inTime } from '../graph/in-time.ts';
import type { Statement } from '../graph/statement.ts';
import { untilAborted } from '../graph/until-aborted.ts';
import { createPlanner } from './planner.ts';

const isOverdue = (error: unknown) => error instanceof GraphError && error.fault === 'TIMEOUT';

/** The admission of a read, which lasts until its planning in the background has ended. */
function heldAdmission({ admit }: ReadOptions) {
  let held: Admission | undefined;
  let isOver = false;
  let isGiven = admit === undefined;
  const later: ReadOptions['admit'] = (text, signal) => {
    const admission = admit?.(text, signal);
    isGiven = admission === undefined;
    return admission?.then((end) => {
      isGiven = true;
      return (answered) => {
        if (answered || isOver) end(answered);
        else held = end;
      };
    });
  };
  return {
    options: admit ? { admit: later } : {},
    /** Whether the read was admitted, so that it has reached the database. */
    get isGiven() {
      return isGiven;
    },
    end(isPlanned: boolean) {
      isOver = true;
      held?.(isPlanned);
    },
  };
}

/**
 * A graph whose statements are planned sooner or later, however slow the database is: one that has reached its time limit is
 * planned in the background, and until then what runs it again waits for that planning, within its own time limit.
 */
export function withLatePlanning(graph: Graph, planner = createPlanner(graph)): Graph {
  /** @throws GraphError TIMEOUT, CANCELLED */
  async function untilPlanned({ name, text }: Pick<Statement, 'name' | 'text'>, options: ReadOptions): Promise<void> {
    const planning = planner.planning(text);
    if (!planning) return;
    try {
      await inTime(untilAborted(planning, options.signal), timeLimitOf(options), () => overdue({ name }));
    } catch (error) {
      throw options.signal?.aborted ? stopped() : error;
    }
  }

  return {
    ...graph,

    async read(statement, parameters, options = {}) {
      const end = performance.now() + timeLimitOf(options);
      await untilPlanned(statement, options);
      const admission = heldAdmission(options);
      try {
        return await graph.read(statement, parameters, {
          ...options,
          ...admission.options,
          timeLeft: () => end - performance.now(),
        });
      } catch (error) {
        if (isOverdue(error) && admission.isGiven) {
          void planner.plan(statement, parameters).then(admission.end);
        } else admission.end(false);
        throw error;
      }
    },

    async write(work, options) {
      let begun: readonly [statement: Statement, parameters: object] | undefined;
      try {
        return await graph.write(
          (run) =>
            work((statement, parameters) => {
              begun = [statement, parameters];
              return run(statement, parameters);
            }),
          options,
        );
      } catch (error) {
        if (isOverdue(error) && begun) void planner.plan(...begun);
        throw error;
      }
    },
  };
}
