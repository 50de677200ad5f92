import {
  allExported,
  type ExportFormat,
  exportedFileName,
  exportFile,
  exportWhole,
} from '../../../src/doors/data/export/export-graph.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';

/** All of a text that comes piece by piece. */
export const textOf = async (pieces: AsyncIterable<string>) => {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
};

/** Every file of an export, by its name. */
export async function exported(graph: Graph, format: ExportFormat): Promise<Record<string, string>> {
  const files = allExported(graph.ontology).map(async (what) => [
    exportedFileName(graph.ontology, what, format),
    await textOf(exportFile(graph, what, format)),
  ]);
  return Object.fromEntries(await Promise.all(files));
}

/** The graph as one file, in both forms. */
export async function wholes(graph: Graph): Promise<Record<string, string>> {
  return {
    'graph.json': await textOf(exportWhole(graph, 'json')),
    'graph.jsonl': await textOf(exportWhole(graph, 'jsonl')),
  };
}
