import { type ChangeFeed, type FeedEvent, readerOf } from '../../engine/changes/log/change-feed.ts';
import { lastSequence } from '../../engine/changes/log/read-changes.ts';
import { GraphError, isPassing } from '../../engine/graph/errors.ts';
import { ImportInProgress } from '../revisions/read-base.ts';
import type { ChangeScope } from './change-scope.ts';
import { readScoped, type ScopedLog } from './scoped-log.ts';

/** Changes that are read at once. */
const PAGE = 200;

/** Milliseconds until the log is read again where the database, or this member of a cluster, is behind. */
const PAUSE = 250;

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, PAUSE).unref());

/**
 * The changes that concern a scope as they happen, each exactly once and in order: first those after a sequence, then
 * new ones. Leaving (`return`) frees everything.
 * @throws InvalidCursor where `after` lies beyond the log, also a while later; GraphError; and later on SearchLimitExceeded, TooLarge
 */
export async function followScope(
  feed: ChangeFeed,
  log: ScopedLog,
  { scope, after }: { readonly scope: ChangeScope; readonly after?: number | undefined },
  onWait?: () => void,
): Promise<AsyncIterableIterator<FeedEvent>> {
  const { kinds, ids, questions } = scope;
  if (questions.length === 0) return feed.follow({ after, kinds, ids }, onWait);
  let at = after ?? (await lastSequence(log.graph));
  const news = await feed.follow({ after: at }, onWait);
  let hasLeft = false;

  async function readOn() {
    try {
      return await readScoped(log, { scope, after: at, first: PAGE });
    } catch (error) {
      const mayPass = error instanceof ImportInProgress || (error instanceof GraphError && isPassing(error.fault));
      if (!mayPass) throw error;
      return { changes: [], last: at };
    }
  }

  async function* events(): AsyncGenerator<FeedEvent> {
    for await (const event of news) {
      // The feed falls behind where questions take their time; it goes on from the log.
      if (event.subject === 'LAGGED') continue;
      while (at < event.sequence && !hasLeft) {
        const { changes, last } = await readOn();
        for (const change of changes) {
          yield change;
          at = change.sequence;
        }
        if (last <= at && changes.length === 0) await pause();
        at = Math.max(at, last);
      }
    }
  }

  return readerOf(events(), () => {
    hasLeft = true;
    return news.return?.();
  });
}
