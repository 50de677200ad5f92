import type { Kind } from '../../../ontology/vocabulary.ts';
import { times } from '../../budgets/time-budget.ts';
import { GraphError, isPassing } from '../../graph/errors.ts';
import type { Graph } from '../../graph/graph.ts';
import { InvalidCursor } from '../../reads/cursor.ts';
import { type Change, namedBy } from '../change.ts';
import { lastSequence, type ReadChanges, type ReadOn, readChanges } from './read-changes.ts';
import { createSleeper, type Sleeper } from './sleeper.ts';

/** The filter of a subscription. */
export interface Followed {
  /** Those after this sequence, so that nothing is missed since; absent: those from now on. */
  readonly after?: number | undefined;
  /** Only those that concern one of these kinds. */
  readonly kinds?: readonly Kind[] | undefined;
  /** Only those that concern one of these entities, by slug. */
  readonly ids?: readonly string[] | undefined;
}

/**
 * Signals that a reader consumes changes more slowly than they are made. None is lost: the following ones are read from
 * the log.
 */
export interface Lagged {
  readonly subject: 'LAGGED';
  /** They have everything up to this sequence. */
  readonly after: number;
  /** Number of changes in the log after it, regardless of filters. */
  readonly behind: number;
}

export type FeedEvent = Change | Lagged;

