import type { Graph } from '../../../engine/graph/graph.ts';
import { openGraph } from './open-graph.ts';
import type { Session } from './session.ts';
import { unlessStopped } from './unless-stopped.ts';

/** Runs a task on the graph and prints its result. @throws what the task and `openGraph` throw */
export async function withGraph(session: Session, work: (graph: Graph) => Promise<readonly string[]>): Promise<void> {
  const opened = await openGraph(session);
  try {
    for (const line of await unlessStopped(session.signal, work(opened.graph))) session.screen.say(line);
  } finally {
    await opened.close();
  }
}
