/**
 * An iterator over what a generator brings, that can be left at any time: a generator alone ends only once what it waits
 * for has come.
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
