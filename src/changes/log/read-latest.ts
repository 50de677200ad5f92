import neo4j, { type Integer } from 'neo4j-driver';
import type { Graph } from '../../graph/graph.ts';
import type { Statement } from '../../graph/statement.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import type { Change } from '../change.ts';
import { concerns } from './change-feed.ts';
import { changeOf, type StoredChange } from './change-log.ts';
import { changesBy } from './changes-by.ts';
import { createHistoryLoader } from './history-loader.ts';
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

/** Changes that are looked at for those of a kind, so that a rare one does not have the whole log read. */
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

/** The latest changes, newest first, and the first sequence that was looked at: continue before it. */
export interface LatestChanges {
  readonly changes: readonly Change[];
  readonly since: number;
}

async function latestOfEntities(
  graph: Graph,
  { kinds, ids = [], before, first }: LatestWanted,
): Promise<LatestChanges> {
  const loader = createHistoryLoader(graph);
  const found: Change[] = [];
  let end = before;
  let since = 1;
  for (let lookedAt = 0; lookedAt < MOST_LOOKED_AT; lookedAt += first) {
    const until = end;
    const pages = await Promise.all(ids.map((slug) => loader.read({ slug, before: until, first })));
    const bySequence = new Map(pages.flat().map((change) => [change.sequence, change]));
    const page = [...bySequence.values()].sort((left, right) => right.sequence - left.sequence).slice(0, first);
    found.push(...page.filter((change) => concerns(change, { kinds })));
    since = page.length < first ? 1 : (page.at(-1)?.sequence ?? 1);
    if (page.length < first || found.length >= first) break;
    end = since;
  }
  const changes = found.slice(0, first);
  return { changes, since: changes.length < first ? since : (changes.at(-1)?.sequence ?? since) };
}

/** The latest changes. Rare ones may need several reads. @throws GraphError */
export async function readLatest(graph: Graph, wanted: LatestWanted): Promise<LatestChanges> {
  if (wanted.ids) return latestOfEntities(graph, wanted);
  const before = wanted.before ?? (await lastSequence(graph)) + 1;
  const after = Math.max(0, before - MOST_LOOKED_AT);
  const rows = await graph.read(latest, {
    kinds: wanted.kinds ?? null,
    after: neo4j.int(after),
    before: neo4j.int(before),
    first: neo4j.int(wanted.first),
  });
  const changes = rows.map(([change]) => changeOf(graph.ontology, change));
  return { changes, since: changes.length < wanted.first ? after + 1 : (changes.at(-1)?.sequence ?? after + 1) };
}
