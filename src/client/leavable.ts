/**
 * An iterator over a generator that can be stopped at any time. A generator alone ends only after the promise that it awaits
 * is settled.
 */
export function leavable<Value>(
  begin: (signal: AbortSignal) => AsyncGenerator<Value, void, undefined>,
  outer?: AbortSignal,
): AsyncIterableIterator<Value> {
  const leaving = new AbortController();
  const values = begin(outer ? AbortSignal.any([outer, leaving.signal]) : leaving.signal);
  return {
    next: () => values.next(),
    return() {
      leaving.abort();
      return values.return();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
