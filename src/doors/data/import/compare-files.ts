import type { NewChange } from '../../../engine/changes/log/change-log.ts';
import type { Graph } from '../../../engine/graph/graph.ts';
import { type ImportOptions, OnlyCompared, runImport } from './run-import.ts';

/**
 * What an import of files and folders of records would change in the graph. Nothing is written.
 * @throws ImportRefused with every fault, where there is one; TooManyToCompare, ImportPending, GraphError
 */
export async function compareFiles(
  graph: Graph,
  paths: readonly string[],
  options: Pick<ImportOptions, 'mapping' | 'report'> = {},
): Promise<readonly NewChange[]> {
  try {
    await runImport(graph, paths, { ...options, seeded: false, onlyCompare: true });
  } catch (error) {
    if (error instanceof OnlyCompared) return error.changes;
    throw error;
  }
  throw new Error('The import was written although it was only to be compared.');
}
