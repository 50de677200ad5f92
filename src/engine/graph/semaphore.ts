import { callerLeft } from './errors.ts';

export interface TurnOptions {
  /** Maximum number of concurrent tasks. */
  readonly atOnce: number;
  /** Maximum number of waiting tasks. @default no maximum */
  readonly mostWaiting?: number;
  /** The error if the queue is full. */
  readonly refusal?: () => Error;
}

export interface TurnWanted {
  /** Comes before all that waits, and is never refused: its callers bound it. */
  readonly urgent?: boolean | undefined;
  /** Aborting gives up the place in the queue; a task that has begun sees to itself. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Queue with limited concurrency, first in, first out.
 * @throws the refusal; GraphError CANCELLED where the signal aborts before the turn comes
 */
export function createSemaphore({
  atOnce,
  mostWaiting = Number.POSITIVE_INFINITY,
  refusal = () => new Error('Too many tasks wait.'),
}: TurnOptions) {
  const waiting: (() => void)[] = [];
  let running = 0;

  const waited = (place: 'push' | 'unshift', signal: AbortSignal | undefined) =>
    new Promise<void>((resolve, reject) => {
      const leave = () => {
        waiting.splice(waiting.indexOf(begin), 1);
        reject(callerLeft());
      };
      const begin = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      signal?.addEventListener('abort', leave, { once: true });
      waiting[place](begin);
    });

  return async <Answer>(work: () => Promise<Answer>, { urgent = false, signal }: TurnWanted = {}): Promise<Answer> => {
    if (signal?.aborted) throw callerLeft();
    if (running < atOnce) running += 1;
    else if (!urgent && waiting.length >= mostWaiting) throw refusal();
    else await waited(urgent ? 'unshift' : 'push', signal);
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The next task takes this slot.
      if (next) next();
      else running -= 1;
    }
  };
}
interface UnderWay<Answer> {
  readonly answer: Promise<Answer>;
  readonly abandoned: AbortController;
  callers: number;
}

/** A promise that is rejected when the signal aborts, until the work is done. */
const leaving = (signal: AbortSignal, done: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(callerLeft()), { once: true, signal: done });
  });

/**
 * Work that callers at the same time share. A caller leaves when its signal aborts; once all have left, the signal of the
 * work aborts, and the next caller begins anew.
 */
export function createSharedWork<Answer>() {
  const underWay = new Map<string, UnderWay<Answer>>();

  function begin(key: string, work: (abandoned: AbortSignal) => Promise<Answer>): UnderWay<Answer> {
    const abandoned = new AbortController();
    const begun = { answer: work(abandoned.signal), abandoned, callers: 0 };
    underWay.set(key, begun);
    const forget = () => {
      if (underWay.get(key) === begun) underWay.delete(key);
    };
    begun.answer.then(forget, forget);
    abandoned.signal.addEventListener('abort', forget, { once: true });
    return begun;
  }

  /** @throws what the work throws; GraphError CANCELLED once the signal aborts */
  return async (
    key: string,
    work: (abandoned: AbortSignal) => Promise<Answer>,
    signal?: AbortSignal,
  ): Promise<Answer> => {
    if (signal?.aborted) throw callerLeft();
    const shared = underWay.get(key) ?? begin(key, work);
    shared.callers += 1;
    const done = new AbortController();
    try {
      return await (signal ? Promise.race([shared.answer, leaving(signal, done.signal)]) : shared.answer);
    } finally {
      done.abort();
      shared.callers -= 1;
      if (shared.callers === 0) shared.abandoned.abort();
    }
  };
}
