import { importFiles } from '../data/import-files.ts';
import { seed } from '../data/seed.ts';
import type { ImportSummary } from '../data/summary.ts';
import type { Graph } from '../graph/graph.ts';
import { describeImport } from './describe-import.ts';
import { openGraph } from './open-graph.ts';
import { seeds } from './seeds.ts';
import type { Session } from './session.ts';
import { unlessStopped } from './unless-stopped.ts';

/** Runs an import on the graph and says what it did. */
async function runImport(session: Session, work: (graph: Graph) => Promise<ImportSummary>): Promise<void> {
  const opened = await openGraph(session);
  try {
    const begun = performance.now();
    const summary = await unlessStopped(session.signal, work(opened.graph));
    for (const line of describeImport(summary, performance.now() - begun)) session.screen.say(line);
  } finally {
    session.screen.finish();
    await opened.close();
  }
}

/** Brings the graph to what the seeds say. */
export const seedGraph = (session: Session, { prune = false }: { readonly prune?: boolean }): Promise<void> =>
  runImport(session, (graph) => seed(graph, seeds, { prune, report: session.screen.progress }));

/** Imports files and folders into the graph. */
export const importIntoGraph = (
  session: Session,
  paths: readonly string[],
  { replacePending = false }: { readonly replacePending?: boolean },
): Promise<void> =>
  runImport(session, (graph) => importFiles(graph, paths, { replacePending, report: session.screen.progress }));
