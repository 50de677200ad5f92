import { callerLeft } from './errors.ts';

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
