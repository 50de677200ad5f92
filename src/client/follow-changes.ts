import { changesDocument, endDocument } from './changes-document.ts';
import type { ChangesEndQuery, ChangesSubscription, EntityKind } from './generated/changes.ts';
import { readAnswer } from './read-answer.ts';
import { noConnection, type Send } from './send.ts';
import { type ErrorCode, SilkgraphError } from './silkgraph-error.ts';
import { SILENCE, subscribe } from './subscribe.ts';
import { mayPass, pause, waitBefore } from './try-again.ts';

type ChangeEvent = NonNullable<ChangesSubscription['changes']>;

/** A change to the graph: of an entity, of a relation, or many at once by an import, as `__typename` says. */
export type Change = Exclude<ChangeEvent, { readonly __typename: 'Lagged' }>;

export interface ChangesOptions {
  /** The `cursor` of the last change that is known; without it: from now on. */
  readonly after?: string | undefined;
  /** Only changes to entities of these kinds and to their relations. */
  readonly kinds?: readonly EntityKind[] | undefined;
  /** Only changes to these entities, by id or slug, and to their relations. */
  readonly ids?: readonly string[] | undefined;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
  /** Is told each time that the server has taken the subscription. */
  readonly opened?: () => void;
  /** Is told that changes are made faster than they are taken, and how many are still to come. None is lost. */
  readonly lagged?: (behind: number) => void;
  /** Is told what broke off, and in how many milliseconds it is tried again. */
  readonly broken?: (error: SilkgraphError, wait: number) => void;
}

/** So often in a row a fault of the server's may be met. */
const MOST_FAULTS = 5;

/** A subscription that lasts longer than this, in milliseconds, has come about, even if nothing was changed meanwhile. */
const LASTING = 10_000;

/** Codes of faults that the same question may not meet again. */
const faults: ReadonlySet<ErrorCode> = new Set(['INTERNAL_SERVER_ERROR', 'TIMEOUT', 'NO_ANSWER']);

/** `opened`: whether the subscription was taken before it broke off. */
const isWorthAnother = (error: unknown, attempt: number, opened: boolean): error is SilkgraphError =>
  mayPass(error) ||
  (error instanceof SilkgraphError &&
    // What let it in has expired: there may be a new key.
    ((error.code === 'UNAUTHENTICATED' && opened) || (faults.has(error.code) && attempt < MOST_FAULTS)));

/** Where the log ends, so that nothing is missed even if the first subscription breaks off before anything came. */
async function endOfLog(send: Send, signal: AbortSignal | undefined): Promise<string | undefined> {
  const response = await send({ query: endDocument }, 'application/json', signal);
  const { changes } = (await readAnswer(response, signal)) as ChangesEndQuery;
  return changes?.lastCursor;
}

/**
 * Each change once and in order, whatever happens to connections and servers meanwhile: it subscribes again behind the
 * last change, until the signal is aborted or the caller leaves.
 * @throws SilkgraphError where the server refuses for good
 */
export async function* followChanges(
  send: Send,
  { after, kinds, ids, signal, opened, lagged, broken }: ChangesOptions,
  silence = SILENCE,
): AsyncGenerator<Change, void, undefined> {
  let cursor = after;
  let attempt = 0;
  while (!signal?.aborted) {
    const begun = Date.now();
    let failure = noConnection();
    let isOpen = false;
    const nowOpen = () => {
      isOpen = true;
      opened?.();
    };
    try {
      cursor ??= await endOfLog(send, signal);
      const sent = { query: changesDocument, variables: { after: cursor, kinds, ids } };
      for await (const data of subscribe(send, sent, { signal, opened: nowOpen }, silence)) {
        const { changes: event } = data as ChangesSubscription;
        if (!event) continue;
        attempt = 0;
        cursor = event.cursor;
        if (event.__typename === 'Lagged') lagged?.(event.behind);
        else yield event;
      }
    } catch (error) {
      if (signal?.aborted) return;
      if (!isWorthAnother(error, attempt, isOpen)) throw error;
      failure = error;
    }
    if (signal?.aborted) return;
    if (Date.now() - begun > LASTING) attempt = 0;
    const wait = waitBefore(attempt, failure);
    attempt += 1;
    broken?.(failure, wait);
    // An aborted signal is looked at above.
    await pause(wait, signal).catch(() => {});
  }
}
