import type { Change } from '../../engine/changes/change.ts';
import { readChanges } from '../../engine/changes/log/read-changes.ts';
import { GraphError } from '../../engine/graph/errors.ts';
import type { Graph, ReadOptions } from '../../engine/graph/graph.ts';

/** Changes that are read at once. */
const PAGE = 2_000;

export interface BetweenOptions extends ReadOptions {
  /** Length of the texts in the log up to which changes are read. @default no maximum */
  readonly most?: number | undefined;
  /** The error if they are longer. */
  readonly refusal?: () => Error;
}

export interface ChangesBetween {
  readonly changes: readonly Change[];
  /** Length of their texts in the log. */
  readonly characters: number;
}

/** The changes after one revision up to another, which exists. @throws GraphError, and the refusal */
export async function readChangesBetween(
  graph: Graph,
  after: number,
  until: number,
  {
    most = Number.POSITIVE_INFINITY,
    refusal = () => new Error('The changes are too long.'),
    ...options
  }: BetweenOptions = {},
): Promise<ChangesBetween> {
  const changes: Change[] = [];
  let characters = 0;
  for (let last = after; last < until; ) {
    const page = await readChanges(graph, { after: last, first: Math.min(PAGE, until - last) }, options);
    // In a cluster, the server that is asked may be behind the one that named the revision.
    if (page.last === last) throw new GraphError('UNAVAILABLE', `The change log ends at ${last}, before ${until}.`);
    characters += page.characters;
    if (characters > most) throw refusal();
    for (const change of page.changes) if (change.sequence <= until) changes.push(change);
    last = page.last;
  }
  return { changes, characters };
}
