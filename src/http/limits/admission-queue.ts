import { type Bound, createShares } from './shares.ts';

/** The queue is full, or waiting took too long: for all callers, or for this one. */
export class NotAdmitted extends Error {
  override readonly name = 'LineTooLong';
  readonly bound: Bound;

  constructor(message: string, bound: Bound) {
    super(message);
    this.bound = bound;
  }
}

/** The client disconnected. */
export class CallerLeft extends Error {
  override readonly name = 'LeftTheLine';
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

/** A place that becomes free goes to the first in the queue whose caller is below its maximum. */
export function createAdmissionQueue({ places, capacity, timeout, each }: AdmissionQueueOptions): AdmissionQueue {
  /** The waiting operations with their callers, in order of arrival; any of them may leave the queue. */
  const line = new Map<() => void, string | undefined>();
  const working = createShares({ each: each?.places ?? Number.POSITIVE_INFINITY, all: Number.POSITIVE_INFINITY });
  const queued = createShares({ each: each?.capacity ?? Number.POSITIVE_INFINITY, all: Number.POSITIVE_INFINITY });
  const few = Math.min(FEW, places);
  let open = places;
  let atWork = 0;

  function letIn(): void {
    if (atWork >= open) return;
    for (const [goIn, caller] of line) {
      if (working.take(caller)) continue;
      atWork += 1;
      goIn();
      return;
    }
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
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', goAway);
        line.delete(goIn);
        queued.give(caller);
      };
      signal?.addEventListener('abort', goAway, { once: true });
      line.set(goIn, caller);
    });
  }

  return {
    enter(signal, caller) {
      if (atWork < open && !working.take(caller)) {
        atWork += 1;
        return undefined;
      }
      // Closed places add to the capacity of the queue.
      if (line.size >= capacity + places - open) throw new NotAdmitted(`${line.size} are waiting already.`, 'ALL');
      if (signal?.aborted) throw new CallerLeft('The client disconnected before the operation began.');
      if (queued.take(caller))
        throw new NotAdmitted('The maximum number of operations of this caller is waiting.', 'CALLER');
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
