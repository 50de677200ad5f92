import { createHmac, randomUUID } from 'node:crypto';
import { times } from '../../engine/budgets/time-budget.ts';
import type { Change } from '../../engine/changes/change.ts';
import type { ReadChanges } from '../../engine/changes/log/read-changes.ts';
import type { Graph } from '../../engine/graph/graph.ts';
import { untilAborted } from '../../engine/graph/until-aborted.ts';
import { SearchLimitExceeded } from '../memory/condition-cache.ts';
import type { GraphStates } from '../revisions/graph-states.ts';
import { ImportInProgress, TooLarge } from '../revisions/read-base.ts';
import type { ChangeScope } from '../scope/change-scope.ts';
import { createScopeTurns, readScoped, type ScopedLog } from '../scope/scoped-log.ts';
import { guardedPost, NotDelivered } from './guarded-post.ts';
import { createLeases, type Leases } from './leases.ts';
import type { SecretWatch } from './watch-store.ts';

/** The scope of a watch cannot be read or followed; the message says why. */
export class ScopeRefused extends Error {
  override readonly name = 'ScopeRefused';
}

export interface DeliveryOptions {
  /** Reads the scope of a watch. @throws ScopeRefused */
  readonly readScope: (text: string) => ChangeScope;
  /** Earlier states, which questions about changes are asked of. */
  readonly states: () => GraphStates;
  /** Whether receivers may be in private networks. @default false */
  readonly allowPrivate?: boolean | undefined;
  /** Nothing is delivered before this. @default it begins at once */
  readonly begin?: Promise<unknown> | undefined;
  /** Whether the graph is complete: nothing is delivered while it is not. @default it always is */
  readonly isReady?: (() => boolean) | undefined;
  /** Milliseconds between two looks at what is due; ten times as many while there is no watch. @default 1000 */
  readonly interval?: number | undefined;
  /** Milliseconds in which a receiver has to answer. @default 10000 */
  readonly timeout?: number | undefined;
  /** Milliseconds until the n-th try of a delivery, or `null` to give it up. @default from a second to an hour, 20 tries */
  readonly waitFor?: ((failures: number) => number | null) | undefined;
  /** Is called once when watches cannot be read or written, and again only after they could be read. */
  readonly report?: ((error: unknown) => void) | undefined;
}

/** Changes in one delivery. */
const PAGE = 100;

/** Watches that a server delivers to at the same time. */
const AT_ONCE = 10;

/** Tries of one delivery, over about eight hours. */
const MOST_TRIES = 20;

/** How much longer than a delivery may take it is leased. */
const SPARE_SECONDS = 20;

const LONGEST_ERROR = 500;

/** How much rarer the looks are while there is no watch, so that an idle server leaves the database alone. */
const RARER = 10;

const usualWait = (failures: number): number | null =>
  failures >= MOST_TRIES
    ? null
    : Math.min(1_000 * 2 ** (failures - 1), times.deliveryPause.ms) * (0.75 + Math.random() / 2);

const GONE = 410;

/** The signature of a delivery, by a secret of its watch (https://www.standardwebhooks.com). */
export const signatureOf = (secret: string, id: string, timestamp: string, body: string): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64')}`;

/**
 * A retry has the same id, unless more changes have joined it. The transaction tells changes with the same sequences apart
 * that are made after a backup was restored.
 */
function signed({ id, secret, formerSecret }: SecretWatch, changes: readonly Change[], revision: number) {
  const body = JSON.stringify({ watch: id, revision, changes });
  const name = `${id}_${changes[0]?.sequence}_${revision}_${changes.at(-1)?.transaction}`;
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Silkgraph',
    'webhook-id': name,
    'webhook-timestamp': timestamp,
    'webhook-signature': [secret, ...(formerSecret === null ? [] : [formerSecret])]
      .map((each) => signatureOf(each, name, timestamp, body))
      .join(' '),
  };
  return { body, headers };
}

/** Why a watch cannot go on for now, though the log can be read; `undefined` for other errors. */
const obstacle = (error: unknown): string | undefined =>
  [SearchLimitExceeded, TooLarge, ImportInProgress, ScopeRefused].some((type) => error instanceof type) &&
  error instanceof Error
    ? error.message
    : undefined;

