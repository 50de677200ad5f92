import { cooperation } from '../../src/cooperation/ontology.ts';
import { GraphError } from '../../src/engine/graph/errors.ts';
import { type Graph, timeLimitOf } from '../../src/engine/graph/graph.ts';
import { inTime } from '../../src/engine/graph/in-time.ts';
import { readingRows } from './graph-double.ts';

/**
 * A database that plans each statement until the test has it finish. As in Neo4j, a planning that reaches the time limit of
 * its statement is lost, and `EXPLAIN` plans a statement without running it.
 */
export function slowlyPlanned(rows: readonly (readonly unknown[])[]) {
  const planned = new Set<string>();
  /** The texts as they were sent, each time the database began to plan one. */
  const attempts: string[] = [];
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const read = readingRows(async ({ name, text: sent }, _, options = {}) => {
    const admission = await options.admit?.(sent, options.signal);
    const text = sent.replace(/^EXPLAIN /, '');
    try {
      if (!planned.has(text)) {
        attempts.push(sent);
        const limit = timeLimitOf(options);
        // It takes longer than any limit.
        const planning = Number.isFinite(limit) ? new Promise<void>(() => {}) : finished;
        await inTime(planning, limit, () => new GraphError('TIMEOUT', `${name}: too late`));
        planned.add(text);
      }
    } catch (error) {
      admission?.(false);
      throw error;
    }
    admission?.(true);
    return text === sent ? rows : [];
  });
  const graph: Graph = { ontology: cooperation, read, write: () => Promise.reject(new Error('Nothing is written.')) };
  return { graph, attempts, finish };
}
