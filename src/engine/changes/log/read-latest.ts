import neo4j, { type Integer } from 'neo4j-driver';
import type { Kind } from '../../../ontology/vocabulary.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Statement } from '../../graph/statement.ts';
import type { Change } from '../change.ts';
import { changeOf, type StoredChange } from './change-log.ts';
import { changesBy, firstBy, firstOf } from './changes-by.ts';
import { lastSequence, ofKinds } from './read-changes.ts';

/** Which of the latest changes: those that concern a kind and an entity of these, where given. */
export interface LatestWanted {
  readonly kinds?: readonly Kind[] | undefined;
  /** Slugs. */
  readonly ids?: readonly string[] | undefined;
  /** Only changes before this sequence. */
  readonly before?: number | undefined;
  readonly first: number;
}

/** Changes that are looked at for those of a kind alone, so that a rare one does not have the whole log read. */
const MOST_LOOKED_AT = 50_000;

interface Parameters {
  readonly kinds: readonly Kind[] | null;
  readonly after: Integer;
  readonly before: Integer;
  readonly first: Integer;
}

const latest: Statement<Parameters, readonly [change: StoredChange]> = {
  name: 'changes-latest',
  text: `${changesBy('sequence')} WHERE $after < change.sequence < $before AND ${ofKinds}
RETURN properties(change) ORDER BY change.sequence DESC LIMIT $first`,
};

const isEarlier = `0 < change.sequence < $before AND ${ofKinds}`;

const latestOfIds: Statement<
  Omit<Parameters, 'after'> & { readonly ids: readonly string[] },
  readonly [change: StoredChange]
> = {
  name: 'changes-latest-of-ids',
  text: `CALL () {
  UNWIND $ids AS id
  CALL (id) {${firstOf('id', isEarlier, ' DESC')}
  }
  RETURN change
  UNION${firstBy('subject', "'IMPORT'", isEarlier, ' DESC')}
}
RETURN properties(change) ORDER BY change.sequence DESC LIMIT $first`,
};

/** The latest changes, newest first, and the first sequence that was looked at: continue before it. */
export interface LatestChanges {
  readonly changes: readonly Change[];
  readonly since: number;
}

/** The latest changes. Rare ones of a kind may need several reads. @throws GraphError */
export async function readLatest(graph: Graph, { kinds, ids, before, first }: LatestWanted): Promise<LatestChanges> {
  const end = before ?? (await lastSequence(graph)) + 1;
  const after = ids ? 0 : Math.max(0, end - MOST_LOOKED_AT);
  const parameters = { kinds: kinds ?? null, before: neo4j.int(end), first: neo4j.int(first) };
  const rows = await (ids
    ? graph.read(latestOfIds, { ...parameters, ids: [...new Set(ids)] })
    : graph.read(latest, { ...parameters, after: neo4j.int(after) }));
  const changes = rows.map(([change]) => changeOf(graph.ontology, change));
  return { changes, since: changes.length < first ? after + 1 : (changes.at(-1)?.sequence ?? after + 1) };
}

/**
 * The last changes before a sequence and after another, newest first, read until there are as many as wanted.
 * @throws GraphError
 */
export async function readLast(
  graph: Graph,
  { after, ...wanted }: LatestWanted & { readonly after: number },
): Promise<readonly Change[]> {
  const found: Change[] = [];
  let before = wanted.before;
  do {
    const { changes, since } = await readLatest(graph, { ...wanted, before, first: wanted.first - found.length });
    found.push(...changes.filter(({ sequence }) => sequence > after));
    before = since;
  } while (found.length < wanted.first && before > after + 1);
  return found;
}
