import { type Bound, createShares } from './shares.ts';

/** There is no room to wait, or it took too long: for all, or for this caller alone. */
export class NotAdmitted extends Error {
  override readonly name = 'LineTooLong';
  readonly bound: Bound;

  constructor(message: string, bound: Bound) {
    super(message);
    this.bound = bound;
  }
}

/** Who waited went away. */
export class CallerLeft extends Error {
  override readonly name = 'LeftTheLine';
}

export interface AdmissionQueueOptions {
  /** How many may be at work at the same time. */
  readonly places: number;
  /** How many may wait for a place. */
  readonly capacity: number;
  /** How long one may wait, in milliseconds. */
  readonly timeout: number;
  /** How many places, and how much of the room, one caller may have; all where absent. */
  readonly each?: { readonly places: number; readonly capacity: number } | undefined;
}

/** A line before a number of places. Whoever is let in leaves once, whatever happens to them inside. */
export interface AdmissionQueue {
  /**
   * Takes a place for a caller, at once where there is one: then nothing is returned to wait for. A caller that is not
   * told apart has no share of its own.
   * @throws NotAdmitted, CallerLeft
   */
  enter(signal?: AbortSignal, caller?: string): Promise<void> | undefined;
  leave(caller?: string): void;
  /** Closes all places but a few; who is at work goes on. */
  narrow(): void;
  /** Opens one more place, up to all of them. */
  widen(): void;
  /** Number of places that are open, taken or not. */
  readonly open: number;
  readonly atWork: number;
  readonly waiting: number;
}

/** So many places stay open in a narrow line. */
const FEW = 2;

/** Lets in the first in line whose caller does not have its share of places already. */
export function createAdmissionQueue({ places, capacity, timeout, each }: AdmissionQueueOptions): AdmissionQueue {
  /** Whom each belongs to, in the order in which they came; anyone may step out of its middle. */
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
      // Whom a closed place would have taken may wait.
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
