import type { EventLoopTurns } from './event-loop-turns.ts';
import { createQuotas, type QuotaScope, type Quotas } from './quotas.ts';

/** The queue is full, or waiting took too long: for all callers, or for this one. */
export class NotAdmitted extends Error {
  override readonly name = 'NotAdmitted';
  readonly bound: QuotaScope;

  constructor(message: string, bound: QuotaScope) {
    super(message);
    this.bound = bound;
  }
}

/** The client disconnected. */
export class CallerLeft extends Error {
  override readonly name = 'CallerLeft';
}

export interface AdmissionQueueOptions {
  /** Maximum number of operations in flight. */
  readonly places: number;
  /** Maximum number of operations that wait for a place. */
  readonly capacity: number;
  /** Maximum waiting time in milliseconds. */
  readonly timeout: number;
  /** Maxima for one caller; absent if it may have all. */
  readonly each?: { readonly places: number; readonly capacity: number } | undefined;
  /** If present, each operation also takes a turn when it gets its place. */
  readonly turns?: EventLoopTurns;
}

/** A queue before a limited number of places. Every successful `enter` needs one `leave`, however the operation ends. */
export interface AdmissionQueue {
  /**
   * Takes a place for a caller: at once if there is one, in which case `undefined` is returned. An unidentified caller has
   * no limit of its own.
   * @throws NotAdmitted, CallerLeft
   */
  enter(signal?: AbortSignal, caller?: string): Promise<void> | undefined;
  leave(caller?: string): void;
  /** Closes all places but a few; operations in flight continue. */
  shrink(): void;
  /** Opens one more place, up to the maximum. */
  grow(): void;
  /** Number of open places, taken or not. */
  readonly open: number;
  readonly atWork: number;
  readonly waiting: number;
}

/** Number of places that stay open in a queue that was shrunk. */
const FEW = 2;

/** A waiting operation. */
interface Waiter {
  readonly caller: string | undefined;
  /** By `performance.now()`. */
  readonly since: number;
  readonly admit: () => void;
  readonly reject: (error: NotAdmitted) => void;
}

/**
 * The next place goes to the operation with the highest ratio of its waiting time to what its caller takes: the mean time
 * to begin an operation (highest response ratio next, Brinch Hansen 1971), times the operations in flight. A full queue
 * turns away the last operation of the caller with the most in it. So callers with little to do get a place soon however
 * much others send, and no operation is overtaken for ever.
 */
export function createAdmissionQueue({
  places,
  capacity,
  timeout,
  each,
  turns,
}: AdmissionQueueOptions): AdmissionQueue {
  /** In order of arrival; any of them may leave the queue. */
  const line = new Set<Waiter>();
  const eachPlaces = each?.places ?? Number.POSITIVE_INFINITY;
  const eachAll = eachPlaces + (each?.capacity ?? Number.POSITIVE_INFINITY);
  const working = createQuotas({ each: eachPlaces, all: Number.POSITIVE_INFINITY });
  const queued = createQuotas({ each: Number.POSITIVE_INFINITY, all: Number.POSITIVE_INFINITY });
  const few = Math.min(FEW, places);
  let open = places;
  let atWork = 0;

  const usedOf = (quotas: Quotas, caller: string | undefined) => (caller === undefined ? 0 : quotas.usedBy(caller));

  /** Takes a place, and a turn, if there are. */
  function take(caller: string | undefined): boolean {
    if (atWork >= open || turns?.isFree(caller) === false || working.take(caller)) return false;
    atWork += 1;
    turns?.take(caller);
    return true;
  }

  function admitNext(): void {
    const time = performance.now();
    const ratioOf = ({ since, caller }: Waiter) =>
      (1 + time - since) / ((turns?.meanOf(caller) ?? 1) * (1 + usedOf(working, caller)));
    const byRatio = [...line].map((waiter) => ({ waiter, ratio: ratioOf(waiter) }));
    byRatio.sort((one, other) => other.ratio - one.ratio);
    byRatio.find(({ waiter }) => take(waiter.caller))?.waiter.admit();
  }

  turns?.onFree(admitNext);

  /** The last operation in the queue of the caller with the most in it, if that is more than this caller would have. */
  function lastOfBusiest(caller: string | undefined): Waiter | undefined {
    const [last] = [...line].reverse().sort((one, other) => usedOf(queued, other.caller) - usedOf(queued, one.caller));
    return last && usedOf(queued, last.caller) > usedOf(queued, caller) + 1 ? last : undefined;
  }

  function wait(signal: AbortSignal | undefined, caller: string | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const refuse = (error: Error) => {
        done();
        reject(error);
      };
      const admit = () => {
        done();
        resolve();
      };
      const goAway = () => refuse(new CallerLeft('The client disconnected while waiting.'));
      const giveUp = () => {
        const bound = atWork < open && usedOf(working, caller) >= eachPlaces ? 'CALLER' : 'ALL';
        refuse(new NotAdmitted(`No place for ${timeout} ms.`, bound));
      };
      const timer = setTimeout(giveUp, timeout);
      const waiter: Waiter = { caller, since: performance.now(), admit, reject: refuse };
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', goAway);
        line.delete(waiter);
        queued.give(caller);
      };
      signal?.addEventListener('abort', goAway, { once: true });
      line.add(waiter);
    });
  }

  return {
    enter(signal, caller) {
      if (take(caller)) return undefined;
      // Places that are closed, or free until there is a turn, add to the capacity of the queue.
      const isFull = atWork + line.size >= places + capacity;
      const last = isFull ? lastOfBusiest(caller) : undefined;
      if (isFull && !last) throw new NotAdmitted(`${line.size} are waiting already.`, 'ALL');
      if (signal?.aborted) throw new CallerLeft('The client disconnected before the operation began.');
      if (usedOf(working, caller) + usedOf(queued, caller) >= eachAll)
        throw new NotAdmitted('The maximum number of operations of this caller is waiting.', 'CALLER');
      queued.take(caller);
      last?.reject(new NotAdmitted('Callers with less to do need the place in the queue.', 'CALLER'));
      return wait(signal, caller);
    },
    leave(caller) {
      atWork -= 1;
      working.give(caller);
      admitNext();
    },
    shrink() {
      open = few;
    },
    grow() {
      if (open === places) return;
      open += 1;
      admitNext();
    },
    get open() {
      return open;
    },
    get atWork() {
      return atWork;
    },
    get waiting() {
      return line.size;
    },
  };
}
