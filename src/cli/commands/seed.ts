import { InvalidArgumentError } from 'commander';
import { seed } from '../../doors/data/import/seed.ts';
import type { ImportSummary } from '../../doors/data/import/summary.ts';
import type { Graph } from '../../engine/graph/graph.ts';
import { describeImport } from './describe-import.ts';
import { openGraph } from './session/open-graph.ts';
import type { Session } from './session/session.ts';
import { unlessStopped } from './session/unless-stopped.ts';

/** Runs an import and prints a summary. */
export async function runOnGraph(
  session: Session,
  work: (graph: Graph) => Promise<ImportSummary>,
): Promise<ImportSummary> {
  const opened = await openGraph(session);
  try {
    const begun = performance.now();
    const summary = await unlessStopped(session.signal, work(opened.graph));
    for (const line of describeImport(opened.graph.ontology, summary, performance.now() - begun))
      session.screen.say(line);
    return summary;
  } finally {
    session.screen.finish();
    await opened.close();
  }
}

/** The folder of the graph's seeds. @throws InvalidArgumentError if it has none */
async function seedsOf({ silkgraph }: Session): Promise<string> {
  const { seeds } = await silkgraph();
  if (seeds === undefined)
    throw new InvalidArgumentError('The graph has no seeds. Import files with silkgraph import.');
  return seeds;
}

/** Synchronises the graph with the seed files. */
export async function seedGraph(session: Session, { prune = false }: { readonly prune?: boolean }): Promise<void> {
  const seeds = await seedsOf(session);
  await runOnGraph(session, (graph) => seed(graph, seeds, { prune, report: session.screen.progress }));
}
