import type { Graph } from '../graph/graph.ts';
import { type ImportOptions, runImport } from './run-import.ts';
import type { ImportSummary } from './summary.ts';

/**
 * Imports files and folders of records into the graph: creates what it lacks, changes what differs, removes nothing.
 * What the records name may stand in the files or in the graph. With a file for rejects, records with faults go there
 * with those that need them, and the rest is imported.
 * @throws ImportRefused with every fault, where there is one; ImportPending, ImportTakenOver, GraphError
 */
export const importFiles = (
  graph: Graph,
  paths: readonly string[],
  options: ImportOptions = {},
): Promise<ImportSummary> => runImport(graph, paths, { ...options, seeded: false });