/** Delivers what is due to one watch, page by page, until all is delivered or one fails. @throws GraphError */
async function deliver(
  leases: Leases,
  read: (scope: string, after: number) => Promise<ReadChanges>,
  watch: SecretWatch,
  signal: AbortSignal,
  { allowPrivate = false, timeout = times.delivery.ms, waitFor = usualWait }: DeliveryOptions,
): Promise<void> {
  const { id, url, scope } = watch;
  for (let { after, failures } = watch; !signal.aborted; failures = 0) {
    let page: ReadChanges;
    try {
      page = await read(scope, after);
    } catch (error) {
      const message = obstacle(error);
      if (message === undefined) throw error;
      // Nothing is set aside: the watch goes on where it is once that is possible.
      return leases.fail(id, message.slice(0, LONGEST_ERROR), waitFor(failures + 1) ?? times.deliveryPause.ms);
    }
    if (page.last === after) break;
    try {
      if (page.changes.length > 0 && url !== null) {
        const { body, headers } = signed(watch, page.changes, page.last);
        await guardedPost(url, body, { headers, allowPrivate, timeout, signal });
      }
    } catch (error) {
      if (!(error instanceof NotDelivered)) throw error;
      // The server stops: what was on its way is posted again.
      if (signal.aborted) break;
      const message = error.message.slice(0, LONGEST_ERROR);
      const wait = waitFor(failures + 1);
      if (error.status === GONE) return leases.fail(id, message, 0, true);
      const asked = Math.min(error.retryAfter ?? 0, times.deliveryPause.ms);
      if (wait !== null) return leases.fail(id, message, Math.max(wait, asked));
      await leases.setAside(id, after, page.last, message);
      break;
    }
    if (!(await leases.advance(id, after, page.last))) break;
    after = page.last;
  }
  await leases.release(id);
}

/**
 * Posts changes to those who watch: each at least once, in order, with the revision after it. A receiver that fails is
 * tried again, later each time, and what it never takes is set aside. Several servers share the work.
 * @returns ends it, once what is on its way has ended
 */
export function keepDelivering(graph: Graph, options: DeliveryOptions): () => Promise<void> {
  const {
    interval = times.deliveryPoll.ms,
    timeout = times.delivery.ms,
    report = () => {},
    readScope,
    states,
  } = options;
  const { begin = Promise.resolve(), isReady = () => true } = options;
  const leases = createLeases(graph, randomUUID(), Math.ceil(timeout / 1_000) + SPARE_SECONDS);
  const stop = new AbortController();
  // Feeds, subscriptions and questions about the past, which anybody may ask for, hold up no delivery.
  const withPermit = createScopeTurns();
  const urgent: Pick<GraphStates, 'at'> = { at: (wanted) => states().at(wanted, { urgent: true }) };
  const log: ScopedLog = { graph, states: () => urgent };
  const read = async (scope: string, after: number) =>
    readScoped(log, { scope: readScope(scope), after, first: PAGE }, withPermit);
  const running = new Map<string, Promise<void>>();
  /** Watches that were leased again while they are delivered to. */
  const leasedAgain = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let isFailing = false;

  function reportOnce(error: unknown): void {
    if (!isFailing) report(error);
    isFailing = true;
  }

  async function look(): Promise<void> {
    let pause = interval;
    try {
      const free = isReady() ? AT_ONCE - running.size : 0;
      const due = free > 0 ? await leases.take(free) : { watches: [], hasWatches: true };
      if (!due.hasWatches) pause = RARER * interval;
      isFailing = false;
      for (const watch of due.watches) {
        // Its lease ended while a state of the graph was made for it, or by a request to send again; it goes on with this one.
        if (running.has(watch.id)) {
          leasedAgain.add(watch.id);
          continue;
        }
        const work = deliver(leases, read, watch, stop.signal, options)
          .finally(() => running.delete(watch.id))
          .then(() => (leasedAgain.delete(watch.id) ? leases.release(watch.id) : undefined))
          .catch(reportOnce);
        running.set(watch.id, work);
      }
    } catch (error) {
      reportOnce(error);
    }
    if (!stop.signal.aborted) timer = setTimeout(() => (looking = look()), pause);
  }

  let looking = untilAborted(begin, stop.signal).then(look, () => {});
  return async () => {
    stop.abort();
    clearTimeout(timer);
    await looking;
    await Promise.all(running.values());
  };
}
