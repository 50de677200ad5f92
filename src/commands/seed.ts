import { seed } from '../data/import/seed.ts';
import type { ImportSummary } from '../data/import/summary.ts';
import type { Graph } from '../graph/graph.ts';
import { describeImport } from './describe-import.ts';
import { openGraph } from './open-graph.ts';
import { seeds } from './seeds.ts';
import type { Session } from './session.ts';
import { unlessStopped } from './unless-stopped.ts';

/** Runs an import and prints a summary. */
export async function runOnGraph(
  session: Session,
  work: (graph: Graph) => Promise<ImportSummary>,
): Promise<ImportSummary> {
  const opened = await openGraph(session);
  try {
    const begun = performance.now();
    const summary = await unlessStopped(session.signal, work(opened.graph));
    for (const line of describeImport(summary, performance.now() - begun)) session.screen.say(line);
    return summary;
  } finally {
    session.screen.finish();
    await opened.close();
  }
}

/** Synchronises the graph with the seed files. */
export async function seedGraph(session: Session, { prune = false }: { readonly prune?: boolean }): Promise<void> {
  await runOnGraph(session, (graph) => seed(graph, seeds, { prune, report: session.screen.progress }));
}
