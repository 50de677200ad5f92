import type { Change } from '../../engine/changes/change.ts';
import { lastSequence, type ReadChanges, readChanges, readExtent } from '../../engine/changes/log/read-changes.ts';
import { type LatestChanges, readLatest } from '../../engine/changes/log/read-latest.ts';
import { GraphError } from '../../engine/graph/errors.ts';
import type { Graph } from '../../engine/graph/graph.ts';
import { createSemaphore } from '../../engine/graph/semaphore.ts';
import { memoize } from '../../ontology/memoize.ts';
import { ChangedGraph, type GraphSnapshot } from '../memory/graph-snapshot.ts';
import { readChangesBetween } from '../revisions/changes-between.ts';
import { compose, type GraphStates, noDifference, type StateWanted } from '../revisions/graph-states.ts';
import { redo } from '../revisions/replay-log.ts';
import { oldestRevision } from '../revisions/revision.ts';
import type { ChangeScope } from './change-scope.ts';
import { concerning } from './concerning.ts';

/** The change log, and the states that it leads through. */
export interface ScopedLog {
  readonly graph: Graph;
  readonly states: () => Pick<GraphStates, 'at'>;
}

/** Changes that are read at once. */
const PAGE = 200;

/** After a transaction of this many changes, what follows is read anew. */
const LARGE = 1_000;

/** Milliseconds after which a read ends early, so that others have their turn. */
const LONGEST_READ = 1_000;

/** Reads that wait for others. */
const MOST_WAITING = 200;

/** One read leads through states at a time, so that nobody can have many made at once. */
export const createScopeTurns = () =>
  createSemaphore({
    atOnce: 1,
    mostWaiting: MOST_WAITING,
    refusal: () => new GraphError('OVERLOADED', 'Too many watches read the log.'),
  });

const turnsOfCallers = memoize((_: Pick<GraphStates, 'at'>) => createScopeTurns());

/** Whole transactions after a sequence, with the rest of the one that it lies in. */
async function readWhole(graph: Graph, after: number) {
  const page = await readChanges(graph, { after, first: PAGE });
  const [first, last] = [page.changes[0]?.sequence, page.changes.at(-1)?.sequence];
  if (first === undefined || last === undefined) return { start: after, end: page.last, changes: [] };
  const [{ first: begun }, { last: end }] = await Promise.all([readExtent(graph, first), readExtent(graph, last)]);
  const changes = [
    ...(begun <= after ? (await readChangesBetween(graph, begun - 1, after)).changes : []),
    ...page.changes,
    ...(end > last ? (await readChangesBetween(graph, last, end)).changes : []),
  ];
  return { start: Math.min(begun - 1, after), end, changes };
}

/** The revision at the end of a transaction. */
async function readStanding(graph: Graph, revision: number): Promise<StateWanted> {
  return { revision, transaction: revision === 0 ? '' : (await readExtent(graph, revision)).transaction };
}

/** Changes that were made together, in order. */
function transactionsOf(changes: readonly Change[]): readonly (readonly Change[])[] {
  const all: Change[][] = [];
  for (const change of changes) {
    const last = all.at(-1);
    if (last?.[0]?.transaction === change.transaction) last.push(change);
    else all.push([change]);
  }
  return all;
}

/** A scope, and the place from which the log is read. */
export interface ScopeWanted {
  readonly scope: ChangeScope;
  readonly after: number;
  readonly first: number;
}

async function readInTurn({ graph, states }: ScopedLog, { scope, after, first }: ScopeWanted): Promise<ReadChanges> {
  // What was before an import that lists nothing is unknown; the import itself tells of it.
  const from = Math.max(after, (await oldestRevision(graph)) - 1);
  const { start, end, changes } = await readWhole(graph, from);
  const found: Change[] = [];
  let begun = performance.now();
  let whole: GraphSnapshot | undefined;
  let before: GraphSnapshot | undefined;
  let passed = noDifference;
  for (const transaction of transactionsOf(changes)) {
    const last = transaction.at(-1)?.sequence ?? start;
    const hidden = transaction.filter((change) => change.subject === 'IMPORT' && !change.listed);
    if (hidden.length > 0) {
      found.push(...hidden.filter(({ sequence }) => sequence > after));
      [whole, before, passed] = [undefined, undefined, noDifference];
    } else {
      if (!whole) {
        whole = await states().at(await readStanding(graph, (transaction[0]?.sequence ?? 1) - 1));
        begun = performance.now();
      }
      before ??= whole;
      passed = compose(passed, redo(before, transaction));
      const next = new ChangedGraph(whole, passed);
      found.push(...(await concerning(transaction, scope, before, next)).filter(({ sequence }) => sequence > after));
      before = next;
    }
    const isLong = transaction.length > LARGE || performance.now() - begun > LONGEST_READ;
    if (found.length < first && !isLong) continue;
    const shown = found.slice(0, first);
    return { changes: shown, last: found.length > first ? (shown.at(-1)?.sequence ?? last) : last };
  }
  return { changes: found, last: Math.max(after, end) };
}

/**
 * Reads onwards the changes that concern a scope: of each transaction, those that `concerning` names. It may end early;
 * continue after `last`.
 * @param inTurn the queue to wait in, by default that of all callers
 * @throws SearchLimitExceeded, TooLarge, ImportInProgress, GraphError
 */
export async function readScoped(
  log: ScopedLog,
  wanted: ScopeWanted,
  inTurn?: ReturnType<typeof createScopeTurns>,
): Promise<ReadChanges> {
  const { scope, after, first } = wanted;
  if (scope.questions.length > 0) return (inTurn ?? turnsOfCallers(log.states()))(() => readInTurn(log, wanted));
  return readChanges(log.graph, { after, first, kinds: scope.kinds, ids: scope.ids });
}

/** Changes and milliseconds for one page of the latest ones, of which as many are looked at in one step. */
const MOST_LOOKED_AT = 2_000;
const LONGEST_SEARCH = 3_000;
const STEP = 50;

/**
 * Reads backwards the changes that concern a scope. Rare ones may need several reads.
 * @throws SearchLimitExceeded, TooLarge, ImportInProgress, GraphError
 */
export async function readLatestScoped(
  log: ScopedLog,
  {
    scope,
    before,
    first,
  }: { readonly scope: ChangeScope; readonly before: number | undefined; readonly first: number },
): Promise<LatestChanges> {
  if (scope.questions.length === 0) return readLatest(log.graph, { kinds: scope.kinds, ids: scope.ids, before, first });
  const end = (await lastSequence(log.graph)) + 1;
  let since = Math.min(before ?? end, end);
  const oldest = Math.max(1, since - MOST_LOOKED_AT);
  let found: readonly Change[] = [];
  let begun: number | undefined;
  while (since > oldest && found.length < first && performance.now() - (begun ?? performance.now()) < LONGEST_SEARCH) {
    const start = Math.max(oldest, since - STEP);
    const part: Change[] = [];
    for (let at = start - 1; at < since - 1; ) {
      const page = await readScoped(log, { scope, after: at, first: PAGE });
      part.push(...page.changes.filter(({ sequence }) => sequence < since));
      if (page.last === at) break;
      at = page.last;
    }
    found = [...found, ...part.reverse()];
    since = start;
    // Reading a first state is not part of the search.
    begun ??= performance.now();
  }
  return {
    changes: found.slice(0, first),
    since: found.length >= first ? (found[first - 1]?.sequence ?? since) : since,
  };
}
