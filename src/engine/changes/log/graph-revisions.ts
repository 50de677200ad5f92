import { timeOf, times } from '../../budgets/time-budget.ts';
import { createBookmarks, type Graph } from '../../graph/graph.ts';
import { isOfRecord } from '../change.ts';
import type { FeedEvent } from './change-feed.ts';
import { type LogPlace, readTouched, type Touched } from './read-touched.ts';

/** Something may depend on any part of the graph. */
export const EVERYTHING = 'EVERYTHING';

/** Kinds and relation types that something was read from. */
export type Dependencies = ReadonlySet<string> | typeof EVERYTHING;

/** Whether a change may concern these. */
export function isTouched(dependencies: Dependencies, event: FeedEvent): boolean {
  if (dependencies === EVERYTHING || event.subject === 'LAGGED' || !isOfRecord(event)) return true;
  return dependencies.has(event.subject === 'ENTITY' ? event.entity.kind : event.relation);
}

/** What a server knows about the last change to each kind and relation type. */
export interface GraphRevisions {
  /** Increases with each change noticed. What is read after a mark is at least as new as what was known at the mark. */
  readonly mark: number;
  /** The newest revision that is known: what is read from now on contains it whole. Negative while none is. */
  readonly revision: number;
  /** Whether no change since a mark is known that concerns these. */
  isCurrent(dependencies: Dependencies, mark: number): boolean;
  /**
   * Ensures that every change is known that was committed at least `staleness` milliseconds ago, and every change
   * reported to `expire`. It usually returns at once.
   * @returns false if the log cannot be read or an import is incomplete, so that nothing is known
   */
  refresh(): boolean | Promise<boolean>;
  /**
   * The graph was changed, or has reached a state that a caller knows: the next `refresh` sees it.
   * @param reached bookmarks of that state
   */
  expire(reached?: readonly string[]): void;
  /** Everything has changed: something was written that is not in the log. */
  touchEverything(): void;
  /** Number of failures after which nothing was known any longer, not even the states that callers have reached. */
  readonly losses: number;
  /** Bookmarks of the known state: on every server of a cluster, reads with these see all of it; undefined without one. */
  bookmarks(): Promise<readonly string[]> | undefined;
}

export interface RevisionOptions {
  /** Time in ms within which a change of another server is noticed. */
  readonly staleness?: number;
  /** Timeout in ms for reading the log. */
  readonly timeout?: number;
  /** Whether reads go to several servers of a cluster, some of which may be behind the others. @default false */
  readonly isRouted?: boolean;
}

/** Maximum number of reads that a caller waits for: one that began before, and those that begin after. */
const MOST_READS = 3;

/** Nothing is known of the log. */
const unknown: LogPlace = { sequence: -1, transaction: null };

/** Follows the change log of a graph. The log is read on `refresh` only: an idle server reads nothing. */
export function createGraphRevisions(
  graph: Graph,
  { staleness = 250, timeout = timeOf('log') / 2, isRouted = false }: RevisionOptions = {},
): GraphRevisions {
  const touchedAt = new Map<string, number>();
  let everythingAt = 0;
  let mark = 0;
  let last: LogPlace = unknown;
  /** Names in the last transaction: entries of its indexes may become visible later than those of the log. */
  let unsettled: Touched['names'] = [];
  let isImporting = false;
  /** Number of calls of `expire`; a read of the log counts if it began after the last of them. */
  let expirations = 0;
  let known = { expirations: -1, begun: Number.NEGATIVE_INFINITY };
  let failedAt = Number.NEGATIVE_INFINITY;
  let losses = 0;
  let reading: Promise<void> | undefined;
  let bookmarks = createBookmarks();

  function touch(names: Touched['names']): void {
    if (names?.length === 0) return;
    mark += 1;
    if (names === undefined) everythingAt = mark;
    else for (const name of names) touchedAt.set(name, mark);
  }

  function take(touched: Touched): void {
    touch(unsettled);
    // What was read from another log, such as that of a database before a backup was restored, is not current.
    touch(last === unknown ? undefined : touched.names);
    unsettled = touched.last.sequence === last.sequence ? [] : touched.names;
    last = touched.last;
    // What was read before the end of an import may be older than its end.
    if (touched.isImporting || isImporting) touch(undefined);
    isImporting = touched.isImporting;
  }

  async function read(): Promise<void> {
    const begun = performance.now();
    const at = expirations;
    try {
      take(await readTouched(graph, last, { timeout, timeLeft: () => begun + timeout - performance.now(), bookmarks }));
      known = { expirations: at, begun };
    } catch {
      failedAt = performance.now();
      losses += 1;
      // A database that was restored from a backup never reaches an earlier bookmark, and its log may differ.
      bookmarks = createBookmarks();
      last = unknown;
    }
    reading = undefined;
  }

  function readOnce(): Promise<void> {
    reading ??= read();
    return reading;
  }

  const age = () => (known.expirations === expirations ? performance.now() - known.begun : Number.POSITIVE_INFINITY);

  async function readUntilFresh(): Promise<boolean> {
    const arrival = performance.now();
    // A read that begins after the arrival is new enough, however long it takes.
    const isFresh = () => known.expirations === expirations && known.begun >= arrival - staleness;
    const isInTime = () => performance.now() - arrival < timeout;
    for (let reads = 0; reads < MOST_READS && !isFresh() && isInTime(); reads += 1) {
      await readOnce();
      if (failedAt >= arrival) return false;
    }
    return !isImporting && isFresh();
  }

  return {
    get mark() {
      return mark;
    },
    get revision() {
      return last.sequence;
    },
    isCurrent(dependencies, since) {
      if (everythingAt > since) return false;
      if (dependencies === EVERYTHING) return mark <= since;
      for (const name of dependencies) if ((touchedAt.get(name) ?? 0) > since) return false;
      return true;
    },
    refresh() {
      const now = age();
      if (now > staleness) return performance.now() - failedAt < times.revisionsPause.ms ? false : readUntilFresh();
      // Read ahead of time, so that callers do not wait.
      if (now > staleness / 2 && performance.now() - failedAt >= times.revisionsPause.ms) void readOnce();
      return !isImporting;
    },
    expire(reached = []) {
      expirations += 1;
      if (reached.length > 0) void bookmarks.updateBookmarks([], reached);
    },
    touchEverything: () => touch(undefined),
    get losses() {
      return losses;
    },
    bookmarks: () => (isRouted ? bookmarks.getBookmarks().then((reached) => [...reached]) : undefined),
  };
}
