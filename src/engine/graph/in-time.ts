/** Timers of Node.js fire at once beyond this, in milliseconds. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Waits for work up to a time in milliseconds; the work itself continues for others that wait for it.
 * @throws what `late` returns, or what the work throws
 */
export async function inTime<Answer>(work: Promise<Answer>, milliseconds: number, late: () => Error): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    if (milliseconds < LONGEST_TIMER) timer = setTimeout(() => reject(late()), milliseconds);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Does work for a caller, whose signal aborts when its time is up or when it leaves.
 * @throws what `late` returns, or what the work throws
 */
export function inTimeOf<Answer>(
  caller: { readonly signal?: AbortSignal | undefined; readonly milliseconds: number },
  work: (signal: AbortSignal) => Promise<Answer>,
  late: () => Error,
): Promise<Answer> {
  const over = new AbortController();
  const signal = caller.signal ? AbortSignal.any([caller.signal, over.signal]) : over.signal;
  return inTime(work(signal), caller.milliseconds, () => {
    over.abort();
    return late();
  });
}