/** Events for one reader. `leave` is called when it ends the reading, and when the reading fails: then nobody reads on. */
export function readerOf(reading: AsyncGenerator<FeedEvent>, leave: () => unknown): AsyncIterableIterator<FeedEvent> {
  const end = async () => {
    await leave();
    return reading.return(undefined);
  };
  const iterator: AsyncIterableIterator<FeedEvent> = {
    next: () =>
      reading.next().catch(async (error) => {
        await end();
        throw error;
      }),
    return: end,
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

/** The changes to the graph as they happen, those that other servers make too. */
export interface ChangeFeed {
  /**
   * Follows the log: first past changes, then new ones, each exactly once and in order. Nothing is buffered for a
   * reader that does not read, and leaving (`return`) frees everything.
   * @param onWait called before waiting for a cursor beyond the log, which any client may invent
   * @throws InvalidCursor where `after` lies beyond the log, also a while later, and where another log took its place;
   * GraphError
   */
  follow(followed: Followed, onWait?: () => void): Promise<AsyncIterableIterator<FeedEvent>>;
  /** Looks into the log at once: something was written just now. */
  wake(): void;
  /** Number of current followers. Without any, the feed does nothing and stores nothing. */
  readonly followers: number;
}

/** The log as the feed reads it. */
export interface ChangeLog {
  read(wanted: Followed & { readonly after: number; readonly first: number }): Promise<Omit<ReadOn, 'characters'>>;
  last(): Promise<number>;
}

export interface FeedOptions {
  /** Polling interval of the log, in milliseconds. */
  readonly interval?: number;
  /** Number of recent changes buffered for followers; those that fall behind read the log again. */
  readonly window?: number;
  /** How many changes are read at once. */
  readonly pageSize?: number;
  /**
   * Time in ms for which the end of the log is polled before a cursor beyond it is rejected: in a cluster, the server
   * asked may not have received what another one has returned.
   */
  readonly timeout?: number;
  /**
   * Time in ms after which a log that is shorter than before, without a restore that it says, counts as another one: no member
   * of a cluster is so far behind.
   */
  readonly lostAfter?: number;
  /** Is called once when the log cannot be read, and again only after a successful read. */
  readonly report?: (error: unknown) => void;
}

/** Usual time in milliseconds after which a log that is shorter than before counts as another one. */
const LOST_AFTER = 60_000;

/** Whether a change matches a filter; an import may concern anything. */
export function concerns(change: Change, { kinds, ids }: Followed): boolean {
  if (change.subject === 'IMPORT') return true;
  const named = namedBy(change);
  return (
    (kinds === undefined || named.kinds.some((kind) => kinds.includes(kind))) &&
    (ids === undefined || named.slugs.some((slug) => ids.includes(slug)))
  );
}

/** Maximum number of followers that go on in one turn of the event loop. The server does other work in between. */
export const WOKEN_AT_ONCE = 250;

/** Has those who wait go on, some in each turn of the event loop. */
export function wakeInTurns(waiting: readonly (() => void)[]): void {
  for (const wake of waiting.slice(0, WOKEN_AT_ONCE)) wake();
  if (waiting.length > WOKEN_AT_ONCE) setImmediate(wakeInTurns, waiting.slice(WOKEN_AT_ONCE));
}

/** Reads for several callers at once, one read after the other. No caller gets what was read before it asked. */
function sharedRead<Answer>(read: () => Promise<Answer>): () => Promise<Answer> {
  let current: Promise<unknown> = Promise.resolve();
  let next: Promise<Answer> | undefined;
  const begin = () => {
    next = undefined;
    const reading = read();
    current = reading;
    return reading;
  };
  return () => {
    next ??= current.then(begin, begin);
    return next;
  };
}

/** The end of the log, kept up to date until it is stopped. */
function createTail(
  log: ChangeLog,
  start: number,
  notify: () => void,
  options: Required<Omit<FeedOptions, 'timeout'>>,
) {
  const { interval, window, pageSize, lostAfter, report } = options;
  let position = start;
  /** The transaction of the change at the position, once it was seen. */
  let transaction: string | null = null;
  let restore: string | null | undefined;
  let shorterSince: number | undefined;
  let isReplaced = false;
  let recent: Change[] = [];
  let failures = 0;
  let isReading = false;
  let isAskedAgain = false;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  /** Whether the log is that of another database, such as of a backup that was restored. */
  function isOther({ begun, restore: found }: Pick<ReadOn, 'begun' | 'restore'>): boolean {
    if (found !== undefined) {
      if (restore !== undefined && restore !== found) return true;
      restore = found;
    }
    if (position === 0) return false;
    if (begun === null) {
      shorterSince ??= performance.now();
      // Without any log, a backup may be in the middle of its restore: the log comes last.
      return performance.now() - shorterSince >= (found === undefined ? LOST_AFTER : lostAfter);
    }
    shorterSince = undefined;
    transaction ??= begun;
    return begun !== transaction;
  }

  async function readOn(): Promise<void> {
    do {
      isAskedAgain = false;
      const found = await log.read({ after: position, first: pageSize });
      if (isStopped) continue;
      const { changes, last, isFull } = found;
      if (isOther(found)) {
        isReplaced = true;
        notify();
        return stop();
      }
      if (last <= position) continue;
      position = last;
      transaction = changes.at(-1)?.transaction ?? null;
      recent = [...recent, ...changes].slice(-window);
      notify();
      isAskedAgain ||= isFull;
    } while (isAskedAgain && !isStopped);
  }

  async function look(): Promise<void> {
    isAskedAgain = true;
    if (isReading || isStopped) return;
    isReading = true;
    clearTimeout(timer);
    try {
      await readOn();
      failures = 0;
    } catch (error) {
      if (failures === 0 && !isStopped) report(error);
      failures += 1;
    }
    isReading = false;
    if (!isStopped) timer = setTimeout(look, Math.min(interval * 2 ** failures, Math.max(interval, times.logPause.ms)));
  }

  function stop(): void {
    isStopped = true;
    clearTimeout(timer);
  }

  timer = setTimeout(look, interval);
  return {
    /** Another log took the place of the one that was followed. */
    get isReplaced() {
      return isReplaced;
    },
    /** All up to here was read. */
    get position() {
      return position;
    },
    /** All changes after this sequence are buffered. */
    get floor() {
      return recent[0] === undefined ? position : recent[0].sequence - 1;
    },
    /** The first buffered change after a sequence. */
    next(after: number): Change | undefined {
      return recent[recent.findLastIndex(({ sequence }) => sequence <= after) + 1];
    },
    look,
    stop,
  };
}

type Tail = ReturnType<typeof createTail>;

/** A feed over any log. */
export function createFeedOf(
  log: ChangeLog,
  {
    interval = times.logPoll.ms,
    window = 1_000,
    pageSize = 200,
    timeout = times.logRead.ms,
    lostAfter = LOST_AFTER,
    report = () => {},
  }: FeedOptions = {},
): ChangeFeed {
  const options = { interval, window, pageSize, lostAfter, report };
  const sleepers = new Set<Sleeper>();
  let tail: Tail | undefined;
  const readLast = sharedRead(log.last);

  function join(sleeper: Sleeper, position: number): Tail {
    sleepers.add(sleeper);
    if (tail?.isReplaced) tail = undefined;
    tail ??= createTail(log, position, () => wakeInTurns([...sleepers].map(({ wake }) => wake)), options);
    return tail;
  }

  function leave(sleeper: Sleeper): void {
    sleepers.delete(sleeper);
    sleeper.wake();
    if (sleepers.size > 0) return;
    tail?.stop();
    tail = undefined;
  }

  /** Changes in the log after a sequence; waits while the database is unavailable, until the reader leaves. */
  async function readPage(followed: Followed, after: number, sleeper: Sleeper): Promise<ReadChanges> {
    while (sleepers.has(sleeper)) {
      try {
        return await log.read({ ...followed, after, first: pageSize });
      } catch (error) {
        if (!(error instanceof GraphError) || !isPassing(error.fault)) throw error;
        await sleeper.sleep(times.logPause.ms);
      }
    }
    return { changes: [], last: after };
  }

  async function* events(followed: Followed, start: number, sleeper: Sleeper, end: Tail): AsyncGenerator<FeedEvent> {
    let at = start;
    let isLive = false;
    const hasLeft = () => !sleepers.has(sleeper);
    while (!hasLeft()) {
      if (end.isReplaced) {
        throw new InvalidCursor(
          'Another change log took the place of the one that was followed, as after a restore. Read the graph anew, and leave `after` out.',
        );
      }
      if (at >= end.position) {
        isLive = true;
        await sleeper.sleep();
      } else if (at >= end.floor) {
        isLive = true;
        const change = end.next(at);
        at = change?.sequence ?? end.position;
        if (change && concerns(change, followed)) yield change;
      } else {
        if (isLive) yield { subject: 'LAGGED', after: at, behind: end.position - at };
        isLive = false;
        const { changes, last } = await readPage(followed, at, sleeper);
        for (const change of changes) {
          if (hasLeft()) return;
          yield change;
        }
        // As for a cursor, this server may be behind the one asked before.
        if (last <= at && !hasLeft()) await sleeper.sleep(interval);
        at = last;
      }
    }
  }

  /** End of the log; polls for a while if the cursor of a reader lies beyond it. */
  async function endOf(after: number | undefined, sleeper: Sleeper, onWait: () => void): Promise<number> {
    const start = performance.now();
    for (let last = await readLast(); ; last = await readLast()) {
      if (after === undefined || after <= last || performance.now() - start >= timeout) return last;
      onWait();
      await sleeper.sleep(interval);
    }
  }

  return {
    async follow(followed, onWait = () => {}) {
      const sleeper = createSleeper();
      const last = await endOf(followed.after, sleeper, onWait);
      const { after = last } = followed;
      if (after > last) {
        throw new InvalidCursor(
          'The cursor lies beyond the end of the change log, so it belongs to another graph. Leave `after` out.',
        );
      }
      const reading = events(followed, after, sleeper, join(sleeper, last));
      return readerOf(reading, () => leave(sleeper));
    },
    wake: () => void tail?.look(),
    get followers() {
      return sleepers.size;
    },
  };
}

/**
 * The feed of a graph's change log, shared by all followers on a server: regardless of their number, the log is read
 * once.
 */
export const createChangeFeed = (graph: Graph, options: FeedOptions = {}): ChangeFeed =>
  createFeedOf({ read: (wanted) => readChanges(graph, wanted), last: () => lastSequence(graph) }, options);
