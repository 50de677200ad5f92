import DataLoader from 'dataloader';
import { REQUEST_TIME } from '../../engine/budgets/time-budget.ts';
import { GraphError } from '../../engine/graph/errors.ts';
import { type ReadOptions, timeLimitOf } from '../../engine/graph/graph.ts';
import type { FanOutPlan, LookupPlan } from '../../engine/reads/plan.ts';
import { Connection, relationAnswer, targetEntity } from '../../engine/reads/rows.ts';
import { answerPlan, type Pace } from '../../history/memory/answer-plan.ts';
import type { GraphSnapshot } from '../../history/memory/graph-snapshot.ts';
import type { Reader } from './reader.ts';

/** Milliseconds that a request keeps the event loop before others have their turn. */
const TURN = 10;

/** Turns within the time of a request. */
export function paceOf({ signal, timeout = REQUEST_TIME, timeLeft }: ReadOptions): Pace {
  const end = performance.now() + timeLimitOf({ timeout, timeLeft });
  let begun = performance.now();
  return () => {
    const now = performance.now();
    if (signal?.aborted) throw new GraphError('CANCELLED', 'The client disconnected before the answer was complete.');
    if (now > end) throw new GraphError('TIMEOUT', 'as-of: the time limit was reached.');
    if (now - begun < TURN) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        begun = performance.now();
        resolve();
      });
    });
  };
}

/** Reads a state of the graph for one request, as `createReader` reads the database. */
export function createMemoryReader(graph: GraphSnapshot, pace: Pace, report?: ReadOptions['report']): Reader {
  /** What is read from memory counts as what the database returns. */
  const counted = <Rows extends readonly unknown[]>(rows: Rows): Rows => {
    report?.([rows]);
    return rows;
  };
  const relations = new DataLoader<Parameters<Reader['relation']>, Awaited<ReturnType<Reader['relation']>>>(
    (keys) =>
      Promise.all(
        keys.map(async ([of, relation]) => {
          const plan: FanOutPlan = { shape: 'fanOut', kind: of.kind, relation, slugs: [of.slug] };
          const [found] = await answerPlan(graph, plan, pace);
          return found ? relationAnswer(relation, counted(found)[1], of) : null;
        }),
      ),
    { cache: false },
  );
  return {
    page: async (plan) => new Connection(plan, counted(await answerPlan(graph, plan, pace))),
    async entities(target, slugs) {
      const plan: LookupPlan = { shape: 'lookup', target, slugs };
      const rows = counted(await answerPlan(graph, plan, pace));
      const bySlug = new Map(rows.map((row) => [row[0], targetEntity(target, row)]));
      return slugs.map((slug) => bySlug.get(slug) ?? null);
    },
    relation: (of, plan) => relations.load([of, plan]),
  };
}
