import cooperationGraph from '../../../src/cooperation/graph.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import type { Change } from '../../../src/engine/changes/change.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import { readScope } from '../../../src/graphql/watching/scope-text.ts';
import { createGraphStates } from '../../../src/history/revisions/graph-states.ts';
import type { ChangeScope } from '../../../src/history/scope/change-scope.ts';
import { readScoped, type ScopedLog } from '../../../src/history/scope/scoped-log.ts';

export const scope = (text: string): ChangeScope => readScope(cooperationGraph.schema, cooperation, text);

export function scopedLogOf(graph: Graph): ScopedLog {
  const states = createGraphStates(graph);
  return { graph, states: () => states };
}

/** All changes of a scope after a sequence, read in pages. */
export async function follow(log: ScopedLog, wanted: ChangeScope, after = 0, first = 100): Promise<readonly Change[]> {
  const found: Change[] = [];
  for (let at = after; ; ) {
    const { changes, last } = await readScoped(log, { scope: wanted, after: at, first });
    found.push(...changes);
    if (last === at) return found;
    at = last;
  }
}

export const sequences = (changes: readonly Change[]) => changes.map(({ sequence }) => sequence);
