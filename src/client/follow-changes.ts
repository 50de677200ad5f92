import { changesDocument, endDocument } from './changes-document.ts';
import type { ChangesEndQuery, ChangesSubscription, EntityKind } from './generated/changes.ts';
import { readAnswer } from './read-answer.ts';
import { noConnection, type Send } from './send.ts';
import { type ErrorCode, SilkgraphError } from './silkgraph-error.ts';
import { SILENCE, subscribe } from './subscribe.ts';
import { mayPass, pause, waitBefore } from './try-again.ts';

type ChangeEvent = NonNullable<ChangesSubscription['changes']>;

/** A change to an entity or a relation, or an import of many; see `__typename`. */
export type Change = Exclude<ChangeEvent, { readonly __typename: 'Lagged' }>;

export interface ChangesOptions {
  /** The `cursor` of the last known change. Default: only new changes. */
  readonly after?: string | undefined;
  /** Only changes to entities of these kinds and to their relations. */
  readonly kinds?: readonly EntityKind[] | undefined;
  /** Only changes to these entities, by id or slug, and to their relations. */
  readonly ids?: readonly string[] | undefined;
  /** Ends the iteration. */
  readonly signal?: AbortSignal | undefined;
  /** Called each time the server has accepted the subscription. */
  readonly opened?: () => void;
  /** Called with the number of pending changes if the caller is too slow. No changes are lost. */
  readonly lagged?: (behind: number) => void;
  /** Called with the error when the connection is lost, and the delay in ms before the next attempt. */
  readonly broken?: (error: SilkgraphError, wait: number) => void;
}

/** Maximum number of consecutive server errors. */
const MOST_FAULTS = 5;

/** Time in milliseconds after which a subscription counts as successful even without changes. */
const LASTING = 10_000;

/** Codes of server errors that may not recur. */
const faults: ReadonlySet<ErrorCode> = new Set(['INTERNAL_SERVER_ERROR', 'TIMEOUT', 'NO_ANSWER']);

/** `opened`: whether the server had accepted the subscription before it failed. */
const isWorthAnother = (error: unknown, attempt: number, opened: boolean): error is SilkgraphError =>
  mayPass(error) ||
  (error instanceof SilkgraphError &&
    // The credentials have expired: there may be a new key.
    ((error.code === 'UNAUTHENTICATED' && opened) || (faults.has(error.code) && attempt < MOST_FAULTS)));

/** The end of the log. With it, no change is missed even if the first subscription fails before any data. */
async function endOfLog(send: Send, signal: AbortSignal | undefined): Promise<string | undefined> {
  const response = await send({ query: endDocument }, 'application/json', signal);
  const { changes } = (await readAnswer(response, signal)) as ChangesEndQuery;
  return changes?.lastCursor;
}

/**
 * Each change once and in order, across lost connections and server restarts: it resubscribes after the last change until
 * the signal is aborted or the caller stops iterating.
 * @throws SilkgraphError if the server refuses permanently
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
    // An aborted signal is handled above.
    await pause(wait, signal).catch(() => {});
  }
}
