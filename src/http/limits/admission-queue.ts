import { type Bound, createShares, type Shares } from './shares.ts';

/** The queue is full, or waiting took too long: for all callers, or for this one. */
export class NotAdmitted extends Error {
  override readonly name = 'NotAdmitted';
  readonly bound: Bound;

  constructor(message: string, bound: Bound) {
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
  narrow(): void;
  /** Opens one more place, up to the maximum. */
  widen(): void;
  /** Number of open places, taken or not. */
  readonly open: number;
  readonly atWork: number;
  readonly waiting: number;
}

/** Number of places that stay open in a narrow queue. */
const FEW = 2;

/** A waiting operation. */
interface Waiter {
  readonly caller: string | undefined;
  readonly goIn: () => void;
  readonly turnAway: (error: NotAdmitted) => void;
}

/**
 * A place that becomes free goes to the caller with the fewest operations in flight, and a full queue turns away the last
 * of the caller with the most in it: callers with little to do get a place however much others send (max-min fairness).
 */
export function createAdmissionQueue({ places, capacity, timeout, each }: AdmissionQueueOptions): AdmissionQueue {
  /** In order of arrival; any of them may leave the queue. */
  const line = new Set<Waiter>();
  const working = createShares({ each: each?.places ?? Number.POSITIVE_INFINITY, all: Number.POSITIVE_INFINITY });
  const queued = createShares({ each: each?.capacity ?? Number.POSITIVE_INFINITY, all: Number.POSITIVE_INFINITY });
  const few = Math.min(FEW, places);
  let open = places;
  let atWork = 0;

  const heldOf = (shares: Shares, caller: string | undefined) => (caller === undefined ? 0 : shares.heldBy(caller));

  function letIn(): void {
    if (atWork >= open) return;
    const [next] = [...line].sort((one, other) => heldOf(working, one.caller) - heldOf(working, other.caller));
    if (!next || working.take(next.caller)) return;
    atWork += 1;
    next.goIn();
  }

  /** The last operation in the queue of the caller with the most in it, if that is more than this caller would have. */
  function lastOfBusiest(caller: string | undefined): Waiter | undefined {
    const [last] = [...line].reverse().sort((one, other) => heldOf(queued, other.caller) - heldOf(queued, one.caller));
    return last && heldOf(queued, last.caller) > heldOf(queued, caller) + 1 ? last : undefined;
  }

  function wait(signal: AbortSignal | undefined, caller: string | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const stepOut = (error: Error) => {
        done();
        reject(error);
      };
      const goIn = () => {
        done();
        resolve();
      };
      const goAway = () => stepOut(new CallerLeft('The client disconnected while waiting.'));
      const giveUp = () => {
        const bound = atWork < open ? 'CALLER' : 'ALL';
        stepOut(new NotAdmitted(`No place for ${timeout} ms.`, bound));
      };
      const timer = setTimeout(giveUp, timeout);
      const waiter: Waiter = { caller, goIn, turnAway: stepOut };
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
      if (atWork < open && !working.take(caller)) {
        atWork += 1;
        return undefined;
      }
      // Closed places add to the capacity of the queue.
      const isFull = line.size >= capacity + places - open;
      const last = isFull ? lastOfBusiest(caller) : undefined;
      if (isFull && !last) throw new NotAdmitted(`${line.size} are waiting already.`, 'ALL');
      if (signal?.aborted) throw new CallerLeft('The client disconnected before the operation began.');
      if (queued.take(caller))
        throw new NotAdmitted('The maximum number of operations of this caller is waiting.', 'CALLER');
      last?.turnAway(new NotAdmitted('Callers with less to do need the place in the queue.', 'CALLER'));
      return wait(signal, caller);
    },
    leave(caller) {
      atWork -= 1;
      working.give(caller);
      letIn();
    },
    narrow() {
      open = few;
    },
    widen() {
      if (open === places) return;
      open += 1;
      letIn();
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
