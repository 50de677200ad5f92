import type { Graph } from '../../../engine/graph/graph.ts';
import { type ImportOptions, runImport } from './run-import.ts';
import type { ImportSummary } from './summary.ts';

/**
 * Imports files and folders of records into the graph: creates missing records, updates those that differ, removes
 * none. Records may refer to others in the files or in the graph. With a file for rejects, records with errors and
 * those that depend on them are written to it, and the rest is imported.
 * @throws ImportRefused with every fault, where there is one; ImportPending, ImportTakenOver, GraphError
 */
export const importFiles = (
  graph: Graph,
  paths: readonly string[],
  options: ImportOptions = {},
): Promise<ImportSummary> => runImport(graph, paths, { ...options, seeded: false });
