import { setTimeout as sleep } from 'node:timers/promises';
import type { Graph } from '../../../engine/graph/graph.ts';
import type { NoParameters, Statement } from '../../../engine/graph/statement.ts';
import { ImportTakenOver, pendingImport } from '../import-marker.ts';
import { isEmpty } from './check-data.ts';
import { type ImportOptions, runImport } from './run-import.ts';
import type { ImportSummary } from './summary.ts';

export interface SeedOptions extends ImportOptions {
  /** Removes what earlier seeds put into the graph and these no longer hold; else it is only listed. */
  readonly prune?: boolean | undefined;
}

/**
 * Synchronises the graph with the seed files: creates, updates and, with `prune`, removes records. Records that did not
 * come from the seeds are never removed.
 * @throws ImportRefused with every fault, where there is one; ImportPending, ImportTakenOver, GraphError
 */
export const seed = (graph: Graph, folder: string, options: SeedOptions = {}): Promise<ImportSummary> =>
  runImport(graph, [folder], { ...options, seeded: true });

/** The database contains nodes that are not Silkgraph's. */
export class ForeignData extends Error {
  constructor(labels: readonly string[]) {
    super(
      `The database contains nodes that are not Silkgraph's (${labels.map((label) => `:${label}`).join('') || 'without a label'}), so no seeds are loaded. Give Silkgraph a database of its own.`,
    );
    this.name = 'ForeignData';
  }
}

// An entity is not foreign: it was not there a moment ago, so another server that starts has written it.
const foreignNode: Statement<NoParameters, readonly [labels: readonly string[]]> = {
  name: 'seed-foreign-node',
  text: "MATCH (node) WHERE none(label IN labels(node) WHERE label = 'Entity' OR label STARTS WITH '_') RETURN labels(node) LIMIT 1",
};

/** Milliseconds between two looks at the import of another server. */
const LOOK = 500;

/** Seconds without progress after which the import of another server has stopped. */
const STOPPED = 60;

/** Waits until the import of another server is complete, or has stopped. */
async function otherImport(graph: Graph): Promise<void> {
  for (let moves = true; moves; ) {
    await sleep(LOOK);
    const pending = await pendingImport(graph);
    moves = pending !== undefined && pending.idleSeconds < STOPPED;
  }
}

/**
 * Loads the seeds into a graph without any entity, and completes a seed that was stopped. Leaves any other graph as it
 * is and then returns nothing. Of servers that start at the same time, the last to begin loads them, and the others wait.
 * @throws ForeignData; and what `seed` throws
 */
export async function seedIfEmpty(
  graph: Graph,
  folder: string,
  options: ImportOptions = {},
): Promise<ImportSummary | undefined> {
  for (;;) {
    const pending = await pendingImport(graph);
    if (pending ? !pending.seeded : !(await isEmpty(graph))) return undefined;
    if (!pending) {
      const [row] = await graph.read(foreignNode, {});
      if (row) throw new ForeignData(row[0]);
    }
    try {
      return await seed(graph, folder, options);
    } catch (error) {
      if (!(error instanceof ImportTakenOver)) throw error;
      await otherImport(graph);
    }
  }
}
